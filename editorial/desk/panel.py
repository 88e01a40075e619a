"""The panel beside a document's form: status, what is owed, what can be done."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from editorial.desk.steps import OfferedStep, offered_steps
from editorial.models import (
    Checkpoint,
    DocumentChild,
    EditorialEvent,
    Publication,
    Recheck,
)
from editorial.problems import Problem
from editorial.registry import document_kind
from editorial.review import publication_advice, publication_problems
from editorial.status import DocumentStatus, status_of

VERSIONS_SHOWN = 5
EVENTS_SHOWN = 6


@dataclass(frozen=True)
class DeskPanel:
    status: DocumentStatus
    steps: list[OfferedStep]
    problems: list[Problem]
    advice: list[Problem]
    versions: list[Publication]
    events: list[EditorialEvent]
    conflicts: list[Checkpoint]
    rechecks: list[Recheck]
    anchors: dict[str, str]


def desk_panel(document: Any, user: Any) -> DeskPanel:
    """Everything the panel shows to `user`."""
    status: Any = status_of(document, timezone.now())
    body = document_kind(document.kind).freeze(document)
    versions = Publication.objects.of_document(document.uid).for_listing()
    events = EditorialEvent.objects.of_document(document.uid).select_related("actor")
    late_texts = Checkpoint.objects.filter(
        document_uid=document.uid, is_conflict=True, saved_by=user
    )
    return DeskPanel(
        status=status,
        steps=offered_steps(document, status, user),
        problems=publication_problems(document, body),
        advice=publication_advice(
            body, checked_on=status.live.checked_on if status.live else None
        ),
        versions=list(versions[:VERSIONS_SHOWN]),
        events=list(events[:EVENTS_SHOWN]),
        conflicts=list(late_texts.defer("body")[:VERSIONS_SHOWN]),
        rechecks=list(Recheck.objects.open().of_document(document.uid)),
        anchors=row_anchors(document),
    )


def row_anchors(document: Any) -> dict[str, str]:
    """Where on the form each child stands: its uid to the id of its row."""
    anchors = {}
    for relation in document._meta.related_objects:
        if not issubclass(relation.related_model, DocumentChild):
            continue
        name = relation.get_accessor_name()
        anchors[name] = f"{name}-group"
        for index, uid in enumerate(
            getattr(document, name).values_list("uid", flat=True)
        ):
            anchors[str(uid)] = f"{name}-{index}"
    return anchors
