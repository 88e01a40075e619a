"""What the worker does for the newsletter: turns of sending, and a watch over it.

A task of the queue is lost with the worker that is killed. So a task only starts a
sweep over our own rows, and sees to it that another one follows while there is
something left. A turn is short, so that other jobs of the worker get theirs.
"""

import datetime
from typing import Any

from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from newsletter.chores import do_chores
from newsletter.claiming import recover
from newsletter.models import Letter, Mailing
from newsletter.sending import Swept, sweep

TURN_SECONDS = 20
COMMAND_SECONDS = 240
"""How long a sweep by command may take: less than from one cron line to the next."""

PATIENCE = datetime.timedelta(minutes=1)
"""Until what is on the way, and could not be sent now, is looked at again."""

WATCH = datetime.timedelta(minutes=5)


def enqueue_sweep() -> None:
    """Let a worker send what the caller's transaction writes down."""
    send_letters.enqueue()  # a row of the same database: committed with the rest


@task()
def send_letters() -> int:
    """One turn. Where it is killed, the task that it left behind goes on."""
    if not _is_anything_on_the_way():
        return 0
    _leave_task_for(timezone.now() + PATIENCE)
    swept = sweep(seconds=TURN_SECONDS, when_going=_call_another_worker)
    if not swept.is_troubled and _is_anything_due():
        _call_another_worker()
    return swept.sent_count


@task()
def keep_watch() -> None:
    """Every few minutes: the small duties, and a turn where something waits."""
    watch()
    recover(timezone.now())
    do_chores(timezone.now())
    if _is_anything_on_the_way():
        _call_another_worker()


def watch() -> None:
    """See to it that the watch is kept, if there is a worker."""
    if not _waiting(keep_watch).exists():
        keep_watch.using(run_after=timezone.now() + WATCH).enqueue()


def sweep_once(seconds: float = COMMAND_SECONDS) -> Swept:
    """What waits, in this process: for the command."""
    began = timezone.now()
    watch()
    do_chores(began)
    swept = sweep(seconds=seconds)
    if _is_anything_on_the_way():
        _leave_task_for(timezone.now() + PATIENCE)
    if not _is_anything_due():  # what these tasks were to do is done
        _waiting(send_letters).ready().filter(enqueued_at__lte=began).delete()
    return swept


def _is_anything_on_the_way() -> bool:
    on_the_way = (Letter.objects.on_the_way(), Mailing.objects.on_the_way())
    return any(rows.exists() for rows in on_the_way)


def _is_anything_due() -> bool:
    due = Letter.objects.on_the_way().due(timezone.now())
    return Mailing.objects.building().exists() or bool(due.exists())


def _waiting(which: Any) -> Any:
    rows = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    return rows.filter(task_path=which.module_path)


def _call_another_worker() -> None:
    """A turn at once, unless one waits to be taken already."""
    if not _waiting(send_letters).ready().exists():
        send_letters.enqueue()


def _leave_task_for(moment: datetime.datetime) -> None:
    """A turn later, unless one comes before that."""
    if not _waiting(send_letters).filter(run_after__lte=moment).exists():
        send_letters.using(run_after=moment).enqueue()
