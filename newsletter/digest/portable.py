"""An issue as a file that people write and read."""

import datetime
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from editorial.content import ContentError
from editorial.freezing import Body
from editorial.models import EDITORIAL_DESK
from editorial.portable import SourceKeys, child_uid, document_uid, frozen_fact
from editorial.richtext import rich
from newsletter.digest.freezing import DIGEST_SCHEMA, moment_text
from newsletter.digest.groups import GROUP_ORDER
from newsletter.models import DigestIssue


def digest_from_portable(data: Mapping[str, Any]) -> Body:
    """The body that freezing an issue written from `data` gives."""
    uid = document_uid(data)
    sources = SourceKeys(data["sources"])
    note = data.get("note") or {"text": ""}
    note_sources = sources.numbers(note.get("sources"))
    due_on = DigestIssue(verified_on=data["verified_on"]).review_due_on
    items = sorted(data["items"], key=_place)
    return {
        "kind": data["kind"],
        "schema": DIGEST_SCHEMA,
        "uid": str(uid),
        "slug": data["slug"],
        "title": data["title"],
        "description": data["description"],
        "author_name": data.get("author_name", EDITORIAL_DESK),
        "verified_on": str(data["verified_on"]),
        "review_due_on": str(due_on),
        "period": data["period"],
        "covers_from": _moment(data.get("covers_from")),
        "covers_until": _moment(data.get("covers_until")),
        "note": rich(note["text"]),
        "note_sources": note_sources,
        "items": [_item(uid, row, sources) for row in items],
        "sources": sources.frozen(),
    }


def _place(row: Mapping[str, Any]) -> int:
    if row["group"] not in GROUP_ORDER:
        raise ContentError(f"“{row['group']}” is not a group of an issue")
    return GROUP_ORDER[row["group"]]


def _moment(value: Any) -> str:
    """A day begins at midnight in UTC."""
    if value is None:
        return ""
    if not isinstance(value, datetime.datetime):
        value = datetime.datetime.combine(value, datetime.time(), tzinfo=datetime.UTC)
    if value.tzinfo is None:
        value = value.replace(tzinfo=datetime.UTC)
    return moment_text(value)


def _item(parent: UUID, row: Mapping[str, Any], sources: SourceKeys) -> Body:
    return {
        "uid": child_uid(parent, "item", row, row["title"]),
        "group": row["group"],
        "title": row["title"],
        "text": row["text"].strip(),
        "path": row.get("path", ""),
        "happened_on": str(row.get("day") or ""),
        "target": frozen_fact(row.get("about")),
        "sources": sources.numbers(row.get("sources")),
    }
