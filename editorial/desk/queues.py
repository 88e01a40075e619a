"""What waits for somebody: filters of the lists, and boxes of the front page."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse

from editorial.registry import DeskBox, DocumentKind, document_kinds
from editorial.rights import can


@dataclass(frozen=True)
class Queue:
    """`narrow(documents, user)` leaves those that wait; `verb` says for whom."""

    key: str
    label: str
    verb: str
    narrow: Callable[[Any, Any], Any]


QUEUES = {
    queue.key: queue
    for queue in (
        Queue("mine", "Mine to do", "edit", lambda rows, user: rows.to_do_for(user)),
        Queue(
            "my_review",
            "Waiting for my review",
            "approve",
            lambda rows, user: rows.in_review().assigned_to_person(user),
        ),
        Queue(
            "review",
            "Waiting for review",
            "approve",
            lambda rows, user: rows.awaiting_review_by(user),
        ),
        Queue("due", "Due for re-check", "view", lambda rows, user: rows.due()),
        Queue("scheduled", "Scheduled", "view", lambda rows, user: rows.scheduled()),
        Queue("broken", "A fact has changed", "view", lambda rows, user: rows.broken()),
    )
}


class QueueFilter(admin.SimpleListFilter):
    title = "what waits"
    parameter_name = "queue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(queue.key, queue.label) for queue in QUEUES.values()]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        queue = QUEUES.get(self.value() or "")
        return queryset if queue is None else queue.narrow(queryset, request.user)


def _count(queue: Queue, kind: DocumentKind, user: Any) -> int:
    return int(queue.narrow(kind.model._default_manager.all(), user).count())


def queue_link(queue: Queue, kind: DocumentKind) -> str:
    options = kind.model._meta
    address = reverse(f"admin:{options.app_label}_{options.model_name}_changelist")
    return f"{address}?queue={queue.key}"


def _right(queue: Queue, kind: DocumentKind, user: Any) -> bool:
    return can_model(user, queue.verb, kind.model)


def can_model(user: Any, verb: str, model: Any) -> bool:
    """The right to `verb` documents of this kind at all, whoever wrote them."""
    return can(user, "request_changes" if verb == "approve" else verb, model)


def queue_boxes() -> list[DeskBox]:
    """A box for each queue of each kind of documents."""
    return [
        DeskBox(
            title=f"{queue.label}: {kind.model._meta.verbose_name_plural}",
            count=partial(_count, queue, kind),
            link=partial(queue_link, queue, kind),
            order=order * 10,
            right=partial(_right, queue, kind),
        )
        for order, queue in enumerate(QUEUES.values(), start=1)
        for kind in document_kinds()
    ]
