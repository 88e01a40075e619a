"""Bundles with documents in common and editors who publish, all at once."""

import itertools
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction

from comparisons.models import Comparison
from editorial.bundles import (
    add_to_bundle,
    cancel_bundle,
    create_bundle,
    release_bundle,
)
from editorial.drafts import locked, record_save
from editorial.models import Bundle, Publication
from editorial.problems import WrongStateError
from editorial.review import approve, submit
from editorial.workflow import publish
from tests.comparisons.factories import make_comparison
from tests.editorial.factories import make_publisher, make_writer
from tests.processes import run_worker

THREADS, ROUNDS = 8, 3
SLUGS = ("one", "two", "three", "four")
WORKER = (
    "import sys, django; django.setup(); "
    "from tests.editorial.test_bundle_concurrency import work; work()"
)

pytestmark = pytest.mark.django_db(transaction=True)


def approve_words(row, words):
    writer = User.objects.get(username="writer")
    publisher = User.objects.get(username="publisher")
    row = locked(row)
    row.thesis = words
    row.save()
    record_save(row, by=writer)
    submit(row, by=writer)
    approve(row, by=publisher, digest=row.working_digest)
    return row


@transaction.atomic
def release_all(name):
    """From the words to the release, so that nobody can come between."""
    publisher = User.objects.get(username="publisher")
    bundle = create_bundle(name=name, by=publisher)
    for row in Comparison.objects.order_by("pk"):
        approve_words(row, f"Words of {name} on {row}.")
        add_to_bundle(bundle, row, by=publisher)
    release_bundle(bundle, by=publisher)


@transaction.atomic
def publish_one(name, slug):
    row = approve_words(Comparison.objects.get(slug=slug), f"Words of {name}.")
    publish(row, by=User.objects.get(username="publisher"))


def cancel_in_vain(name):
    """Locks every document of a bundle that is live, and is refused."""
    publisher = User.objects.get(username="publisher")
    try:
        cancel_bundle(Bundle.objects.get(name=name), by=publisher)
    except WrongStateError:
        return
    raise AssertionError("A live bundle was cancelled.")


def act(number, name):
    actions = (
        lambda: release_all(name),
        lambda: publish_one(name, SLUGS[number % len(SLUGS)]),
        lambda: cancel_in_vain("forwards"),
        lambda: cancel_in_vain("backwards"),
    )
    actions[number % len(actions)]()


def work():
    barrier = threading.Barrier(THREADS)

    def run(number):
        try:
            barrier.wait()
            for round_ in range(ROUNDS):
                act(number, f"{number} in round {round_}")
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(max_workers=THREADS) as pool:
        for answer in pool.map(run, range(THREADS)):
            print(answer, flush=True)  # noqa: T201 - the parent reads it


def make_live_bundle(name, rows, by):
    bundle = create_bundle(name=name, by=by)
    for row in rows:
        approve_words(row, f"The first words of {name}.")
        add_to_bundle(bundle, row, by=by)
    release_bundle(bundle, by=by)


def test_bundles_and_single_versions_at_once_stay_whole_and_nobody_deadlocks():
    make_writer("writer")
    publisher = make_publisher("publisher")
    rows = [make_comparison(slug=slug, subject="deployment") for slug in SLUGS]
    with transaction.atomic():
        make_live_bundle("forwards", rows, publisher)
        make_live_bundle("backwards", rows[::-1], publisher)

    result = run_worker(WORKER)

    assert result.returncode == 0, result.stderr
    assert result.stdout.split() == ["done"] * THREADS
    released = Bundle.objects.all()
    assert len(released) == 2 + 2 * ROUNDS
    for bundle in released:
        items = bundle.items.select_related("publication")
        starts = [item.publication.visible_from for item in items]
        assert starts == [bundle.live_from] * len(SLUGS)
    for row in rows:
        versions = Publication.objects.of_document(row.uid).order_by("version")
        assert len(versions) >= len(released)
        for before, after in itertools.pairwise(versions):
            assert before.visible_until == after.visible_from
