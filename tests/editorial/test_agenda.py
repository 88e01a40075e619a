"""What goes live and what falls due, by day."""

import datetime

import pytest
import time_machine

from editorial.agenda import agenda_between, next_entries
from editorial.bundles import release_bundle
from editorial.models import Publication
from editorial.verifying import verify
from editorial.workflow import cancel, schedule, withdraw
from tests.comparisons.factories import (
    make_comparison,
    make_published_comparison,
    publish_document,
)
from tests.editorial.bundle_steps import make_ready_bundle
from tests.editorial.factories import make_publisher
from tests.editorial.steps import HOUR, NOON, approved, edit

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)
KINDS = ("comparison", "verdict")
FIRST, NEXT = datetime.date(2026, 11, 1), datetime.date(2026, 12, 1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def publisher():
    return make_publisher("pat")


def said(entries):
    return [(entry.at, entry.what, entry.title) for entry in entries]


def november(now=NOON):
    return said(agenda_between(FIRST, NEXT, now=now, kinds=KINDS))


def make_scheduled(publisher, at, **values):
    comparison = make_comparison(**values)
    approved(comparison, by=publisher)
    schedule(comparison, by=publisher, at=at)
    return comparison


def test_versions_stand_on_the_day_on_which_they_go_or_went_live(publisher, clock):
    make_scheduled(publisher, NOON + 2 * HOUR, title="Later")
    make_published_comparison(title="Now")

    assert november() == [
        (NOON, "went live", "Now"),
        (NOON + 2 * HOUR, "goes live", "Later"),
    ]
    assert november(NOON + DAY)[1][1] == "went live"


def test_what_was_cancelled_or_lies_in_another_month_is_not_on_it(publisher):
    taken_back = make_scheduled(publisher, NOON + HOUR)
    cancel(taken_back, by=publisher)
    make_scheduled(publisher, datetime.datetime(2026, 12, 1, tzinfo=datetime.UTC))
    last = NOON.replace(day=30, hour=23, minute=59)
    make_scheduled(publisher, last, title="Last")

    assert november() == [(last, "goes live", "Last")]


def test_a_bundle_is_one_entry(publisher):
    bundle, _ = make_ready_bundle(publisher, 3)
    release_bundle(bundle, by=publisher, at=NOON + HOUR)

    (entry,) = agenda_between(FIRST, NEXT, now=NOON, kinds=KINDS)

    assert (entry.title, entry.bundle, entry.bundle_size) == ("Launch", bundle, 3)


def make_due(publisher, day, **values):
    return make_published_comparison(verified_on=day - 90 * DAY, **values)


def due_days(now=NOON):
    entries = agenda_between(FIRST, NEXT, now=now, kinds=KINDS)
    return [(entry.day.day, entry.title) for entry in entries if entry.is_due]


def test_what_falls_due_counts_verifications(publisher):
    old = make_due(publisher, datetime.date(2026, 11, 26), title="Old")
    make_due(publisher, datetime.date(2026, 11, 3), title="Overdue")
    assert due_days() == [(3, "Overdue"), (26, "Old")]

    live = Publication.objects.of_document(old.uid).live().get()
    verify(old, by=publisher, digest=live.digest, seen_at=NOON, note="All of it.")

    assert due_days() == [(3, "Overdue")]


def test_a_text_that_another_replaces_or_that_is_withdrawn_does_not_fall_due(publisher):
    replaced = make_due(publisher, datetime.date(2026, 11, 28))
    edit(replaced, verified_on=NOON.date())
    approved(replaced, by=publisher)
    schedule(replaced, by=publisher, at=NOON + 2 * DAY)
    gone = make_due(publisher, datetime.date(2026, 11, 27))
    withdraw(gone, by=publisher, note="Enough.")

    assert due_days() == []


def test_a_scheduled_text_falls_due_too(publisher):
    make_scheduled(
        publisher,
        NOON + DAY,
        title="Ahead",
        verified_on=datetime.date(2026, 11, 28) - 90 * DAY,
    )

    assert due_days() == [(28, "Ahead")]


def test_the_next_things_come_in_order_and_are_no_more_than_asked_for(publisher):
    make_due(publisher, datetime.date(2026, 11, 25), title="Due tomorrow")
    make_due(publisher, datetime.date(2026, 11, 20), title="Overdue")
    bundle, _ = make_ready_bundle(publisher, 4)
    release_bundle(bundle, by=publisher, at=NOON + HOUR)
    make_scheduled(publisher, NOON + 9 * DAY, title="Last")

    titles = [entry.title for entry in next_entries(3, now=NOON, kinds=KINDS)]

    assert titles == ["Launch", "Due tomorrow", "Last"]


def test_only_the_kinds_that_are_asked_for_are_on_it(publisher):
    publish_document(make_comparison())

    assert agenda_between(FIRST, NEXT, now=NOON, kinds=["verdict"]) == []
    assert next_entries(10, now=NOON, kinds=[]) == []


def test_more_documents_ask_no_more_statements(
    publisher, django_assert_max_num_queries
):
    for day in range(12):
        make_due(publisher, datetime.date(2026, 11, 25) + day * DAY)
        make_scheduled(publisher, NOON + (day + 1) * HOUR)

    with django_assert_max_num_queries(4):
        assert len(november()) == 24 + 6
    with django_assert_max_num_queries(4):
        assert len(next_entries(10, now=NOON, kinds=KINDS)) == 10
