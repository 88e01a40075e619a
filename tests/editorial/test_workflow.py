"""Review, publication and withdrawal, one rule a test."""

import pytest
import time_machine
from django.utils import timezone

from editorial.drafts import record_save
from editorial.models import FOREVER, EditorialEvent
from editorial.problems import NotAllowedError, NotReadyError, WrongStateError
from editorial.review import approve, request_changes, submit
from editorial.status import status_of
from editorial.workflow import cancel, publish, schedule, withdraw
from tests.comparisons.factories import (
    make_comparison,
    publish_document,
)
from tests.editorial.factories import make_publisher, make_writer
from tests.editorial.steps import HOUR, NOON, approved, edit, live_titles

pytestmark = pytest.mark.django_db


def test_an_approved_text_goes_live_with_its_publisher_named():
    comparison = make_comparison()
    publisher = make_publisher("ada")

    publication = publish_document(comparison, by=publisher)

    assert publication.published_by_name == "ada"
    assert publication.visible_until == FOREVER
    assert publication.body["title"] == comparison.title
    assert status_of(comparison, timezone.now()).label == "published"


def test_nothing_goes_live_without_an_approval():
    comparison = make_comparison()

    with pytest.raises(WrongStateError, match="Nobody has approved"):
        publish(comparison, by=make_publisher())

    assert live_titles() == []


def test_an_edit_after_approval_voids_it():
    comparison = make_comparison()
    publisher = make_publisher()
    approved(comparison, by=publisher)

    edit(comparison, thesis="Other words.")

    assert comparison.review_state == "draft"
    with pytest.raises(WrongStateError, match="changed since it was approved"):
        publish(comparison, by=publisher)


def test_a_save_without_a_change_keeps_the_approval():
    comparison = make_comparison()
    publisher = make_publisher()
    approved(comparison, by=publisher)

    record_save(comparison, by=publisher)

    assert comparison.review_state == "approved"


def test_a_reviewer_approves_only_the_text_that_they_read():
    comparison = make_comparison()
    submit(comparison, by=make_writer())
    read = comparison.working_digest
    edit(comparison, thesis="Changed while it was being read.")

    with pytest.raises(WrongStateError, match="changed since you read it"):
        approve(comparison, by=make_publisher(), digest=read)


def test_nobody_approves_their_own_text_while_another_person_could():
    author, _other = make_publisher(), make_publisher()
    comparison = make_comparison(by=author)
    submit(comparison, by=author)

    with pytest.raises(NotAllowedError, match="somebody else"):
        approve(comparison, by=author, digest=comparison.working_digest)


def test_a_lone_publisher_may_approve_their_own_text():
    author = make_publisher()
    comparison = make_comparison(by=author)

    approved(comparison, by=author)

    assert comparison.review_state == "approved"


def test_a_writer_may_submit_but_neither_approve_nor_publish():
    writer = make_writer()
    comparison = make_comparison()
    submit(comparison, by=writer)

    for forbidden in (
        lambda: approve(comparison, by=writer, digest=comparison.working_digest),
        lambda: publish(comparison, by=writer),
        lambda: schedule(comparison, by=writer, at=timezone.now() + HOUR),
        lambda: withdraw(comparison, by=writer, note="x"),
    ):
        with pytest.raises(NotAllowedError):
            forbidden()


def test_changes_are_asked_for_with_a_reason_that_stays_in_the_log():
    comparison = make_comparison()
    submit(comparison, by=make_writer())

    request_changes(comparison, by=make_publisher(), note="Which workload?")

    assert comparison.review_state == "changes_requested"
    assert EditorialEvent.objects.first().note == "Which workload?"


def test_every_gap_is_named_at_once():
    comparison = make_comparison(thesis="", description="short")
    submit(comparison, by=make_writer())

    with pytest.raises(NotReadyError) as caught:
        approve(comparison, by=make_publisher(), digest=comparison.working_digest)

    sentences = [str(problem) for problem in caught.value.problems]
    assert "“Thesis” is empty." in sentences
    assert any("description" in sentence for sentence in sentences)


def test_publishing_a_live_text_again_answers_the_live_version():
    publisher = make_publisher()
    comparison = make_comparison()
    first = publish_document(comparison, by=publisher)

    assert publish(comparison, by=publisher) == first


def test_a_new_version_closes_the_window_of_the_old_one():
    publisher = make_publisher()
    comparison = make_comparison()
    first = publish_document(comparison, by=publisher)
    edit(comparison, thesis="Other words.")

    second = publish_document(comparison, by=publisher)

    first.refresh_from_db()
    assert first.visible_until == second.visible_from
    assert (first.version, second.version) == (1, 2)


def test_a_schedule_is_kept_by_the_clock_alone():
    comparison = make_comparison()
    publisher = make_publisher()
    with time_machine.travel(NOON, tick=False):
        approved(comparison, by=publisher)
        schedule(comparison, by=publisher, at=NOON + HOUR)
        assert status_of(comparison, timezone.now()).label == "scheduled"
        assert live_titles() == []

    with time_machine.travel(NOON + HOUR, tick=False):
        assert status_of(comparison, timezone.now()).label == "published"
        assert live_titles() == [comparison.title]


def test_a_schedule_in_the_past_is_refused():
    comparison = make_comparison()
    publisher = make_publisher()
    approved(comparison, by=publisher)

    with pytest.raises(WrongStateError, match="in the future"):
        schedule(comparison, by=publisher, at=timezone.now() - HOUR)


def test_a_cancelled_schedule_leaves_the_live_version_live_for_good():
    comparison = make_comparison()
    publisher = make_publisher()
    first = publish_document(comparison, by=publisher)
    edit(comparison, thesis="Other words.")
    approved(comparison, by=publisher)
    schedule(comparison, by=publisher, at=timezone.now() + HOUR)

    cancel(comparison, by=publisher)

    first.refresh_from_db()
    assert first.visible_until == FOREVER
    with time_machine.travel(timezone.now() + 2 * HOUR):
        assert status_of(comparison, timezone.now()).live == first


def test_a_version_published_before_a_scheduled_one_yields_to_it():
    comparison = make_comparison()
    publisher = make_publisher()
    publish_document(comparison, by=publisher)
    edit(comparison, thesis="Planned words.")
    approved(comparison, by=publisher)
    planned = schedule(comparison, by=publisher, at=timezone.now() + HOUR)
    edit(comparison, thesis="A quick correction.")

    correction = publish_document(comparison, by=publisher)

    assert correction.visible_until == planned.visible_from
    assert status_of(comparison, timezone.now()).live == correction
