"""The message that goes out: its headers and parts, and nothing smuggled in."""

from email.utils import parsedate_to_datetime

import pytest
from django.conf import settings
from django.utils import timezone

from newsletter import sending
from newsletter.addresses import leave_address, preferences_address
from newsletter.marks import LEAVE, PREFERENCES
from newsletter.models import Letter, LetterKind, MailingKind
from newsletter.outbox import post_letter
from tests.newsletter.factories import make_subscriber
from tests.newsletter.mail_factories import (
    make_built_mailing,
    make_mailing,
    watch,
)

pytestmark = pytest.mark.django_db

FROM = "The Site <digest@mail.example.org>"


@pytest.fixture(autouse=True)
def _sender(settings):
    settings.NEWSLETTER_FROM = FROM
    settings.SITE_URL = "https://site.example.org"


def sweep():
    sending.sweep(seconds=30, sleep=lambda seconds: None)


@pytest.mark.parametrize("kind", MailingKind)
def test_a_mail_of_a_mailing_says_who_sends_it_and_how_to_leave(recorder, kind):
    reader = make_subscriber("reader@example.org")
    target = reader.uid
    watch(reader, target)
    make_built_mailing(kind=kind, targets=(str(target),))

    sweep()

    message = recorder.message_to("reader@example.org")
    letter = Letter.objects.get()
    name = {"digest": "digest", "notice": "notices"}[kind]
    assert message["From"] == FROM
    assert message["To"] == "reader@example.org"
    assert (message["Cc"], message["Bcc"]) == (None, None)
    assert message["Subject"] == "What changed in November"
    assert message["Message-ID"] == letter.message_id
    assert letter.message_id == f"<{letter.uid.hex}@mail.example.org>"
    age = timezone.now() - parsedate_to_datetime(message["Date"])
    assert 0 <= age.total_seconds() < 60
    assert message["List-Id"] == f"<{name}.site.example.org>"
    assert message["List-Unsubscribe"] == f"<{leave_address(reader)}>"
    assert message["List-Unsubscribe"].startswith("<https://")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Precedence"] == "bulk"
    raw = recorder.taken[0][1]
    assert f"\r\nList-Unsubscribe: <{leave_address(reader)}>\r\n".encode() in raw
    for header in message:
        assert len(message.get_all(header)) == 1, header


def test_both_parts_hold_the_readers_own_addresses_and_no_tracking(recorder):
    reader = make_subscriber("reader@example.org")
    make_built_mailing()

    sweep()

    message = recorder.message_to("reader@example.org")
    assert message.get_content_type() == "multipart/alternative"
    text, html = (part.get_content() for part in message.iter_parts())
    assert [part.get_content_type() for part in message.iter_parts()] == [
        "text/plain",
        "text/html",
    ]
    for part in (text, html):
        assert leave_address(reader) in part
        assert preferences_address(reader) in part
        assert LEAVE not in part
        assert PREFERENCES not in part
        assert "<img" not in part


def test_an_address_is_escaped_in_html_only(monkeypatch, recorder):
    hostile = 'https://site.example.org/?a=1&b="><script>'
    monkeypatch.setattr("newsletter.messages.leave_address", lambda reader: hostile)
    make_subscriber("reader@example.org")
    make_built_mailing()

    sweep()

    message = recorder.message_to("reader@example.org")
    text, html = (part.get_content() for part in message.iter_parts())
    assert hostile in text
    assert "<script>" not in html
    assert "?a=1&amp;b=&quot;&gt;" in html


def test_a_letter_that_was_asked_for_is_on_no_list(recorder):
    reader = make_subscriber("reader@example.org")
    post_letter(
        LetterKind.CONFIRM,
        address=reader.address,
        subject="Please confirm",
        text="One button.",
        subscriber=reader,
    )

    sweep()

    message = recorder.message_to("reader@example.org")
    assert message.get_content_type() == "text/plain"
    assert message["Auto-Submitted"] == "auto-generated"
    for header in ("List-Id", "List-Unsubscribe", "Precedence"):
        assert message[header] is None


def test_a_test_of_a_digest_leads_nobody_out_of_the_list(recorder):
    post_letter(
        LetterKind.TEST, address="editor@example.org", subject="Test", text=LEAVE
    )

    sweep()

    content = recorder.message_to("editor@example.org").get_content()
    assert content.strip() == f"{settings.SITE_URL}/newsletter/"


@pytest.mark.parametrize(
    "subject", ["News\nBcc: victim@example.org", "News\r\nBcc: victim@example.org"]
)
def test_a_subject_of_several_lines_becomes_one(recorder, subject):
    post_letter(
        LetterKind.LINKS, address="reader@example.org", subject=subject, text="Here."
    )

    sweep()

    message = recorder.message_to("reader@example.org")
    assert message["Bcc"] is None
    assert message["Subject"] == "News Bcc: victim@example.org"
    assert recorder.addresses == ["reader@example.org"]


def test_letters_outside_ascii_arrive(recorder):
    make_subscriber("reader@bücher.example")
    mailing = make_mailing()
    mailing.subject, mailing.text = "Größer: ≥ 24 GB", "Schön."
    mailing.html = "<p>Schön.</p>"
    mailing.save()

    sweep()

    message = recorder.message_to("reader@xn--bcher-kva.example")
    assert message["Subject"] == "Größer: ≥ 24 GB"
    text, html = message.iter_parts()
    assert text.get_content().strip() == "Schön."
