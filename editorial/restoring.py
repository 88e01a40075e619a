"""From a frozen document back to working rows, child by child, by uid."""

import datetime
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from editorial.freezing import Body
from editorial.models import Document, Source

HEAD_FIELDS = ("slug", "title", "description", "author_name")


def restore_head(document: Document, body: Body, *fields: str) -> None:
    """Set the shared fields, and those named in `fields`, without saving."""
    for name in (*HEAD_FIELDS, *fields):
        setattr(document, name, body[name])
    verified_on = body["verified_on"]
    document.verified_on = (
        datetime.date.fromisoformat(verified_on) if verified_on else None
    )


def restore_sources(body: Body) -> dict[int, Source]:
    """The sources of `body` by number; any that are gone are made again."""
    by_url = Source.objects.at_addresses(row["url"] for row in body["sources"])
    found = {}
    for row in body["sources"]:
        source = by_url.get(row["url"])
        if source is None:
            source = Source.objects.create(
                uid=UUID(row["uid"]),
                url=row["url"],
                title=row["title"],
                publisher=row["publisher"],
                kind=row["kind"],
                retrieved_on=row["retrieved_on"],
                archive_url=row["archive_url"],
            )
        else:
            _complete(source, row)
        found[row["number"]] = source
    return found


def _complete(source: Source, row: Body) -> None:
    """Fill what nobody knew of a source yet; what an editor wrote stays."""
    gaps = {
        name: row[name]
        for name in ("title", "kind", "archive_url")
        if row[name] and not getattr(source, name)
    }
    if row["publisher"] and source.publisher in {"", source.host}:
        gaps["publisher"] = row["publisher"]
    changed = [name for name, value in gaps.items() if getattr(source, name) != value]
    for name in changed:
        setattr(source, name, gaps[name])
    if changed:
        source.save(update_fields=changed)


def restore_children(
    relation: Any, rows: Iterable[Body], values_of: Any
) -> dict[str, Any]:
    """Make the children behind `relation` those of `rows`, in that order.

    A child is recognised by its uid: it is changed in place, made anew, or deleted
    when `rows` lacks it. `values_of(row)` answers its field values. A document with
    `row_keys` wants some rows anew under the key that a form knows them by
    (`editorial.reconciling`). Answers the children by uid.
    """
    keys = getattr(relation.instance, "row_keys", {})
    rows = list(rows)
    uids = [UUID(row["uid"]) for row in rows]
    relation.exclude(uid__in=uids).delete()
    existing = {child.uid: child for child in relation.all()}
    has_position = hasattr(relation.model, "position")
    restored = {}
    for position, (uid, row) in enumerate(zip(uids, rows, strict=True), start=1):
        child = existing.get(uid) or relation.model(
            uid=uid, pk=keys.get(row["uid"]), **relation.core_filters
        )
        values = values_of(row)
        if has_position:
            values = values | {"position": position}
        for name, value in values.items():
            setattr(child, name, value)
        child.save()
        restored[row["uid"]] = child
    return restored


def set_sources(
    owner: Any, numbers: list[int], sources: dict[int, Source], field: str = "sources"
) -> None:
    getattr(owner, field).set([sources[number] for number in numbers])
