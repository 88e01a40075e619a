"""Documents that go live at one instant: all of them, or none."""

import datetime
from functools import partial

import pytest
import time_machine

from editorial.bundle_review import bundled_documents
from editorial.bundles import (
    BundleRefusedError,
    add_to_bundle,
    cancel_bundle,
    create_bundle,
    release_bundle,
    remove_from_bundle,
)
from editorial.models import Publication
from editorial.problems import WrongStateError
from editorial.review import request_changes
from editorial.search.index import check, rebuild
from editorial.workflow import cancel, publish, schedule, withdraw
from tests.comparisons.factories import (
    make_comparison,
    make_published_comparison,
    make_verdict,
)
from tests.editorial.bundle_steps import make_bundle, make_ready_bundle
from tests.editorial.factories import make_publisher
from tests.editorial.steps import HOUR, NOON, approved, edit, live_titles

pytestmark = pytest.mark.django_db

MINUTE = datetime.timedelta(minutes=1)
TICK = datetime.timedelta(microseconds=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def publisher():
    return make_publisher("pat")


def sentences(bundle, by):
    return [
        [str(problem) for problem in entry.problems]
        for entry in bundled_documents(bundle, by=by)
    ]


def test_all_documents_go_live_at_the_same_microsecond(publisher):
    bundle, documents = make_ready_bundle(publisher, 3)

    made = release_bundle(bundle, by=publisher)

    assert {row.document_uid for row in made} == {row.uid for row in documents}
    assert {row.visible_from for row in made} == {NOON}
    assert bundle.live_from == NOON
    assert len(live_titles()) == 3


def test_at_once_means_one_instant_even_where_a_version_begins_just_now(publisher):
    bundle, (first, _) = make_ready_bundle(publisher)
    publish(first, by=publisher)
    edit(first, thesis="Other words.")
    approved(first, by=publisher)

    made = release_bundle(bundle, by=publisher)

    assert {row.visible_from for row in made} == {NOON + TICK}


def test_a_scheduled_bundle_goes_live_by_the_clock(publisher, clock):
    bundle, _ = make_ready_bundle(publisher)
    release_bundle(bundle, by=publisher, at=NOON + HOUR)
    assert live_titles() == []

    clock.move_to(NOON + HOUR)

    assert len(live_titles()) == 2


def test_one_document_that_is_not_ready_keeps_all_back_and_every_problem_is_named(
    publisher,
):
    bundle, _ = make_ready_bundle(publisher)
    lacking = make_comparison(title="Lacking", thesis="")
    add_to_bundle(bundle, lacking, by=publisher)
    add_to_bundle(bundle, make_verdict(title="Unread"), by=publisher)

    with pytest.raises(BundleRefusedError) as refused:
        release_bundle(bundle, by=publisher)

    said = [str(problem) for problem in refused.value.problems]
    unread = "Nobody has approved this text yet. Send it to review."
    assert {
        f"“Lacking”: {unread}",
        "“Lacking”: “Thesis” is empty.",
        f"“Unread”: {unread}",
    } <= set(said)
    assert not Publication.objects.exists()
    bundle.refresh_from_db()
    assert bundle.is_open


def test_an_edit_voids_the_approval_and_the_bundle_shows_it(publisher):
    bundle, (comparison, _) = make_ready_bundle(publisher)
    assert sentences(bundle, publisher) == [[], []]

    edit(comparison, thesis="Other words.")

    (problem,) = next(found for found in sentences(bundle, publisher) if found)
    assert "has changed since it was approved" in problem


def test_two_documents_that_claim_one_address_keep_the_bundle_back(publisher):
    first = make_comparison(names=["Alpha", "Beta"], title="First")
    second = make_comparison(names=["Gamma", "Delta"], title="Second")
    for side, other in zip(second.sides.all(), first.sides.all(), strict=True):
        side.engine = other.engine
        side.save()
    edit(second)
    for document in (first, second):
        approved(document, by=publisher)
    bundle = make_bundle(first, second, by=publisher)

    with pytest.raises(BundleRefusedError, match="belongs to another document"):
        release_bundle(bundle, by=publisher)

    assert not Publication.objects.exists()


def test_a_version_that_begins_at_that_moment_is_a_clash(publisher):
    bundle, (comparison, _) = make_ready_bundle(publisher)
    schedule(comparison, by=publisher, at=NOON + HOUR)
    edit(comparison, thesis="Other words.")
    approved(comparison, by=publisher)

    with pytest.raises(BundleRefusedError, match="begins at that very moment"):
        release_bundle(bundle, by=publisher, at=NOON + HOUR)
    release_bundle(bundle, by=publisher, at=NOON + 2 * HOUR)


def test_a_text_that_is_live_already_is_to_be_taken_out(publisher):
    comparison = make_published_comparison()
    bundle = make_bundle(comparison, by=publisher)

    with pytest.raises(BundleRefusedError, match="live already"):
        release_bundle(bundle, by=publisher)

    remove_from_bundle(bundle, comparison.uid, by=publisher)
    with pytest.raises(WrongStateError, match="empty"):
        release_bundle(bundle, by=publisher)


def test_cancelling_takes_all_back_and_leaves_other_versions(publisher, clock):
    bundle, (comparison, verdict) = make_ready_bundle(publisher)
    schedule(comparison, by=publisher, at=NOON + HOUR)
    edit(comparison, thesis="Words of the bundle.")
    approved(comparison, by=publisher)
    release_bundle(bundle, by=publisher, at=NOON + 2 * HOUR)

    assert cancel_bundle(bundle, by=publisher) == 2

    assert bundle.is_open
    clock.move_to(NOON + 3 * HOUR)
    assert Publication.objects.live().get().version == 1
    release_bundle(bundle, by=publisher)
    assert set(live_titles()) == {comparison.title, verdict.title}


def test_a_bundle_that_is_live_is_not_cancelled(publisher, clock):
    bundle, _ = make_ready_bundle(publisher)
    with pytest.raises(WrongStateError, match="has not been released"):
        cancel_bundle(bundle, by=publisher)
    release_bundle(bundle, by=publisher, at=NOON + HOUR)
    clock.move_to(NOON + HOUR)

    with pytest.raises(WrongStateError, match="live already"):
        cancel_bundle(bundle, by=publisher)
    assert len(live_titles()) == 2


def test_no_document_goes_live_or_away_apart_from_its_released_bundle(publisher, clock):
    bundle, (comparison, _) = make_ready_bundle(publisher)
    release_bundle(bundle, by=publisher, at=NOON + HOUR)
    sooner = partial(schedule, at=NOON + MINUTE)

    for step in (cancel, withdraw, publish, sooner):
        with pytest.raises(WrongStateError, match="Cancel the bundle first"):
            step(comparison, by=publisher, note="Enough.")
    with pytest.raises(WrongStateError, match="has been released"):
        remove_from_bundle(bundle, comparison.uid, by=publisher)

    clock.move_to(NOON + HOUR)
    withdraw(comparison, by=publisher, note="Enough.")
    assert len(live_titles()) == 1


def test_a_document_stands_in_one_bundle_that_is_not_live(publisher, clock):
    bundle, (comparison, _) = make_ready_bundle(publisher)
    other = create_bundle(name="Other", by=publisher)
    with pytest.raises(WrongStateError, match="“Launch”"):
        add_to_bundle(other, comparison, by=publisher)
    release_bundle(bundle, by=publisher, at=NOON + HOUR)
    with pytest.raises(WrongStateError, match="“Launch”"):
        add_to_bundle(other, comparison, by=publisher)

    clock.move_to(NOON + HOUR)

    add_to_bundle(other, comparison, by=publisher)


def test_a_document_that_was_deleted_is_named_and_taken_out(publisher):
    bundle, (comparison, _) = make_ready_bundle(publisher)
    uid = comparison.uid
    comparison.delete()

    with pytest.raises(BundleRefusedError, match="deleted"):
        release_bundle(bundle, by=publisher)
    remove_from_bundle(bundle, uid, by=publisher)

    assert len(release_bundle(bundle, by=publisher)) == 1


def test_a_text_given_back_stays_in_its_bundle_and_owes_an_approval(publisher):
    bundle, (comparison, _) = make_ready_bundle(publisher)

    request_changes(comparison, by=publisher, note="Not yet.")

    with pytest.raises(BundleRefusedError, match="Nobody has approved"):
        release_bundle(bundle, by=publisher)


def test_the_search_index_knows_what_was_released(publisher):
    bundle, _ = make_ready_bundle(publisher)
    rebuild()
    release_bundle(bundle, by=publisher, at=NOON + HOUR)

    repairs = check()

    assert not any(fix.created or fix.updated or fix.removed for fix in repairs)
