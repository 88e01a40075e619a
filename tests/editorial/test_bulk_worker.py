"""The worker of the task queue does a job, and leaves nothing to do."""

import pytest
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from editorial.bulk import start_job
from editorial.models import BulkJob
from tests.comparisons.factories import make_comparison
from tests.editorial.factories import make_publisher

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _signals_stay_as_they_are(monkeypatch):
    worker = "django_tasks_db.management.commands.db_worker.Worker.configure_signals"
    monkeypatch.setattr(worker, lambda self: None)


def test_the_worker_does_a_job(capsys):
    job = start_job("submit", [make_comparison()], by=make_publisher())

    call_command(
        "db_worker", batch=True, reload=False, startup_delay=False, verbosity=0
    )

    assert list(job.items.values_list("result", flat=True)) == ["done"]
    assert not BulkJob.objects.unfinished().exists()
    assert not DBTaskResult.objects.failed().exists()
    assert not DBTaskResult.objects.ready().exists()
