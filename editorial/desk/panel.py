"""The panel beside a document's form: status, what is owed, what can be done."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from editorial.desk.steps import OfferedStep, offered_steps
from editorial.models import (
    BundleItem,
    Checkpoint,
    DocumentChild,
    EditorialEvent,
    Publication,
    Recheck,
)
from editorial.problems import Problem
from editorial.review import publication_problems
from editorial.status import DocumentStatus, status_of

VERSIONS_SHOWN = 5
EVENTS_SHOWN = 6


@dataclass(frozen=True)
class DeskPanel:
    status: DocumentStatus
    steps: list[OfferedStep]
    problems: list[Problem]
    versions: list[Publication]
    events: list[EditorialEvent]
    conflicts: list[Checkpoint]
    rechecks: list[Recheck]
    bundle_item: BundleItem | None
    anchors: dict[str, str]


def desk_panel(document: Any, user: Any) -> DeskPanel:
    """Everything the panel shows to `user`."""
    status = status_of(document, timezone.now())
    versions = Publication.objects.of_document(document.uid).for_listing()
    events = EditorialEvent.objects.of_document(document.uid).select_related("actor")
    late_texts = Checkpoint.objects.filter(
        document_uid=document.uid, is_conflict=True, saved_by=user
    )
    return DeskPanel(
        status=status,
        steps=offered_steps(document, status, user),
        problems=publication_problems(document),
        versions=list(versions[:VERSIONS_SHOWN]),
        events=list(events[:EVENTS_SHOWN]),
        conflicts=list(late_texts.defer("body")[:VERSIONS_SHOWN]),
        bundle_item=BundleItem.objects.of_document(document.uid)
        .holding(timezone.now())
        .first(),
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
