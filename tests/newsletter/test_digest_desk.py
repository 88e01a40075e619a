"""The desk's views on an issue: begin, fill, read as mail, test, send."""

import pytest
from django.core.exceptions import ValidationError

from newsletter.digest.desk.forms import TestForm as AddressesForm
from newsletter.models import (
    DigestIssue,
    Letter,
    LetterKind,
    Mailing,
    MailingKind,
    SubscriberState,
)
from tests.comparisons.factories import publish_document
from tests.editorial.factories import make_publisher, make_writer
from tests.editorial.steps import edit
from tests.newsletter.digest_factories import (
    make_issue,
    make_published_issue,
    make_subscriber,
)

pytestmark = pytest.mark.django_db
DESK = "/admin/newsletter/digestissue/"


@pytest.fixture
def publisher(client):
    person = make_publisher()
    client.force_login(person)
    return person


def desk(issue, view):
    return f"{DESK}{issue.pk}/{view}/"


def test_beginning_shows_what_there_is_and_only_a_post_makes_a_draft(client, publisher):
    page = client.get(f"{DESK}new/")
    assert page.status_code == 200
    assert not DigestIssue.objects.exists()

    answer = client.post(f"{DESK}new/")

    issue = DigestIssue.objects.get()
    assert answer["Location"] == desk(issue, "change")


def test_the_list_leads_to_the_next_issue(client, publisher):
    assert f'href="{DESK}new/"' in client.get(DESK).text


def test_the_form_opens_with_its_items_and_leads_to_the_mail(client, publisher):
    issue = make_issue(items=3)

    page = client.get(desk(issue, "change"))

    assert page.status_code == 200
    assert desk(issue, "mail") in page.text
    assert desk(issue, "since") in page.text


def test_bringing_in_is_refused_over_a_state_that_was_not_seen(client, publisher):
    issue = make_issue()

    stale = client.post(desk(issue, "since"), {"lock_version": issue.lock_version - 1})
    fresh = client.post(desk(issue, "since"), {"lock_version": issue.lock_version})

    assert "saved by somebody else" in stale.text
    assert fresh["Location"] == desk(issue, "change")


def test_the_mail_of_a_draft_can_be_read_at_two_widths_and_as_text(client, publisher):
    issue = make_issue(title="As it will be")

    page = client.get(desk(issue, "mail"))

    assert page.text.count("<iframe") == page.text.count('sandbox=""') == 2
    assert "As it will be\n=============" in page.text
    assert "xxLEAVExx" not in page.text
    assert "Publish the issue first" in page.text


def test_the_frame_allows_the_mails_styles_and_no_scripts(client, publisher):
    frame = client.get(desk(make_issue(), "mail/frame"))

    policy = frame["Content-Security-Policy"]
    assert "style-src 'unsafe-inline'" in policy
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "frame-ancestors 'self'" in policy
    assert frame["X-Frame-Options"] == "SAMEORIGIN"
    assert "xxPREFERENCESxx" not in frame.text


def test_a_test_goes_to_the_typed_addresses_and_to_nobody_else(client, publisher):
    make_subscriber()
    issue = make_issue(title="Tried")

    client.post(
        desk(issue, "mail/test"),
        {"addresses": "a@example.org, b@example.org", "text": ""},
    )

    letters = Letter.objects.order_by("address")
    assert [letter.address for letter in letters] == ["a@example.org", "b@example.org"]
    assert {letter.kind for letter in letters} == {LetterKind.TEST}
    assert letters[0].subject == "[Test] Tried"
    assert "xxLEAVExx" not in letters[0].html + letters[0].text


@pytest.mark.parametrize(
    ("addresses", "sentence"),
    [
        ("", "This field is required."),
        ("not an address", "is not a mail address"),
        (" ".join(f"{name}@example.org" for name in "abcd"), "Name one to three"),
    ],
)
def test_a_wrong_address_sends_nothing_and_says_why(
    client, publisher, addresses, sentence
):
    page = client.post(desk(make_issue(), "mail/test"), {"addresses": addresses})

    assert sentence in page.text.replace("&#x27;", "'")
    assert not Letter.objects.exists()


def test_addresses_are_taken_once_each():
    form = AddressesForm({"addresses": "a@example.org;a@example.org\nb@example.org"})

    assert form.is_valid(), ValidationError(form.errors)
    assert form.cleaned_data["addresses"] == ["a@example.org", "b@example.org"]


def test_sending_names_how_many_get_it_and_begins_one_mailing(client, publisher):
    issue = make_published_issue(title="Out it goes")
    make_subscriber()
    make_subscriber(wants_digest=False)
    make_subscriber(state=SubscriberState.PENDING)

    page = client.get(desk(issue, "mail/send"))
    assert "1 subscriber" in page.text
    assert not Mailing.objects.exists()

    sent = {"version": 1, "has_read": "on"}
    client.post(desk(issue, "mail/send"), sent)
    again = client.post(desk(issue, "mail/send"), sent)

    mailing = Mailing.objects.get()
    assert (mailing.kind, mailing.key) == (MailingKind.DIGEST, f"digest:{issue.uid}")
    assert (mailing.started_by, mailing.publication.version) == (publisher, 1)
    assert mailing.subject == "Out it goes"
    assert "It is not sent twice" in again.text
    assert "Send to" not in client.get(desk(issue, "mail")).text


def test_an_issue_that_nobody_would_get_is_kept_for_later(client, publisher):
    issue = make_published_issue()

    page = client.post(desk(issue, "mail/send"), {"version": 1, "has_read": "on"})

    assert "Nobody has asked for the digest" in page.text
    assert not Mailing.objects.exists()


def test_what_is_not_published_or_changed_meanwhile_is_not_sent(client, publisher):
    make_subscriber()
    draft, issue = make_issue(), make_published_issue()
    sent = {"version": 1, "has_read": "on"}
    client.post(desk(draft, "mail/send"), sent)
    client.post(desk(issue, "mail/send"), {"version": 1})
    edit(issue, note="Other words.")
    publish_document(issue)

    page = client.post(desk(issue, "mail/send"), sent)

    assert "Another version is live now" in page.text
    assert not Mailing.objects.exists()


def test_a_writer_reads_the_mail_and_sends_nothing(client):
    issue = make_published_issue()
    client.force_login(make_writer())

    page = client.get(desk(issue, "mail"))

    assert "Publishers send it" in page.text
    for view in ("mail/test", "mail/send"):
        assert client.post(desk(issue, view), {}).status_code == 403
    assert not Letter.objects.exists()


def test_the_live_version_and_the_draft_are_told_apart(client, publisher):
    issue = make_published_issue(note="Live words.")
    edit(issue, note="Draft words.")

    live = client.get(desk(issue, "mail/frame"), {"text": "live"})

    assert "Live words." in live.text
    assert "Draft words." in client.get(desk(issue, "mail/frame")).text
    assert (
        client.get(desk(make_issue(), "mail/frame"), {"text": "live"}).status_code
        == 404
    )
