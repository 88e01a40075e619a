"""The form with which readers report a mistake: no account, no cookie, nothing lost."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from editorial import anonymous_forms
from editorial.anonymous_forms import Limits
from editorial.models import AttemptCount, Report
from editorial.reports import views
from tests.comparisons.factories import (
    make_published_comparison,
)
from tests.page_words import words_of
from tests.reports.factories import (
    BROWSER,
    COMPARE,
    THANKS,
    filled_in,
    send,
)

pytestmark = pytest.mark.django_db
ADDRESS = {"REMOTE_ADDR": "203.0.113.7"}


@pytest.fixture(autouse=True)
def comparison():
    return make_published_comparison(names=["Alpha", "Beta"])


def test_a_report_keeps_what_the_page_said(client, comparison):
    proof = "https://example.org/port"
    response = send(client, proof_url=proof, mail_address="reader@example.org")

    assert response.status_code == 302 and response.url == THANKS
    report = Report.objects.get()
    assert report.page_path == COMPARE and report.subject_uid == comparison.uid
    assert report.quote.startswith("Start with the first.")
    assert (report.version, report.state) == (1, "new")
    assert (report.proof_url, report.mail_address) == (proof, "reader@example.org")
    assert len(report.digest) == 64


def test_no_page_of_the_form_sets_a_cookie(client):
    for response in (
        client.get("/report/", {"page": COMPARE}),
        send(client),
        client.get(THANKS),
        client.get("/corrections/"),
    ):
        assert not response.cookies


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (BROWSER, 302),
        ({"Origin": "http://testserver"}, 302),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 403),
    ],
)
def test_only_a_page_of_this_site_may_send_it(client, headers, status):
    response = send(client, headers, message="Sent from some place, kept or not.")

    assert response.status_code == status
    assert Report.objects.count() == (status == 302)
    if status == 403:
        assert "Sent from some place, kept or not." in response.content.decode()


def test_a_program_that_fills_the_hidden_field_is_told_and_not_kept(client):
    response = send(client, website="https://spam.example")

    assert response.status_code == 422
    assert "A field that has to stay empty was filled in" in words_of(response)
    assert "spam.example" not in response.content.decode()
    assert not Report.objects.exists()


def test_a_form_sent_at_once_is_refused_and_can_be_sent_again(client):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        form = client.get("/report/", {"page": COMPARE, "place": "answer"}).context[
            "form"
        ]
        sent = filled_in(client) | {"began": form["began"].value()}
        clock.shift(1)
        refused = client.post("/report/", sent, headers=BROWSER)
        assert refused.status_code == 422 and "within 3 seconds" in words_of(refused)
        again = sent | {"began": refused.context["form"]["began"].value()}
        clock.shift(3)

        assert client.post("/report/", again, headers=BROWSER).status_code == 302


def test_a_form_that_was_open_for_days_comes_back_with_its_text(client):
    sent = filled_in(client)
    with time_machine.travel(timezone.now() + datetime.timedelta(days=2), tick=False):
        response = client.post("/report/", sent, headers=BROWSER)
        assert response.status_code == 422
        assert "open for more than 24 hours" in words_of(response)
        assert sent["message"] in response.content.decode()
        assert response.context["form"]["began"].value() != sent["began"]


@pytest.mark.parametrize("mark", ["", "report:1:forged"])
def test_a_form_without_its_mark_is_refused(client, mark):
    assert send(client, began=mark).status_code == 422


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"message": ""}, "Say what is wrong"),
        ({"message": "short"}, "at least 10 characters"),
        ({"message": "x" * 10_240}, "you sent 10240"),
        ({"proof_url": "javascript:alert(1)"}, "not an address of a page"),
        ({"mail_address": "reader"}, "not a mail address"),
        ({"mail_address": "a@example.org\nBcc: b@example.org"}, "not a mail address"),
    ],
)
def test_a_slip_is_named_and_nothing_typed_is_lost(client, values, sentence):
    typed = {
        "message": "What I typed, kept.",
        "mail_address": "me@example.org",
    } | values
    response = send(client, **typed)

    assert response.status_code == 422
    assert sentence in words_of(response)
    form = response.context["form"]
    assert [form[name].value() for name in typed] == list(typed.values())
    assert not Report.objects.exists()


def test_words_of_any_script_and_markup_are_kept_as_they_are(client):
    message = 'Größe ist falsch: 数値が違う 🚧 <script>alert("x")</script>'

    send(client, message=message)

    assert Report.objects.get().message == message
    refused = send(client, message=message, mail_address="x")
    assert "<script>alert" not in refused.content.decode()


def test_the_same_words_within_an_hour_are_one_report(client):
    first, second = (
        send(client),
        send(client, message=" The default  port is 8080, not 8000. "),
    )
    assert first.url == second.url == THANKS
    assert Report.objects.count() == 1

    with time_machine.travel(timezone.now() + datetime.timedelta(hours=2), tick=False):
        send(client)
    assert Report.objects.count() == 2


def test_a_sender_is_heard_so_often_a_day_and_told_when_to_come_back(
    client, monkeypatch
):
    monkeypatch.setattr(views, "LIMITS", Limits("report", 2, 100))
    for number in range(2):
        assert send(client, message=f"Mistake number {number}.").status_code == 302

    refused = send(client, message="One mistake too many.")

    assert refused.status_code == 429
    assert "midnight UTC" in words_of(refused)
    assert "One mistake too many." in refused.content.decode()
    other = filled_in(client, message="From another machine.")
    sent = client.post("/report/", other, headers=BROWSER, REMOTE_ADDR="198.51.100.9")
    assert sent.status_code == 302


def test_all_senders_together_are_bounded_in_an_hour(client, monkeypatch):
    monkeypatch.setattr(views, "LIMITS", Limits("report", 100, 1))
    with time_machine.travel(
        datetime.datetime(2026, 11, 24, 12, 30), tick=False
    ) as clock:
        assert send(client, message="The first in this hour.").status_code == 302
        refused = send(client, message="The second in this hour.")
        assert refused.status_code == 429 and "after 13:00 UTC" in words_of(refused)
        clock.shift(datetime.timedelta(hours=1))
        assert send(client, message="The second in this hour.").status_code == 302


def test_counters_hold_no_address_and_are_deleted_after_two_days(client):
    send(client)
    keys = set(AttemptCount.objects.values_list("key", flat=True))
    assert "" in keys and len(keys) == 2
    assert not any("127.0.0.1" in key for key in keys)

    later = timezone.now() + datetime.timedelta(days=4)
    assert anonymous_forms.forget_attempts(later) == 2


def test_addresses_of_one_household_count_as_one(rf, settings):
    day = timezone.now()
    ask = lambda address: anonymous_forms.sender_key(  # noqa: E731
        rf.get("/", REMOTE_ADDR=address), day
    )
    assert ask("2001:db8:1:2::1") == ask("2001:db8:1:2:ffff::9")
    assert ask("2001:db8:1:2::1") != ask("2001:db8:1:3::1")

    settings.PROXY_COUNT = 1
    request = rf.get("/", headers={"X-Forwarded-For": "10.0.0.1, 203.0.113.7"})
    assert anonymous_forms.client_address(request) == "203.0.113.7"
