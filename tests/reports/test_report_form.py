"""The form with which readers report a mistake: no account, no cookie, nothing lost."""

import datetime
import re

import pytest
import time_machine
from django.utils import timezone

from editorial import anonymous_forms
from editorial.anonymous_forms import Limits
from editorial.models import AttemptCount, Report
from editorial.reports import views
from tests.benchmarks.factories import make_benchmark
from tests.catalog.factories import make_engine, make_hardware, make_price
from tests.comparisons.factories import (
    make_published_comparison,
    make_verdict,
    publish_document,
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

    settings.BEHIND_PROXY = True
    request = rf.get("/", headers={"X-Forwarded-For": "10.0.0.1, 203.0.113.7"})
    assert anonymous_forms.client_address(request) == "203.0.113.7"


def test_nothing_of_the_address_is_repeated(client):
    for page in (
        "/compare/engines/buy-pills/",
        "//evil.example/",
        "/x" * 400,
        "\x00",
        "a",
    ):
        response = client.get("/report/", {"page": page, "place": "buy-now"})
        assert response.status_code == 200
        text = response.content.decode()
        assert "buy-now" not in text and "pills" not in text and "evil" not in text
        assert "The site as a whole" in text


def test_a_link_to_a_row_offers_its_cells_and_a_section_its_claims(client, comparison):
    row = f"row-{str(comparison.dimensions.first().uid)[:8]}"
    form = client.get("/report/", {"page": COMPARE, "place": row}).context["form"]
    labels = [label for _, label in form.fields["place"].choices]
    assert [label.partition(":")[0] for label in labels] == [
        "The page in general",
        "Speed, Alpha",
        "Speed, Beta",
    ]


def test_a_choice_from_the_list_is_the_claim_that_is_kept(client, comparison):
    row = f"row-{str(comparison.dimensions.first().uid)[:8]}"
    sent = filled_in(client, place=row) | {"place": f"{row}-beta"}

    assert client.post("/report/", sent, headers=BROWSER).status_code == 302

    report = Report.objects.get()
    assert report.place_label == "Speed, Beta"
    assert report.quote.startswith("Limited")


def test_a_claim_that_is_gone_is_not_invented(client):
    response = client.get("/report/", {"page": COMPARE, "place": "rule-00000000"})
    assert response.context["form"].spot is None

    sent = filled_in(client, place="") | {"place": "rule-00000000"}
    refused = client.post("/report/", sent, headers=BROWSER)
    assert "does not say that any more" in words_of(refused)


def hrefs(response):
    return set(re.findall(r'href="(/report/\?[^"]+)"', response.content.decode()))


def test_every_link_of_a_page_leads_to_a_claim_that_is_there(client, comparison):
    engine = comparison.sides.first().engine
    publish_document(make_verdict(engine=engine))
    card = make_hardware("Card")
    make_price(card)
    row = make_benchmark(engine=engine, hardware=card)
    pages = [COMPARE, "/tools/alpha/", "/hardware/card/", row.get_absolute_url()]
    for page in [*pages, "/", "/hardware/", "/compare/engines/"]:
        links = hrefs(client.get(page))
        assert links, page
        for link in links:
            form = client.get(link.replace("&amp;", "&")).context["form"]
            assert form.target.path, link
            asked = "place=" in link
            assert not asked or form.spot or form.asked_again, link


def test_every_claim_of_the_compare_page_has_a_link(client, comparison):
    links = " ".join(hrefs(client.get(COMPARE)))

    for place in ("answer", "verdict"):
        assert f"place={place}" in links
    for stem, rows in (
        ("rule", comparison.rules),
        ("row", comparison.dimensions),
        ("failure", comparison.failure_modes),
    ):
        for child in rows.all():
            assert f"place={stem}-{str(child.uid)[:8]}" in links


def test_a_report_on_a_fact_names_the_fact_and_its_value(client):
    card = make_hardware("Card", memory_bandwidth_gb_s=960)

    send(client, page="/hardware/card/", place="fact-memory-bandwidth")

    report = Report.objects.get()
    assert (report.kind, report.subject_uid) == ("hardware", card.uid)
    assert report.quote == "960 GB/s" and report.version is None


def test_a_report_on_a_verdict_is_about_the_verdict(client):
    verdict = make_verdict(engine=make_engine("Gamma"))
    publish_document(verdict)

    send(client, page="/tools/gamma/", place="verdict")

    report = Report.objects.get()
    assert (report.kind, report.subject_uid) == ("verdict", verdict.uid)
    assert report.page_title == "Gamma"
