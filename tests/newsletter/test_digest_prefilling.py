"""The next issue begins with what happened; a draft takes what happened since."""

import datetime
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from editorial.drafts import StaleSaveError
from editorial.problems import NotAllowedError
from editorial.verifying import verify
from editorial.workflow import withdraw
from newsletter.digest.freezing import freeze_digest
from newsletter.digest.prefilling import (
    FIRST_SPAN,
    begin_issue,
    bring_in_since,
    happenings,
    last_covered,
    next_span,
)
from tests.catalog.factories import (
    make_ai_model,
    make_engine,
    make_hardware,
    make_price,
    make_release,
)
from tests.comparisons.factories import (
    make_comparison,
    make_published_comparison,
    make_verdict,
    publish_document,
)
from tests.editorial.factories import make_fact_editor, make_publisher, make_writer
from tests.editorial.steps import HOUR, NOON, edit
from tests.newsletter.digest_factories import (
    DESCRIPTION,
    VERIFIED_ON,
    make_published_issue,
)
from tests.reports.factories import make_correction

pytestmark = pytest.mark.django_db
LONG_AGO = NOON - 60 * 24 * HOUR


@pytest.fixture
def clock():
    """The facts and texts of a test are old until it moves the clock."""
    with time_machine.travel(LONG_AGO, tick=False) as traveller:
        yield traveller


def found(group=None):
    rows = happenings(next_span(timezone.now()))
    return [row for row in rows if group in (None, row.group)]


def titles(group=None):
    return [row.title for row in found(group)]


def test_without_an_issue_31_days_are_looked_back_on(clock):
    assert last_covered(NOON) == NOON - FIRST_SPAN


def test_a_page_that_was_published_is_new_and_a_later_version_an_update(clock):
    old = make_published_comparison(names=["Old", "Older"])
    clock.move_to(NOON)
    make_published_comparison(names=["New", "Newer"])
    edit(old, answer="**Start with the second.** The first pays off later.")
    old.change_note = "The answer names the other engine."
    old.save()
    publish_document(old)
    clock.shift(HOUR)

    (new,) = found("new")
    (update,) = found("updated")
    assert (new.title, new.path) == ("New vs Newer", "/compare/engines/new-vs-newer/")
    assert update.title == "Old vs Older"
    assert update.text == "Version 2: The answer names the other engine."
    assert update.happened_on == NOON.date()


def test_a_verdict_is_called_by_its_kind(clock):
    clock.move_to(NOON)
    publish_document(make_verdict(title="Alpha", engine=make_engine("Alpha")))
    clock.shift(HOUR)

    assert "Verdict: Alpha" in titles("new")


def test_what_was_withdrawn_or_only_scheduled_is_not_told(clock):
    clock.move_to(NOON)
    gone = make_published_comparison()
    withdraw(gone, by=make_publisher(), note="A mistake.")
    make_comparison()
    clock.shift(HOUR)

    assert titles("new") == []


def test_a_text_that_was_checked_again_says_when_and_what(clock):
    comparison = make_published_comparison(names=["Alpha", "Beta"])
    clock.move_to(NOON)
    digest = comparison.working_digest
    verify(
        comparison,
        by=make_publisher(),
        digest=digest,
        seen_at=timezone.now(),
        note="Prices read again.",
    )
    clock.shift(HOUR)

    (row,) = found("updated")
    assert row.title == "Alpha vs Beta"
    assert "Checked again on 24 Nov 2026" in row.text
    assert "Prices read again." in row.text


def test_a_correction_leads_to_its_entry_in_the_log(clock):
    clock.move_to(NOON + HOUR)
    correction = make_correction(corrected_at=NOON, reported_at=NOON - HOUR)

    (row,) = found("corrected")
    assert row.path == f"/corrections/#{correction.anchor}"
    assert correction.was_wrong in row.text
    assert correction.says_now in row.text


def test_a_new_fact_tells_its_figures_with_day_and_source(clock):
    clock.move_to(NOON)
    chip = make_hardware("Card")
    clock.shift(HOUR)

    (row,) = found("added")
    assert row.text == "Memory 24 GB, bandwidth 1\u202f008 GB/s, as read on 1 Nov 2026."
    assert (row.sources, row.target_uid) == ([chip.source], chip.uid)


def test_many_new_facts_of_a_kind_are_one_line(clock):
    clock.move_to(NOON)
    for _ in range(7):
        make_ai_model()
    clock.shift(HOUR)

    (row,) = found("added")
    assert row.title == "7 models"
    assert row.path == "/models/"


def test_a_release_that_was_seen_is_told_once_and_only_if_its_version_is_new(clock):
    engine = make_engine("Alpha")
    release = make_release(engine)
    clock.move_to(NOON)
    release.note = "Read again."
    release.save()
    clock.shift(HOUR)
    assert titles("added") == []

    release.version = "2.0"
    release.save()
    clock.shift(HOUR)
    (row,) = found("added")
    assert row.title == "Alpha 2.0"
    assert row.text == "Latest release seen, 1 Aug 2026. Read again."


def test_new_prices_stand_beside_the_last_one_known(clock):
    chip = make_hardware("Card")
    make_price(chip, observed_on=datetime.date(2026, 9, 1), amount=Decimal(1700))
    clock.move_to(NOON)
    price = make_price(chip)
    make_price(chip, kind="cloud_hour", amount=Decimal("0.4"), condition="")
    clock.shift(HOUR)

    (row,) = found("prices")
    assert row.text == (
        "New: asked 1\u202f599 USD, 1 Nov 2026 (1 observation). "
        "Before: 1\u202f700 USD, 1 Sep 2026. "
        "Cloud, by the hour: asked 0.40 USD an hour, 1 Nov 2026 (1 observation)."
    )
    assert price.source in row.sources


def test_prices_of_a_card_that_is_itself_new_are_not_told_apart(clock):
    clock.move_to(NOON)
    make_price(make_hardware("Card"))
    clock.shift(HOUR)

    assert [row.group for row in found()] == ["added"]


def test_the_next_issue_begins_where_the_last_one_ended(clock):
    clock.move_to(NOON)
    first = begin_issue(by=make_writer())
    clock.shift(HOUR)
    make_hardware("Between")
    clock.shift(HOUR)
    edit(first, description=DESCRIPTION, verified_on=VERIFIED_ON, note="Hello.")
    publish_document(first)
    clock.shift(HOUR)

    second = begin_issue(by=make_writer())

    assert second.covers_from == first.covers_until == NOON
    assert [item.title for item in second.items.all()] == ["Between"]
    assert second.slug != first.slug


def test_a_late_version_of_an_old_issue_brings_nothing_back(clock):
    ends = [NOON - 31 * 24 * HOUR, NOON]
    old, new = (make_published_issue(covers_until=end) for end in ends)
    clock.move_to(NOON + HOUR)
    edit(old, note="Corrected words.")
    publish_document(old)

    assert last_covered(timezone.now()) == new.covers_until


def test_many_prices_share_their_last_line(clock):
    chips = [make_hardware(f"Card {number:02}") for number in range(17)]
    clock.move_to(NOON)
    for chip in chips:
        make_price(chip)
    clock.shift(HOUR)

    rows = found("prices")
    assert (len(rows), rows[-1].title) == (15, "3 more")
    assert "Card 14, Card 15 and Card 16" in rows[-1].text


def test_an_old_price_that_was_found_late_has_no_price_before_it(clock):
    chip = make_hardware("Card")
    make_price(chip, observed_on=datetime.date(2026, 11, 20))
    clock.move_to(NOON)
    make_price(chip, observed_on=datetime.date(2025, 1, 1), amount=Decimal(1400))
    clock.shift(HOUR)

    (row,) = found("prices")
    assert "Before" not in row.text


def test_a_draft_that_was_begun_holds_what_happened(clock):
    clock.move_to(NOON)
    make_published_comparison(names=["New", "Newer"])
    clock.shift(HOUR)
    issue = begin_issue(by=make_writer())

    body = freeze_digest(issue)
    assert (body["title"], body["slug"]) == ("November 2026: what changed", "2026-11")
    assert [item["group"] for item in body["items"]] == ["new", "added", "added"]
    assert issue.working_digest


def test_only_writers_begin_an_issue():
    with pytest.raises(NotAllowedError):
        begin_issue(by=make_fact_editor())


def test_bringing_in_adds_what_is_missing_and_touches_nothing(clock):
    clock.move_to(NOON)
    make_hardware("First")
    make_hardware("Unwanted")
    clock.shift(HOUR)
    writer = make_writer()
    issue = begin_issue(by=writer)
    issue.items.filter(title="First").update(title="In my words", position=9)
    issue.items.filter(title="Unwanted").delete()
    clock.shift(HOUR)
    make_hardware("Second")
    clock.shift(HOUR)

    version = issue.lock_version
    assert bring_in_since(issue, by=writer, lock_version=version) == 1

    rows = issue.items.values_list("title", "position")
    assert list(rows) == [("In my words", 9), ("Second", 10)]
    clock.shift(HOUR)
    issue.refresh_from_db()
    assert bring_in_since(issue, by=writer, lock_version=issue.lock_version) == 0


def test_bringing_in_refuses_a_draft_that_somebody_else_saved(clock):
    issue = begin_issue(by=make_writer())

    with pytest.raises(StaleSaveError):
        bring_in_since(issue, by=make_writer(), lock_version=issue.lock_version - 1)


def test_an_issue_never_tells_of_an_issue(clock):
    clock.move_to(NOON)
    make_published_issue()
    clock.shift(HOUR)

    assert titles() == []
