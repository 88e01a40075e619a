"""A review has a person, a day and a note."""

import datetime

import pytest
from django.core import mail

from comparisons.freezing import freeze_comparison
from comparisons.models import Comparison
from editorial.assignment import assign
from editorial.models import EditorialEvent
from editorial.problems import NotAllowedError, WrongStateError
from editorial.review import approve, request_changes, submit
from editorial.rights import reviewers_of
from editorial.workflow import publish_shipped
from tests.comparisons.factories import make_comparison
from tests.editorial.factories import make_person, make_publisher, make_writer
from tests.editorial.steps import NOON

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 12, 3)


@pytest.fixture
def wilma():
    return make_writer("wilma")


@pytest.fixture
def pat():
    return make_publisher("pat")


@pytest.fixture
def comparison(wilma):
    return make_comparison(by=wilma)


def who_has(document):
    row = Comparison.objects.get(pk=document.pk)
    return row.assigned_to, row.assigned_due_on, row.assigned_note


def test_a_text_is_sent_to_a_person_by_a_day_with_a_note(comparison, wilma, pat):
    submit(comparison, by=wilma, assignee=pat, due_on=DAY, note="Check the prices.")

    assert who_has(comparison) == (pat, DAY, "Check the prices.")
    event = EditorialEvent.objects.of_document(comparison.uid).first()
    assert event.note == "To pat, by 3 December 2026: Check the prices."


def test_who_wrote_the_text_or_may_not_approve_is_not_chosen(wilma, pat):
    author = make_publisher("ann")
    comparison = make_comparison(by=author)

    assert list(reviewers_of(comparison)) == [pat]
    for person in (author, wilma, make_person()):
        with pytest.raises(WrongStateError, match="Choose somebody else"):
            submit(comparison, by=wilma, assignee=person)
    assert who_has(comparison)[0] is None


def test_in_a_desk_of_one_the_writer_reviews(pat):
    comparison = make_comparison(by=pat)

    assert list(reviewers_of(comparison)) == [pat]
    submit(comparison, by=pat, assignee=pat)


def test_a_person_who_has_left_is_not_offered(comparison, pat):
    make_publisher("gone").delete()
    idle = make_publisher("idle")
    idle.is_active = False
    idle.save()

    assert list(reviewers_of(comparison)) == [pat]


def test_the_review_is_given_to_another_by_the_writer_or_a_publisher(
    comparison, wilma, pat
):
    rita = make_publisher("rita")
    submit(comparison, by=wilma, assignee=pat, due_on=DAY)

    assign(comparison, by=wilma, assignee=rita, note="Pat is away.")
    assert who_has(comparison) == (rita, None, "Pat is away.")

    assign(comparison, by=rita, assignee=None)
    assert who_has(comparison) == (None, None, "")

    with pytest.raises(NotAllowedError):
        assign(comparison, by=make_person(), assignee=pat)


def test_a_text_that_is_not_in_review_is_given_to_nobody(comparison, wilma, pat):
    with pytest.raises(WrongStateError, match="in review"):
        assign(comparison, by=wilma, assignee=pat)


def test_approval_takes_the_text_off_everybodys_desk(comparison, wilma, pat):
    submit(comparison, by=wilma, assignee=pat, due_on=DAY, note="Please.")

    approve(comparison, by=pat, digest=comparison.working_digest)

    assert who_has(comparison) == (None, None, "")


def test_a_text_that_is_given_back_goes_to_whoever_sent_it(comparison, wilma, pat):
    olga = make_writer("olga")
    submit(comparison, by=olga, assignee=pat, due_on=DAY)

    request_changes(comparison, by=pat, note="The prices are old.")

    assert who_has(comparison) == (olga, None, "The prices are old.")
    assert list(Comparison.objects.to_do_for(olga)) == [comparison]
    assert list(Comparison.objects.to_do_for(wilma)) == [comparison]


def test_whoever_gets_a_text_is_told_but_not_by_themselves(
    comparison, wilma, pat, django_capture_on_commit_callbacks
):
    for person in (wilma, pat):
        person.email = f"{person}@example.org"
        person.save()
    with django_capture_on_commit_callbacks(execute=True):
        submit(comparison, by=wilma, assignee=pat, due_on=DAY, note="Check it.")
    with django_capture_on_commit_callbacks(execute=True):
        assign(comparison, by=pat, assignee=pat)
    with django_capture_on_commit_callbacks(execute=True):
        request_changes(comparison, by=pat, note="Too long.")

    asked, back = mail.outbox
    assert asked.to == ["pat@example.org"]
    assert f"wilma asks you to review “{comparison}”." in asked.body
    assert "Until: 3 December 2026" in asked.body
    assert "Check it." in asked.body
    assert f"/comparisons/comparison/{comparison.pk}/change/" in asked.body
    assert back.to == ["wilma@example.org"]
    assert "pat asks for changes in" in back.body


def test_nothing_is_sent_when_the_step_does_not_come_to_pass(
    comparison, wilma, pat, django_capture_on_commit_callbacks
):
    pat.email = "pat@example.org"
    pat.save()
    with django_capture_on_commit_callbacks(execute=True):
        submit(comparison, by=wilma)
    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(WrongStateError),
    ):
        submit(comparison, by=wilma, assignee=pat)

    assert mail.outbox == []


def test_a_shipped_version_takes_the_text_off_everybodys_desk(comparison, wilma, pat):
    submit(comparison, by=wilma, assignee=pat)
    request_changes(comparison, by=pat, note="Too long.")

    body = freeze_comparison(comparison)
    publish_shipped(comparison, body=body, published_at=NOON, note="")

    assert who_has(comparison) == (None, None, "")
