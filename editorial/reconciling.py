"""A save that comes after another: what both had opened, and one text of two."""

from collections.abc import Iterator
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import CharField, Model

from editorial.drafts import record_save, require_lock_version
from editorial.freezing import Body, lift
from editorial.models import Checkpoint, EditorialEvent, EventAction, Publication
from editorial.problems import NotAllowedError, NotReadyError, Problem
from editorial.registry import document_kind
from editorial.rights import objection

NOTE = "change_note"
"""Written in the form, but no part of the frozen text: a merge carries it beside."""


def opened_text(document: Any, *, lock_version: int, digest: str) -> Body | None:
    """What the form showed that was opened at this state; None if it was not kept.

    A save that changes nothing keeps no checkpoint: then the digest tells the text.
    """
    kind = document_kind(document.kind)
    checkpoints = Checkpoint.objects.filter(
        document_uid=document.uid, is_conflict=False, lock_version__lte=lock_version
    )
    versions = Publication.objects.of_document(document.uid)
    row = (
        checkpoints.filter(lock_version=lock_version).first()
        or checkpoints.filter(digest=digest).first()
        or versions.filter(digest=digest).first()
    )
    return None if row is None else lift(kind, row.body)


def rewind(document: Any, body: Body, *, row_keys: dict[str, int]) -> bool:
    """Put the tables back to `body`, for a rehearsal that is undone afterwards.

    `row_keys` says under which primary key an opened form knows each row: one that
    has been deleted since comes back under it. False where the catalogue has lost what
    the text speaks of.
    """
    row = type(document)._base_manager.get(pk=document.pk)
    row.row_keys = row_keys
    try:
        with transaction.atomic():
            document_kind(row.kind).restore(row, body)
    except (ValueError, KeyError, IntegrityError):
        return False
    return True


def last_saver(document: Any) -> str:
    """Who saved the working copy last, by name."""
    saves = EditorialEvent.objects.of_document(document.uid).of_action(
        EventAction.SAVE, EventAction.RESTORE
    )
    event = saves.select_related("actor").first()
    return str(event.actor) if event and event.actor else "the site"


def with_note(body: Body, note: str) -> Body:
    return {NOTE: note} | body


@transaction.atomic
def save_merged(
    document: Any, *, by: Any, body: Body, lock_version: int, note: str
) -> None:
    """Make `body` the working copy, if it is still at `lock_version`.

    Raises StaleSaveError when somebody saved meanwhile, NotAllowedError, NotReadyError
    for words that do not fit their field, ValueError for a fact that is gone.
    """
    row = require_lock_version(document, lock_version)
    if sentence := objection(by, "edit", row):
        raise NotAllowedError(sentence)
    if problems := list(_unfit(type(row), body)):
        raise NotReadyError(problems)
    row.change_note = body.get(NOTE, row.change_note)
    document_kind(row.kind).restore(row, body)
    row.refresh_from_db()
    record_save(row, by=by, note=note)
    document.refresh_from_db()


def _unfit(model: type[Model], item: Body) -> Iterator[Problem]:
    """What of `item` its columns would refuse. Both databases are asked the same."""
    fields = {field.name: field for field in model._meta.get_fields()}
    for name, value in item.items():
        field = fields.get(name)
        if field is None or getattr(field, "choices", None):
            continue  # a frozen choice is its label
        label = name.replace("_", " ").capitalize()
        if isinstance(value, list) and field.one_to_many and field.related_model:
            for row in value:
                yield from _unfit(field.related_model, row)
        elif isinstance(value, str) and isinstance(field, CharField):
            limit = field.max_length
            if limit and len(value) > limit:
                yield Problem(
                    f"{label} has {len(value)} characters; at most {limit} fit."
                )
            if not value and not field.blank:
                yield Problem(f"{label} must not be empty.")
