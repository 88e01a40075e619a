"""Notices: who watches is told of new versions and of changed facts, each once."""

import datetime
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from editorial.review import approve, submit
from editorial.workflow import schedule
from newsletter.chores import do_chores
from newsletter.models import Mailing, MailingKind, SubscriberState
from newsletter.notices import tell_of_fact_changes, tell_of_publication
from tests.catalog.factories import (
    make_ai_model,
    make_engine,
    make_hardware,
    make_price,
    make_release,
)
from tests.comparisons.factories import (
    make_comparison,
    make_verdict,
    publish_document,
)
from tests.editorial.factories import make_publisher, make_writer
from tests.editorial.steps import HOUR, NOON, edit
from tests.newsletter.digest_factories import (
    make_issue,
    make_subscriber,
    make_watch,
)

pytestmark = pytest.mark.django_db
DAY = 24 * HOUR


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def published(document, capture):
    with capture(execute=True):
        return publish_document(document)


def test_nobody_watches_so_nothing_is_begun(django_capture_on_commit_callbacks):
    published(make_comparison(), django_capture_on_commit_callbacks)

    assert not Mailing.objects.exists()


def test_who_watches_a_side_hears_of_a_comparison(django_capture_on_commit_callbacks):
    comparison = make_comparison(names=["Alpha", "Beta"])
    engine = comparison.sides.first().engine
    make_watch(engine, "engine")

    row = published(comparison, django_capture_on_commit_callbacks)

    mailing = Mailing.objects.get()
    assert (mailing.kind, mailing.key) == (MailingKind.NOTICE, f"notice:{row.pk}")
    assert {str(engine.uid), str(comparison.uid)} <= set(mailing.targets)
    assert mailing.subject == "Alpha vs Beta: new page"
    assert "/compare/engines/alpha-vs-beta/" in mailing.text
    for mark in ("xxPREFERENCESxx", "xxLEAVExx"):
        assert mark in mailing.html
        assert mark in mailing.text


def test_who_watches_a_comparison_hears_what_a_version_changed(
    django_capture_on_commit_callbacks,
):
    comparison = make_comparison()
    publish_document(comparison)
    make_watch(comparison, "comparison")
    edit(comparison, change_note="The second side is rated anew.", thesis="Other.")

    published(comparison, django_capture_on_commit_callbacks)

    mailing = Mailing.objects.get()
    assert "The second side is rated anew." in mailing.html
    assert mailing.subject.endswith(": version 2")


def test_a_verdict_is_told_to_who_watches_what_it_judges(
    django_capture_on_commit_callbacks,
):
    engine = make_engine("Alpha")
    make_watch(engine, "engine")

    published(make_verdict(engine=engine), django_capture_on_commit_callbacks)

    assert str(engine.uid) in Mailing.objects.get().targets


@pytest.mark.parametrize("state", [SubscriberState.PENDING, SubscriberState.LEFT])
def test_only_an_active_subscriber_counts(django_capture_on_commit_callbacks, state):
    comparison = make_comparison()
    make_watch(comparison, "comparison", subscriber=make_subscriber(state=state))

    published(comparison, django_capture_on_commit_callbacks)

    assert not Mailing.objects.exists()


def test_an_issue_is_no_notice_and_a_notice_is_begun_once():
    engine = make_engine()
    make_watch(engine, "engine")
    row = publish_document(make_verdict(engine=engine))

    first, second = tell_of_publication(row), tell_of_publication(row)

    assert first == second
    assert tell_of_publication(publish_document(make_issue())) is None


def test_a_scheduled_version_is_told_when_its_time_has_come(
    clock, django_capture_on_commit_callbacks
):
    comparison, publisher = make_comparison(), make_publisher()
    make_watch(comparison, "comparison")
    submit(comparison, by=make_writer())
    comparison.refresh_from_db()
    approve(comparison, by=publisher, digest=comparison.working_digest)
    with django_capture_on_commit_callbacks(execute=True):
        schedule(comparison, by=publisher, at=NOON + DAY)

    assert tell_of_fact_changes(NOON + HOUR) == []
    clock.move_to(NOON + DAY + HOUR)
    (mailing,) = tell_of_fact_changes(timezone.now())

    assert mailing.publication.document_uid == comparison.uid
    assert tell_of_fact_changes(timezone.now()) == []


def changed(chip, **values):
    for name, value in values.items():
        setattr(chip, name, value)
    chip.save()


def test_a_watched_card_tells_its_new_price_and_its_changed_fields(clock):
    chip = make_hardware("Card", board_power_w=400)
    make_hardware("Other")
    clock.shift(DAY)
    make_watch(chip)
    clock.shift(HOUR)
    make_price(chip)
    changed(chip, board_power_w=450)
    clock.shift(HOUR)

    (mailing,) = tell_of_fact_changes(timezone.now())

    assert mailing.key == f"fact:{chip.uid}:2026-11-25"
    assert mailing.targets == [str(chip.uid)]
    assert mailing.subject == "Card: what changed"
    assert "New: asked 1\u202f599 USD, 1 Nov 2026" in mailing.text
    assert "Board power (W): 400 → 450." in mailing.text
    assert "because you watch Card" in " ".join(mailing.text.split())


def test_the_worker_sees_to_it_among_its_small_duties(clock):
    chip = make_hardware("Card", board_power_w=400)
    make_watch(chip)
    clock.shift(HOUR)
    changed(chip, board_power_w=450)
    clock.shift(HOUR)

    do_chores(timezone.now())

    assert Mailing.objects.get().targets == [str(chip.uid)]


def test_a_watched_engine_tells_its_new_release(clock):
    release = make_release(make_engine("Alpha"))
    clock.shift(DAY)
    make_watch(release.engine, "engine")
    clock.shift(HOUR)
    release.version, release.released_on = "2.0", datetime.date(2026, 11, 24)
    release.save()
    clock.shift(HOUR)

    (mailing,) = tell_of_fact_changes(timezone.now())

    assert "Alpha 2.0. Latest release seen, 24 Nov 2026." in mailing.text
    assert mailing.text.count("2.0") == 1


def test_a_fact_is_told_of_once_a_day_and_nothing_is_lost(clock):
    chip = make_hardware("Card", board_power_w=400)
    make_watch(chip)
    clock.shift(HOUR)
    changed(chip, board_power_w=450)
    clock.shift(HOUR)
    assert len(tell_of_fact_changes(timezone.now())) == 1

    clock.shift(HOUR)
    changed(chip, board_power_w=475)
    clock.shift(HOUR)
    assert tell_of_fact_changes(timezone.now()) == []

    clock.shift(DAY)
    (later,) = tell_of_fact_changes(timezone.now())
    assert "450 → 475" in later.text
    assert "400" not in later.text
    clock.shift(DAY)
    assert tell_of_fact_changes(timezone.now()) == []


def test_what_changed_before_anybody_watched_is_not_told(clock):
    chip = make_hardware(board_power_w=400)
    clock.shift(HOUR)
    changed(chip, board_power_w=450)
    clock.shift(HOUR)
    make_watch(chip)
    clock.shift(HOUR)

    assert tell_of_fact_changes(timezone.now()) == []


def test_a_change_that_readers_do_not_see_is_no_news(clock):
    model = make_ai_model()
    make_watch(model, "model")
    clock.shift(HOUR)
    changed(model, marks={"license": "doubtful"})
    clock.shift(HOUR)

    assert tell_of_fact_changes(timezone.now()) == []


def test_a_quiet_sweep_costs_the_same_however_many_watch(
    clock, django_assert_num_queries
):
    chips = [make_hardware() for _ in range(12)]
    make_price(chips[0], amount=Decimal(100))
    clock.shift(HOUR)
    for chip in chips:
        make_watch(chip)
        make_watch(chip)
    clock.shift(HOUR)

    with django_assert_num_queries(5):
        assert tell_of_fact_changes(timezone.now()) == []
