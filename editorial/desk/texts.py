"""All texts of one document under short names: draft, live, versions, checkpoints."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from editorial.freezing import Body, lift
from editorial.models import Checkpoint, Publication
from editorial.registry import document_kind


@dataclass(frozen=True)
class Text:
    """One text of a document. `key` names it in an address."""

    key: str
    label: str
    at: datetime.datetime
    by: str
    note: str
    digest: str
    body: Body | None = None


def texts_of(document: Any) -> list[Text]:
    """Every text that can be compared or brought back, the newest first."""
    versions = Publication.objects.of_document(document.uid).for_listing()
    checkpoints = Checkpoint.objects.filter(document_uid=document.uid)
    saves = checkpoints.select_related("saved_by").defer("body")
    texts = [
        *(_version(row) for row in versions),
        *(_checkpoint(row) for row in saves),
    ]
    return sorted(texts, key=lambda text: text.at, reverse=True)


def choices_of(document: Any) -> list[tuple[str, str]]:
    """The draft, every version and every save, as a list to choose from."""
    return [
        ("draft", "Draft now"),
        *((text.key, text.label) for text in texts_of(document)),
    ]


def text_called(document: Any, key: str) -> Text | None:
    """The text that `key` names, with its body; None for an unknown one."""
    if key == "draft":
        return _draft(document)
    kind = document_kind(document.kind)
    versions = Publication.objects.of_document(document.uid)
    if key == "live":
        row = versions.live_at(timezone.now()).first()
        return _with_body(_version(row), lift(kind, row.body)) if row else None
    name, _, number = key.partition("-")
    if not number.isdecimal():
        return None
    if name == "version" and (row := versions.filter(version=number).first()):
        return _with_body(_version(row), lift(kind, row.body))
    if name == "checkpoint":
        checkpoints = Checkpoint.objects.filter(document_uid=document.uid)
        if row := checkpoints.filter(pk=number).first():
            return _with_body(_checkpoint(row), lift(kind, row.body))
    return None


def _with_body(text: Text, body: Body) -> Text:
    return Text(**{**text.__dict__, "body": body})


def _draft(document: Any) -> Text:
    return Text(
        key="draft",
        label="Draft now",
        at=document.updated_at,
        by="",
        note="",
        digest=document.working_digest,
        body=document_kind(document.kind).freeze(document),
    )


def _version(row: Publication) -> Text:
    return Text(
        key=f"version-{row.version}",
        label=f"Version {row.version}",
        at=row.visible_from,
        by=row.published_by_name,
        note="Cancelled before it began." if row.is_cancelled else row.change_note,
        digest=row.digest,
    )


def _checkpoint(row: Checkpoint) -> Text:
    when = date_format(timezone.localtime(row.saved_at), "j M Y, H:i:s")
    name = "Text that came too late" if row.is_conflict else "Saved"
    return Text(
        key=f"checkpoint-{row.pk}",
        label=f"{name}, {when}",
        at=row.saved_at,
        by=str(row.saved_by or ""),
        note="",
        digest=row.digest,
    )
