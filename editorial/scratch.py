"""Keeping what is typed and not saved, apart from the document, for its author only.

Nothing here touches a document: no digest changes, nothing is logged.
"""

import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone

from editorial.models import Presence, Scratch

MAX_SCRATCH_BYTES = 256 * 1024
SCRATCHES_KEPT = 5
"""For one person and document: one per opened form, the newest of them."""

Fields = list[list[str]]


class UnfitScratchError(Exception):
    """The fields cannot be kept; the sentence says why."""


@transaction.atomic
def keep_scratch(
    person: Any, *, kind: str, document_uid: uuid.UUID, key: uuid.UUID, fields: Any
) -> Scratch:
    """Keep the fields of one opened form in place of what it sent before.

    Raises UnfitScratchError for anything but pairs of texts.
    """
    if not is_fields(fields):
        raise UnfitScratchError("A scratch is a list of names with their values.")
    Scratch.objects.stale().delete()
    scratch, _ = Scratch.objects.update_or_create(
        person=person,
        key=key,
        defaults={
            "kind": kind,
            "document_uid": document_uid,
            "fields": fields,
            "written_at": timezone.now(),
        },
    )
    others = Scratch.objects.of(person, kind, document_uid).for_offer()
    surplus = list(others.values_list("pk", flat=True)[SCRATCHES_KEPT:])
    Scratch.objects.filter(pk__in=surplus).delete()
    return scratch


def is_fields(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(pair, list)
        and len(pair) == 2
        and all(isinstance(text, str) for text in pair)
        for pair in value
    )


def drop_scratch(person: Any, key: uuid.UUID | None) -> None:
    """Forget what one opened form sent: it is saved, or thrown away."""
    if key is not None:
        Scratch.objects.filter(person=person, key=key).delete()


def offered_scratches(person: Any, kind: str, document_uid: uuid.UUID) -> list[Scratch]:
    """What `person` typed and did not save, the newest first."""
    scratches = Scratch.objects.of(person, kind, document_uid).fresh()
    return list(scratches.for_offer()[:SCRATCHES_KEPT])


def mark_present(person: Any, document_uid: uuid.UUID) -> None:
    Presence.objects.update_or_create(
        person=person, document_uid=document_uid, defaults={"seen_at": timezone.now()}
    )


def others_present(person: Any, document_uid: uuid.UUID) -> list[str]:
    """Who else has the form open now, by name."""
    rows = Presence.objects.now_at(document_uid).exclude(person=person)
    people = rows.select_related("person").order_by("person__username")
    return [row.person.get_full_name() or str(row.person) for row in people]
