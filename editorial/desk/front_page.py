"""The front page of the desk: what waits, what happened, and how to begin.

It costs one statement for each box, six for each kind of documents at most, one for
the trail and three for the calendar, however many documents there are.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from editorial.agenda import AgendaEntry, next_entries
from editorial.desk.queues import can_model, queue_boxes
from editorial.desk.worklists import Worklist, worklists
from editorial.models import EditorialEvent
from editorial.registry import DocumentKind, desk_boxes, document_kinds

EVENTS_SHOWN = 10
COMING_SHOWN = 8


@dataclass(frozen=True)
class Tile:
    title: str
    count: int
    link: str


@dataclass(frozen=True)
class Happening:
    """One event with the document it speaks of."""

    event: EditorialEvent
    title: str
    link: str


@dataclass(frozen=True)
class FrontPage:
    worklists: list[Worklist]
    tiles: list[Tile]
    happenings: list[Happening]
    coming: list[AgendaEntry]
    begin_link: str
    is_fresh: bool
    sees_documents: bool

    @property
    def waiting(self) -> list[Tile]:
        return [tile for tile in self.tiles if tile.count]

    @property
    def empty(self) -> list[Tile]:
        return [tile for tile in self.tiles if not tile.count]


@require_safe
def front_page(request: HttpRequest) -> HttpResponse:
    """The admin's index with what this person can act on."""
    context = {"title": "The desk", "front": front_page_for(request.user)}
    return admin.site.index(request, context)


def front_page_for(user: Any) -> FrontPage:
    kinds = [k for k in document_kinds() if can_model(user, "view", k.model)]
    boxes = sorted([*queue_boxes(), *desk_boxes()], key=lambda box: box.order)
    beginnings = [k.model for k in kinds if can_model(user, "create", k.model)]
    return FrontPage(
        worklists=worklists(user, kinds),
        tiles=[
            Tile(box.title, box.count(user), box.link())
            for box in boxes
            if box.right(user)
        ],
        happenings=_happenings(kinds),
        coming=next_entries(
            COMING_SHOWN, now=timezone.now(), kinds=[kind.name for kind in kinds]
        ),
        begin_link=_begin_url(beginnings[0]) if beginnings else "",
        is_fresh=not any(k.model._default_manager.exists() for k in document_kinds()),
        sees_documents=bool(kinds),
    )


def _begin_url(model: Any) -> str:
    """A kind's own way to begin, or the admin's form for a new one."""
    try:
        return _admin_url(model, "begin")
    except NoReverseMatch:
        return _admin_url(model, "add")


def _admin_url(model: Any, view: str, *args: Any) -> str:
    options = model._meta
    return reverse(f"admin:{options.app_label}_{options.model_name}_{view}", args=args)


def _happenings(kinds: list[DocumentKind]) -> list[Happening]:
    """The newest events of the documents that this person may see."""
    names = [kind.name for kind in kinds]
    events = EditorialEvent.objects.filter(kind__in=names).select_related("actor")
    newest = list(events[:EVENTS_SHOWN])
    documents = {}
    for kind in kinds:
        uids = [event.document_uid for event in newest if event.kind == kind.name]
        rows = kind.model._default_manager.filter(uid__in=uids)
        for pk, uid, title in rows.values_list("pk", "uid", "title"):
            documents[uid] = (title, _admin_url(kind.model, "change", pk))
    gone = ("A document that was deleted", "")
    return [
        Happening(event, *documents.get(event.document_uid, gone)) for event in newest
    ]
