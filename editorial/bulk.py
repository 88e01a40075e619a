"""One action on many documents, done by a worker, document by document.

The queue of tasks has no retries, and a worker that is killed leaves its task as
running for ever. So a task only starts a sweep over our own rows: it claims a job with
a lease and does each waiting item in a transaction that also writes the result. A
sweep that dies loses nothing and does nothing twice; the next one goes on.
"""

import datetime
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import structlog
from django.contrib.auth import get_user_model
from django.db import OperationalError, transaction
from django.utils import timezone
from django_tasks import default_task_backend, task

from editorial import review, workflow
from editorial.models import BulkJob, BulkJobItem, ItemResult, Publication
from editorial.problems import (
    NotAllowedError,
    NotReadyError,
    WrongStateError,
    sentences_of,
)
from editorial.registry import document_kind
from editorial.uses import uses_of
from editorial.verifying import ask_for_recheck

logger = structlog.get_logger(__name__)


def _withdraw_unused(document: Any, *, by: Any, note: str) -> None:
    """What others use is withdrawn alone, where the desk shows who uses it."""
    if uses_of(document):
        raise WrongStateError(
            "Other pages use it. Withdraw it alone, where you see which."
        )
    workflow.withdraw(document, by=by, note=note)


def _submit_news(document: Any, *, by: Any, note: str) -> None:
    _refuse_what_is_live(document.working_digest, _live_digest(document), "review")
    review.submit(document, by=by, note=note)


def _publish_news(document: Any, *, by: Any, note: str) -> None:
    live = _live_digest(document)
    version = workflow.publish(document, by=by, note=note)
    _refuse_what_is_live(version.digest, live, "publish")


def _schedule_news(document: Any, *, by: Any, note: str, at: datetime.datetime) -> None:
    live = _live_digest(document)
    version = workflow.schedule(document, by=by, note=note, at=at)
    _refuse_what_is_live(version.digest, live, "schedule")


def _live_digest(document: Any) -> str:
    versions = Publication.objects.of_document(document.uid)
    digests = versions.live_at(timezone.now()).values_list("digest", flat=True)
    return digests.first() or ""


def _refuse_what_is_live(digest: str, live: str, verb: str) -> None:
    """The panel of one document does not offer a step that would be no news."""
    if digest == live:
        raise WrongStateError(
            f"There is nothing to {verb}: readers see exactly this text already."
        )


STEPS: Mapping[str, Callable[..., Any]] = {
    "submit": _submit_news,
    "request_changes": review.request_changes,
    "publish": _publish_news,
    "schedule": _schedule_news,
    "cancel": workflow.cancel,
    "recheck": ask_for_recheck,
    "withdraw": _withdraw_unused,
}
"""What can be done to many. Not approve and verify, which need somebody who read each
text, and not delete."""

REFUSALS = (NotAllowedError, NotReadyError, WrongStateError)

MAX_ITEMS = 200
LEASE = datetime.timedelta(seconds=60)
"""How long a job waits for a worker that has died: longer than one item can take."""

SOME_DAY = datetime.datetime(9000, 1, 1, tzinfo=datetime.UTC)
"""The moment of a rehearsed schedule, before the real one is chosen."""


class _Rehearsed(Exception):
    """Undoes a step that would have gone well."""


def take_step(
    verb: str, document: Any, *, by: Any, note: str, at: datetime.datetime | None
) -> None:
    """The step as the panel of one document takes it, by the same rules."""
    options = {"at": at} if verb == "schedule" else {}
    STEPS[verb](document, by=by, note=note, **options)


def rehearse(verb: str, document: Any, *, by: Any) -> list[str]:
    """Why `by` could not do `verb` now, a sentence each; empty when they could.

    The step is taken and undone, so that it cannot judge otherwise than the job will.
    """
    try:
        with transaction.atomic():
            take_step(verb, document, by=by, note="Rehearsal.", at=SOME_DAY)
            raise _Rehearsed
    except _Rehearsed:
        return []
    except REFUSALS as error:
        return sentences_of(error)


@transaction.atomic
def start_job(
    verb: str,
    documents: Iterable[Any],
    *,
    by: Any,
    note: str = "",
    at: datetime.datetime | None = None,
) -> BulkJob:
    """Write down what is to be done and hand it to a worker.

    Raises KeyError for a verb that is never done in bulk, WrongStateError for no or
    too many documents. Rights are judged when an item is done.
    """
    STEPS[verb]
    documents = list(documents)
    if not 1 <= len(documents) <= MAX_ITEMS:
        raise WrongStateError(f"Choose 1 to {MAX_ITEMS} documents.")
    job = BulkJob.objects.create(verb=verb, note=note, at=at, asked_by=by)
    BulkJobItem.objects.bulk_create(
        BulkJobItem(
            job=job,
            position=position,
            kind=document.kind,
            document_uid=document.uid,
            title=document.title,
        )
        for position, document in enumerate(documents, start=1)
    )
    work_on_jobs.enqueue()  # a row of the same database: committed with the job
    return job


@task()
def work_on_jobs() -> int:
    """What the worker runs. It leaves a successor, in case it is killed."""
    if not BulkJob.objects.unfinished().exists():
        return 0
    if default_task_backend.supports_defer:
        work_on_jobs.using(run_after=timezone.now() + LEASE).enqueue()
    return sweep()


def sweep() -> int:
    """Do all that waits and nobody else does. Answers the number of items done.

    May be stopped at any time and run several times at once.
    """
    number = 0
    while (job := _claim()) is not None:
        number += _work(job)
    return number


def _claim() -> BulkJob | None:
    """A job on which we hold the lease; None where there is nothing to do."""
    now = timezone.now()
    for job in BulkJob.objects.claimable(now):
        if _extend(job, now + LEASE, started_at=job.started_at or now):
            return job
    return None


def _extend(job: BulkJob, until: datetime.datetime, **values: Any) -> bool:
    """Renew our lease; False where it ran out and somebody else has the job."""
    rows = BulkJob.objects.unfinished().filter(pk=job.pk, leased_until=job.leased_until)
    job.leased_until = until
    return bool(rows.update(leased_until=until, **values))


def _work(job: BulkJob) -> int:
    number = 0
    for pk in list(job.items.waiting().values_list("pk", flat=True)):
        if not _extend(job, timezone.now() + LEASE):
            return number
        number += do_item(pk)
    now = timezone.now()
    if not job.items.waiting().exists():
        _extend(job, now, finished_at=now)
    return number


@transaction.atomic
def do_item(pk: int) -> bool:
    """Do one item and write its result, both or neither; False when it was done."""
    rows = BulkJobItem.objects.waiting().select_for_update()
    item = rows.filter(pk=pk).first()
    if item is None:
        return False
    item.result, item.sentence = _outcome(item)
    item.finished_at = timezone.now()
    item.save(update_fields=["result", "sentence", "finished_at"])
    return True


def _outcome(item: BulkJobItem) -> tuple[ItemResult, str]:
    job = item.job
    # Fresh, because their rights are kept in the object once they were asked for.
    person = get_user_model().objects.get(pk=job.asked_by_id)
    rows = document_kind(item.kind).model._default_manager
    document = rows.filter(uid=item.document_uid).first()
    if document is None:
        return ItemResult.REFUSED, "The document was deleted."
    try:
        with transaction.atomic():
            take_step(job.verb, document, by=person, note=job.note, at=job.at)
    except REFUSALS as error:
        return ItemResult.REFUSED, "\n".join(sentences_of(error))
    except OperationalError:
        raise  # of the database, not of the item: a later sweep tries again
    except Exception:  # one broken item must not keep the others waiting
        logger.exception("bulk_item_failed", job=job.pk, document=str(document.uid))
        return ItemResult.FAILED, (
            "It failed, and nothing of it was changed. The log of the site says why. "
            "Try the single step."
        )
    return ItemResult.DONE, ""
