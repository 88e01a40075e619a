"""The desk's queue of reports and the page of one."""

import datetime

import pytest
from django.utils import timezone

from comparisons.models import Comparison
from editorial.models import Correction
from tests.comparisons.factories import publish_document
from tests.editorial.factories import make_person, make_publisher, make_writer
from tests.editorial.steps import edit
from tests.page_words import words_of
from tests.reports.factories import COMPARE, make_report

pytestmark = pytest.mark.django_db
LIST = "/admin/editorial/report/"


def page_at(report):
    return f"{LIST}{report.pk}/change/"


def step_at(report, verb):
    return f"{LIST}{report.pk}/step/{verb}/"


@pytest.fixture
def desk(client):
    client.force_login(make_publisher())
    return client


def make_late_report(**values):
    at = timezone.now() - datetime.timedelta(days=8)
    return make_report(received_at=at, **values)


def test_the_queue_marks_what_is_late(desk):
    make_late_report()
    make_report()

    words = words_of(desk.get(LIST, {"queue": "open"}))

    assert "8 days, overdue" in words and "today" in words
    assert desk.get(LIST, {"queue": "overdue"}).context["cl"].result_count == 1
    assert desk.get(LIST, {"queue": "mine"}).context["cl"].result_count == 0


def test_the_front_page_counts_open_reports_for_those_who_may_see_them(client):
    make_report()
    for person, seen in ((make_publisher(), [1]), (make_writer(), [])):
        client.force_login(person)
        tiles = client.get("/admin/").context["front"].tiles
        counts = [tile.count for tile in tiles if tile.title == "Reports from readers"]
        assert counts == seen


@pytest.mark.parametrize("make", [make_writer, make_person])
def test_nobody_else_sees_a_report_or_its_address(client, make):
    report = make_report(mail_address="reader@example.org")
    client.force_login(make())

    for answer in (
        client.get(LIST),
        client.get(page_at(report)),
        client.post(step_at(report, "take")),
    ):
        assert answer.status_code == 403


def test_the_page_shows_the_claim_then_and_now(desk):
    report = make_report()
    assert "The same." in words_of(desk.get(page_at(report)))
    comparison = report_document(report)

    edit(comparison, answer="**Start with the second.** The first pays off later.")
    publish_document(comparison)

    text = desk.get(page_at(report)).content.decode()
    assert "<del>first" in text and "<ins>second" in text


def report_document(report):
    return Comparison.objects.get(uid=report.subject_uid)


def test_a_claim_that_is_gone_is_said_to_be_gone(desk):
    report = make_report(place="rule-00000000", quote="You want it.")

    assert "does not say this any more" in words_of(desk.get(page_at(report)))


def test_words_of_a_reader_are_shown_as_text(desk):
    report = make_report(message='<script>alert("x")</script> is wrong')

    assert "<script>alert" not in desk.get(page_at(report)).content.decode()


def test_the_page_leads_to_where_the_mistake_is_mended(desk):
    report = make_report()
    comparison = report_document(report)

    assert (
        f"/admin/comparisons/comparison/{comparison.pk}/change/"
        in desk.get(page_at(report)).content.decode()
    )


def test_a_fix_offers_the_versions_since_and_links_the_one_chosen(desk):
    report = make_report()
    comparison = report_document(report)
    edit(comparison, answer="**Start with the second.** It is quicker.")
    publish_document(comparison)
    [offer] = [
        offer
        for offer in desk.get(page_at(report)).context["offers"]
        if offer.step.verb == "fix"
    ]
    values = [value for value, _ in offer.form.fields["fixed_by"].choices]
    assert values == ["", "version-2", "fact"]

    sent = {"was_wrong": "It named the first.", "says_now": "It names the second."}
    sent |= {"fixed_by": "version-2", "is_public": "on"}
    desk.post(step_at(report, "fix"), {f"fix-{k}": v for k, v in sent.items()})

    row = Correction.objects.get()
    assert (row.version, row.fix_path) == (2, f"{COMPARE}history/")
    assert "It named the first." in words_of(desk.get(page_at(report)))


def test_a_fix_without_its_two_sentences_comes_back(desk):
    report = make_report()

    response = desk.post(step_at(report, "fix"), {"fix-was_wrong": "The port."})

    assert response.status_code == 422
    assert "The port." in response.content.decode()
    assert not Correction.objects.exists()


def test_steps_without_a_question_work_by_one_button(desk):
    report = make_report()

    for verb in ("take", "accept"):
        assert desk.post(step_at(report, verb)).status_code == 302
    report.refresh_from_db()
    assert (report.state, report.taken_by_id is not None) == ("accepted", True)
    assert desk.get(step_at(report, "take")).status_code == 405
    assert desk.post(step_at(report, "nothing")).status_code == 404


def test_a_refusal_and_a_duplicate_ask_what_they_need(desk):
    first, second, third = make_report(), make_report(), make_report()

    desk.post(step_at(first, "refuse"), {"refuse-reason": "It is so."})
    desk.post(step_at(second, "mark-duplicate"), {"mark_duplicate-of": third.pk})
    desk.post(step_at(third, "mark-spam"))

    for report in (first, second, third):
        report.refresh_from_db()
    assert (first.state, first.answer) == ("not_a_mistake", "It is so.")
    assert (second.state, second.duplicate_of) == ("duplicate", third)
    assert third.state == "spam"
