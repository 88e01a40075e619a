"""The front page's lists of documents that wait for one person, the urgent first."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils import timezone

from editorial.desk.addresses import desk_address
from editorial.desk.assigned import Assignment, assignment_of
from editorial.desk.queues import QUEUES, can_model, queue_link
from editorial.registry import DocumentKind

SHOWN = 8
LISTED_QUEUES = ("mine", "review")


@dataclass(frozen=True)
class WorkItem:
    title: str
    link: str
    kind: str
    state: str
    assignment: Assignment | None
    sort_key: tuple[datetime.date, float]


@dataclass(frozen=True)
class Worklist:
    """`more` leads to the whole list of each kind that has more than is shown."""

    title: str
    empty: str
    items: list[WorkItem]
    more: list[tuple[str, str]]


EMPTY = {
    "mine": "No draft of yours waits for you.",
    "review": "No text waits for a review.",
}


def worklists(user: Any, kinds: list[DocumentKind]) -> list[Worklist]:
    """One statement for each list and kind."""
    lists = []
    for key in LISTED_QUEUES:
        verb = QUEUES[key].verb
        models = [kind for kind in kinds if can_model(user, verb, kind.model)]
        if models:
            lists.append(_worklist(key, user, models))
    return lists


def _worklist(key: str, user: Any, kinds: list[DocumentKind]) -> Worklist:
    queue, today = QUEUES[key], timezone.now().date()
    items, more = [], []
    for kind in kinds:
        rows = queue.narrow(kind.model._default_manager.all(), user)
        found = list(rows.most_urgent_first()[: SHOWN + 1])
        items += [_item(row, kind.model, today) for row in found]
        if len(found) > SHOWN:
            plural = str(kind.model._meta.verbose_name_plural)
            more.append((plural, queue_link(queue, kind)))
    items.sort(key=lambda item: item.sort_key)
    return Worklist(queue.label, EMPTY[key], items[:SHOWN], more)


def _item(row: Any, model: type[Model], today: datetime.date) -> WorkItem:
    due_on = row.assigned_due_on or datetime.date.max
    return WorkItem(
        title=str(row),
        link=desk_address(row, "change"),
        kind=str(model._meta.verbose_name),
        state=row.get_review_state_display(),
        assignment=assignment_of(row, today),
        sort_key=(due_on, -row.updated_at.timestamp()),
    )
