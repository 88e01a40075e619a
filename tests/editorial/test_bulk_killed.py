"""A worker that is killed between or within items, in a process of its own."""

import signal
import sys

import pytest
from django.utils import timezone

from editorial import bulk
from editorial.bulk import start_job, sweep
from editorial.models import BulkJob, EditorialEvent, ItemResult
from editorial.review import submit
from tests.comparisons.factories import make_comparison
from tests.editorial.factories import make_publisher
from tests.processes import start_worker

pytestmark = pytest.mark.django_db(transaction=True)

WORKER = (
    "import sys, django; django.setup(); "
    "from tests.editorial.test_bulk_killed import work; work(int(sys.argv[1]))"
)


def work(number):
    """Do `number` items; in the next one, write and then hang until killed."""
    done = 0

    def hang(document, **options):
        nonlocal done
        submit(document, **options)
        if done == number:
            print("in the middle", flush=True)  # noqa: T201 - the parent waits for it
            sys.stdin.readline()
        done += 1

    bulk.STEPS["submit"] = hang
    sweep()


@pytest.mark.parametrize("number", [0, 2])
def test_what_a_killed_worker_left_is_finished_and_nothing_is_done_twice(number):
    documents = [make_comparison() for _ in range(4)]
    job = start_job("submit", documents, by=make_publisher())

    worker = start_worker(WORKER, number)
    assert worker.stdout.readline() == "in the middle\n"
    worker.send_signal(signal.SIGKILL)
    worker.communicate()
    results = list(job.items.values_list("result", flat=True))
    assert results == [ItemResult.DONE] * number + [ItemResult.WAITING] * (4 - number)
    submitted = EditorialEvent.objects.of_action("submit")
    assert submitted.count() == number
    assert sweep() == 0  # until the lease has run out

    BulkJob.objects.update(leased_until=timezone.now())
    assert sweep() == 4 - number

    assert set(submitted.values_list("document_uid", flat=True)) == {
        document.uid for document in documents
    }
    assert submitted.count() == 4
    assert BulkJob.objects.get().finished_at is not None
