"""Saving a working copy: the lock, the digest and the checkpoint."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from editorial.freezing import Body, digest_of
from editorial.models import Checkpoint, EditorialEvent, EventAction, Publication
from editorial.registry import document_kind
from editorial.vocabularies import ReviewState

CHECKPOINTS_KEPT = 20
"""The newest checkpoints are all kept; of older ones, the last of each day."""


class StaleSaveError(Exception):
    """Somebody else saved the document after this editor opened it."""

    def __init__(self, document: Any) -> None:
        self.document = document
        super().__init__(
            f"“{document}” was saved by somebody else after you opened it."
        )


def locked(document: Any) -> Any:
    """The document's row as it is now, held until the transaction ends.

    SQLite locks the whole database when the transaction begins; PostgreSQL the row.
    """
    rows = type(document)._base_manager.select_for_update(of=("self",))
    return rows.get(pk=document.pk)


def require_lock_version(document: Any, lock_version: int) -> Any:
    """The locked row. Raises StaleSaveError unless it is still at `lock_version`."""
    row = locked(document)
    if row.lock_version != lock_version:
        raise StaleSaveError(row)
    return row


@transaction.atomic
def record_save(document: Any, *, by: Any, note: str = "") -> bool:
    """Take note that the working copy was written: digest, checkpoint, log.

    Call it after the rows of the document and its children are saved, in the same
    transaction. A text that differs from the approved one loses its approval. Answers
    whether the text changed.
    """
    row = locked(document)
    body = document_kind(document.kind).freeze(row)
    digest = digest_of(body)
    is_changed = digest != row.working_digest
    row.lock_version += 1
    row.working_digest = digest
    row.updated_at = timezone.now()
    if row.review_state == ReviewState.APPROVED and digest != row.approved_digest:
        row.review_state = ReviewState.DRAFT
    row.save(
        update_fields=["lock_version", "working_digest", "updated_at", "review_state"]
    )
    if is_changed:
        _keep_checkpoint(row, body, digest, by=by)
        _log_save(row, digest, by=by, note=note)
    for field in ("lock_version", "working_digest", "updated_at", "review_state"):
        setattr(document, field, getattr(row, field))
    return bool(is_changed)


def _log_save(document: Any, digest: str, *, by: Any, note: str) -> None:
    EditorialEvent.objects.create(
        document_uid=document.uid,
        kind=document.kind,
        subject=str(document)[:200],
        action=EventAction.SAVE,
        actor=by,
        digest=digest,
        note=note,
    )


def _keep_checkpoint(document: Any, body: Body, digest: str, *, by: Any) -> None:
    Checkpoint.objects.create(
        document_uid=document.uid,
        kind=document.kind,
        lock_version=document.lock_version,
        schema=body["schema"],
        digest=digest,
        saved_by=by,
        body=body,
    )
    _prune_checkpoints(document)


def _prune_checkpoints(document: Any) -> None:
    kept = Checkpoint.objects.filter(document_uid=document.uid, is_conflict=False)
    older = kept.values_list("pk", "saved_at")[CHECKPOINTS_KEPT:]
    seen_days = set()
    doomed = []
    for pk, saved_at in older:
        if saved_at.date() in seen_days:
            doomed.append(pk)
        seen_days.add(saved_at.date())
    Checkpoint.objects.filter(pk__in=doomed).delete()


def keep_conflicting_text(
    document: Any, body: dict[str, Any], *, by: Any
) -> Checkpoint:
    """Keep a text that came too late, so that its author loses nothing."""
    return Checkpoint.objects.create(
        document_uid=document.uid,
        kind=document.kind,
        lock_version=document.lock_version,
        schema=body["schema"],
        digest=digest_of(body),
        saved_by=by,
        is_conflict=True,
        body=body,
    )


def has_unpublished_changes(document: Any) -> bool:
    """Whether the working copy says something else than the newest version."""
    versions = Publication.objects.of_document(document.uid)
    newest = versions.for_listing().exclude_cancelled().first()
    return newest is not None and newest.digest != document.working_digest
