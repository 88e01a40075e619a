"""A frozen issue back into the working tables."""

import datetime
from typing import Any
from uuid import UUID

from editorial.freezing import Body
from editorial.restoring import (
    restore_children,
    restore_head,
    restore_sources,
    set_sources,
)
from newsletter.models import DigestIssue


def restore_digest(issue: DigestIssue, body: Body) -> None:
    """Write `body` over the working copy."""
    restore_head(issue, body, "period")
    issue.note = body["note"]["source"]
    for field in ("covers_from", "covers_until"):
        text = body[field]
        setattr(issue, field, datetime.datetime.fromisoformat(text) if text else None)
    issue.save()
    sources = restore_sources(body)
    set_sources(issue, body["note_sources"], sources, "note_sources")
    items = restore_children(issue.items, body["items"], _item_values)
    for row in body["items"]:
        set_sources(items[row["uid"]], row["sources"], sources)


def _item_values(row: Body) -> dict[str, Any]:
    day, target = row["happened_on"], row["target"]
    plain = ("group", "title", "text", "path")
    return {name: row[name] for name in plain} | {
        "happened_on": datetime.date.fromisoformat(day) if day else None,
        "target_type": target["type"] if target else "",
        "target_uid": UUID(target["uid"]) if target else None,
    }
