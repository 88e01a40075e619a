"""Many editors publish one document at once: threads, and processes."""

import contextlib
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils import timezone

from comparisons.models import Comparison
from editorial.drafts import locked, record_save
from editorial.freezing import digest_of
from editorial.models import FOREVER, Checkpoint, EventAction, Publication
from editorial.models import EditorialEvent as Event
from editorial.problems import NotReadyError
from editorial.review import approve, submit
from editorial.workflow import publish
from tests.comparisons.factories import make_comparison
from tests.editorial.factories import make_publisher, make_writer
from tests.processes import start_worker

THREADS, PROCESSES, ROUNDS = 8, 6, 3
WORKER = (
    "import sys, django; django.setup(); "
    "from tests.editorial.test_concurrency import work; work(*sys.argv[1:])"
)

pytestmark = pytest.mark.django_db(transaction=True)


def edit_and_publish(slug, words):
    """One transaction from the lock to the publication, by two people."""
    writer = User.objects.get(username="writer")
    publisher = User.objects.get(username="publisher")
    with transaction.atomic():
        row = locked(Comparison.objects.get(slug=slug))
        row.thesis = words
        row.save()
        record_save(row, by=writer)
        submit(row, by=writer)
        approve(row, by=publisher, digest=row.working_digest)
        publish(row, by=publisher)


def work(slugs, name, threads):
    """What a process does once it is told to: a thread per slug and number."""
    names = slugs.split(",")
    barrier = threading.Barrier(int(threads) * len(names) + 1)

    def run(slug, number):
        try:
            barrier.wait()
            for round_ in range(ROUNDS):
                edit_and_publish(slug, f"Words of {name}, {number}, {round_}.")
        except NotReadyError as error:
            return f"refused: {error}"
        finally:
            connection.close()
        return "published"

    with ThreadPoolExecutor(max_workers=int(threads) * len(names)) as pool:
        jobs = [
            pool.submit(run, slug, number)
            for slug in names
            for number in range(int(threads))
        ]
        print("ready", flush=True)  # noqa: T201 - the parent waits for it
        sys.stdin.readline()
        barrier.wait()
    for job in jobs:
        print(job.result(), flush=True)  # noqa: T201


def race(slugs, *, processes, threads):
    """Every answer of the workers, who start together. Fails on any error."""
    started = [
        start_worker(WORKER, slugs, number, threads) for number in range(processes)
    ]
    ready = [worker.stdout.readline() for worker in started]
    for worker in started:
        with contextlib.suppress(BrokenPipeError):
            worker.stdin.write("go\n")
            worker.stdin.flush()
    answers = [worker.communicate(timeout=120) for worker in started]
    assert ready == ["ready\n"] * processes, answers
    for worker, (_, errors) in zip(started, answers, strict=True):
        assert worker.returncode == 0, errors
    return [line for output, _ in answers for line in output.splitlines()]


def make_people_and(*slugs):
    make_writer("writer")
    make_publisher("publisher")
    return [make_comparison(slug=slug, subject="deployment") for slug in slugs]


@pytest.mark.parametrize(
    ("processes", "threads"),
    [(1, THREADS), (PROCESSES, 1)],
    ids=["threads", "processes"],
)
def test_editors_who_publish_at_once_get_a_version_each_and_one_is_live(
    processes, threads
):
    (comparison,) = make_people_and("raced")

    answers = race("raced", processes=processes, threads=threads)

    number = processes * threads * ROUNDS
    assert answers == ["published"] * processes * threads
    versions = list(Publication.objects.of_document(comparison.uid).order_by("version"))
    assert [row.version for row in versions] == list(range(1, number + 1))
    for before, after in zip(versions, versions[1:], strict=False):
        assert before.visible_until == after.visible_from
    assert [row for row in versions if row.is_live_at(timezone.now())] == versions[-1:]
    assert versions[-1].visible_until == FOREVER
    assert len({row.body["thesis"] for row in versions}) == number
    assert all(digest_of(row.body) == row.digest for row in versions)


def test_nothing_that_was_saved_at_once_is_lost():
    (comparison,) = make_people_and("raced")

    race("raced", processes=1, threads=THREADS)

    comparison.refresh_from_db()
    saves = Event.objects.of_document(comparison.uid).of_action(EventAction.SAVE)
    assert comparison.lock_version == 1 + THREADS * ROUNDS
    assert saves.count() == 1 + THREADS * ROUNDS
    newest = Publication.objects.of_document(comparison.uid).live().get()
    assert comparison.working_digest == newest.digest
    assert Checkpoint.objects.first().digest == newest.digest


def test_two_documents_that_claim_one_address_at_once_do_not_share_it():
    first = make_comparison(names=["Alpha", "Beta"], slug="first")
    second = make_comparison(names=["Gamma", "Delta"], slug="second")
    for side, other in zip(second.sides.all(), first.sides.all(), strict=True):
        side.engine = other.engine
        side.save()
    record_save(second, by=None)
    make_writer("writer")
    make_publisher("publisher")

    answers = race("first,second", processes=1, threads=1)

    live = Publication.objects.live().get()
    assert live.path == "/compare/engines/alpha-vs-beta/"
    refusal = f"refused: The address {live.path} belongs to another document."
    assert sorted(answers) == ["published", refusal]
