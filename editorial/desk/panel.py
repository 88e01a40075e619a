"""The panel beside a document's form: status, what is owed, what can be done."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from editorial.comments import COMMENTS_CARD
from editorial.desk.assigned import Assignment, assignment_of
from editorial.desk.form_places import element_ids, row_anchors
from editorial.desk.steps import OfferedStep, offered_steps
from editorial.desk.threads import PanelComments, panel_comments
from editorial.models import (
    BundleItem,
    Checkpoint,
    EditorialEvent,
    Publication,
    Recheck,
)
from editorial.problems import Problem
from editorial.registry import document_kind
from editorial.review import publication_advice, publication_problems
from editorial.rights import can
from editorial.status import DocumentStatus, status_of

VERSIONS_SHOWN = 5
EVENTS_SHOWN = 6


@dataclass(frozen=True)
class DeskPanel:
    status: DocumentStatus
    assignment: Assignment | None
    comments: PanelComments
    steps: list[OfferedStep]
    problems: list[Problem]
    advice: list[Problem]
    versions: list[Publication]
    events: list[EditorialEvent]
    conflicts: list[Checkpoint]
    rechecks: list[Recheck]
    bundle_item: BundleItem | None
    anchors: dict[str, str]
    may_share: bool
    may_edit: bool
    may_copy: bool


def desk_panel(document: Any, user: Any) -> DeskPanel:
    """Everything the panel shows to `user`."""
    now = timezone.now()
    status: Any = status_of(document, now)
    body = document_kind(document.kind).freeze(document)
    rows = row_anchors(document)
    problems = publication_problems(document, body)
    versions = Publication.objects.of_document(document.uid).for_listing()
    events = EditorialEvent.objects.of_document(document.uid).select_related("actor")
    late_texts = Checkpoint.objects.filter(
        document_uid=document.uid, is_conflict=True, saved_by=user
    )
    return DeskPanel(
        status=status,
        assignment=assignment_of(document, now.date()),
        comments=panel_comments(document, user, body=body, rows=rows),
        steps=offered_steps(document, status, user),
        problems=problems,
        advice=publication_advice(
            body, checked_on=status.live.checked_on if status.live else None
        ),
        versions=list(versions[:VERSIONS_SHOWN]),
        events=list(events[:EVENTS_SHOWN]),
        conflicts=list(late_texts.defer("body")[:VERSIONS_SHOWN]),
        bundle_item=BundleItem.objects.of_document(document.uid)
        .holding(timezone.now())
        .first(),
        rechecks=list(Recheck.objects.open().of_document(document.uid)),
        anchors=_anchors(document, problems, rows),
        may_share=can(user, "share", document),
        may_edit=can(user, "change_sides", document),
        may_copy=can(user, "copy", document),
    )


def _anchors(
    document: Any, problems: list[Problem], rows: dict[str, str]
) -> dict[str, str]:
    """Where each problem jumps to: a row, a field, or the card of the comments."""
    places = [problem.field for problem in problems if "." in problem.field]
    ids = element_ids(document, places, rows) if places else {}
    return rows | ids | {COMMENTS_CARD: "desk-comments"}
