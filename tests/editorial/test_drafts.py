"""Saving a working copy: what is kept, what is refused, what is noted."""

import datetime

import pytest
import time_machine

from editorial.drafts import (
    CHECKPOINTS_KEPT,
    StaleSaveError,
    has_unpublished_changes,
    keep_conflicting_text,
    record_save,
    require_lock_version,
)
from editorial.models import Checkpoint, EditorialEvent, EventAction
from editorial.registry import document_kind
from editorial.workflow import cancel, restore, schedule
from tests.comparisons.factories import make_comparison, publish_document
from tests.editorial.factories import make_publisher, make_writer
from tests.editorial.test_reading import edit, make_scheduled

pytestmark = pytest.mark.django_db

MORNING = datetime.datetime(2026, 11, 10, 8, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)
MINUTE = datetime.timedelta(minutes=1)


def checkpoints(document, **values):
    return Checkpoint.objects.filter(document_uid=document.uid, **values)


def save_daily(document, *, days, times):
    """Other words `times` a day; answers the last words of each day."""
    last = []
    for day in range(days):
        for number in range(times):
            words = f"Day {day}, text {number}."
            moment = MORNING + day * DAY + number * MINUTE
            with time_machine.travel(moment, tick=False):
                edit(document, thesis=words)
        last.append(words)
    return last


def test_the_newest_checkpoints_are_all_kept():
    with time_machine.travel(MORNING - DAY, tick=False):
        document = make_comparison()

    save_daily(document, days=1, times=CHECKPOINTS_KEPT - 1)

    assert checkpoints(document).count() == CHECKPOINTS_KEPT


def test_of_older_checkpoints_the_last_of_each_day_is_kept():
    with time_machine.travel(MORNING - DAY, tick=False):
        document = make_comparison(thesis="Before.")
    last = save_daily(document, days=4, times=5)  # older than the newest twenty
    with time_machine.travel(MORNING + 10 * DAY, tick=False) as clock:
        for number in range(CHECKPOINTS_KEPT):
            clock.shift(MINUTE)
            edit(document, thesis=f"Recent {number}.")

    kept = [row.body["thesis"] for row in checkpoints(document)]

    recent = [f"Recent {number}." for number in reversed(range(CHECKPOINTS_KEPT))]
    assert kept == [*recent, *reversed(last), "Before."]


def test_a_busy_day_leaves_the_newest_twenty_and_one_of_its_older():
    with time_machine.travel(MORNING - MINUTE, tick=False):
        document = make_comparison()

    save_daily(document, days=1, times=40)

    kept = [row.body["thesis"] for row in checkpoints(document)]
    assert kept == [f"Day 0, text {number}." for number in range(39, 18, -1)]


def test_pruning_touches_neither_conflicts_nor_other_documents():
    document, other = make_comparison(), make_comparison()
    body = document_kind("comparison").freeze(document)
    with time_machine.travel(MORNING - DAY, tick=False):
        for _ in range(3):
            keep_conflicting_text(document, body, by=None)
        save_daily(other, days=1, times=3)

    save_daily(document, days=1, times=30)

    assert checkpoints(document, is_conflict=True).count() == 3
    assert checkpoints(other).count() == 4


def test_a_save_raises_the_lock_version_and_logs_who_saved():
    document, writer = make_comparison(), make_writer("ada")
    before = document.lock_version

    edit(document, thesis="Other words.")
    document.thesis = "Third words."
    document.save()
    is_changed = record_save(document, by=writer, note="Clearer.")

    assert is_changed
    assert document.lock_version == before + 2
    event = EditorialEvent.objects.of_action(EventAction.SAVE).first()
    assert (event.actor, event.note) == (writer, "Clearer.")
    assert event.digest == document.working_digest


def test_a_save_that_changes_nothing_leaves_no_checkpoint_and_no_event():
    document = make_comparison()
    events, texts = EditorialEvent.objects.count(), checkpoints(document).count()

    assert record_save(document, by=make_writer()) is False

    assert EditorialEvent.objects.count() == events
    assert checkpoints(document).count() == texts


def test_a_change_in_a_child_counts_as_a_change_of_the_text():
    document = make_comparison()
    rule = document.rules.first()
    rule.reason = "For another reason."
    rule.save()

    assert record_save(document, by=None)


def test_a_save_over_a_version_nobody_saw_is_refused():
    document = make_comparison()
    opened_at = document.lock_version
    assert require_lock_version(document, opened_at) == document
    edit(document, thesis="Saved by somebody else.")

    with pytest.raises(StaleSaveError, match="saved by somebody else") as caught:
        require_lock_version(document, opened_at)

    assert caught.value.document.thesis == "Saved by somebody else."


def test_a_text_that_came_too_late_is_kept_and_can_be_brought_back():
    document, late = make_comparison(thesis="Mine."), make_writer("late")
    body = document_kind("comparison").freeze(document)
    edit(document, thesis="Theirs.")

    kept = keep_conflicting_text(document, body, by=late)

    document.refresh_from_db()
    assert document.thesis == "Theirs."
    kept.refresh_from_db()
    assert kept.is_conflict and kept.saved_by == late
    restore(document, by=late, body=kept.body, note="Mine after all.")
    assert document.thesis == "Mine."
    theirs = checkpoints(document, is_conflict=False)
    assert "Theirs." in [row.body["thesis"] for row in theirs]


def test_unpublished_changes_are_measured_against_the_newest_version():
    document, publisher = make_comparison(), make_publisher()
    assert not has_unpublished_changes(document)
    publish_document(document, by=publisher)
    assert not has_unpublished_changes(document)

    edit(document, thesis="Planned words.")

    assert has_unpublished_changes(document)
    planned = datetime.datetime.now(datetime.UTC) + DAY
    make_scheduled(document, by=publisher, at=planned)
    assert not has_unpublished_changes(document)
    cancel(document, by=publisher)
    assert has_unpublished_changes(document)
    assert schedule(document, by=publisher, at=planned).version == 3
