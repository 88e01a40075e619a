"""The places of a frozen text, by key and by name: its fields, its rows, their fields.

A key is a field's name, a row's uid, or both with a dot between; the empty key is the
whole text. Rows are found by uid wherever they stand, so a key survives a move.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from editorial.freezing import Body, digest_of
from editorial.models.comment import place_key

SILENT_KEYS = frozenset({"uid", "html", "renderer", "pins", "schema", "number"})
"""What no reader sees."""

DERIVED_KEYS = SILENT_KEYS | {"kind", "key", "review_due_on", "ratings"}
"""What nobody writes: it follows from other fields, or is only a list of rows."""

WHOLE_TEXT = "The whole text"


@dataclass(frozen=True)
class Place:
    """Something that one can point at, and what it says now."""

    key: str
    label: str
    text: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


class Labels:
    """Turns uids and source numbers of one document into words."""

    def __init__(self, body: Body, names: dict[str, str]) -> None:
        self._names = names
        self._sources = {
            row["number"]: row["title"] or row["url"] for row in body.get("sources", [])
        }

    def text(self, key: str, value: Any) -> str:
        if value is None:
            return ""
        if isinstance(value, dict) and "source" in value and "html" in value:
            return str(value["source"])
        if isinstance(value, dict) and "slug" in value:
            return str(value["slug"])
        if key.endswith("sources") and isinstance(value, list):
            return "; ".join(self._sources.get(number, "") for number in value)
        if isinstance(value, list):
            return "\n".join(str(item) for item in value)
        return self._names.get(str(value), str(value))

    def row_name(self, row: Body) -> str:
        """What a row is called: by its own words, or by the side it speaks of."""
        for key in ("label", "name", "title", "situation", "text", "url", "side"):
            if row.get(key):
                return f"“{self._names.get(str(row[key]), row[key])}”"
        return "entry"


def words_of(key: str) -> str:
    return key.replace("_", " ")


def names_by_uid(body: Body) -> dict[str, str]:
    return {side["uid"]: side["name"] for side in body.get("sides", [])}


def is_rows(value: Any) -> bool:
    return isinstance(value, list) and any(
        isinstance(item, dict) and "uid" in item for item in value
    )


def places_in(body: Body) -> dict[str, Place]:
    """Every place of `body` by key, in the order of the text."""
    labels = Labels(body, names_by_uid(body))
    whole = Place("", WHOLE_TEXT, digest_of(body))
    places = [whole, *_places(labels, body, uid="", where="")]
    return {place.key: place for place in places}


def _places(labels: Labels, item: Body, *, uid: str, where: str) -> Iterator[Place]:
    for key, value in item.items():
        if is_rows(value) and not key.endswith("sources"):
            yield from _row_places(labels, key, value, where=where)
        elif key not in DERIVED_KEYS and not (key == "sources" and not uid):
            name = f"{where} › {words_of(key)}" if where else words_of(key).capitalize()
            yield Place(place_key(uid, key), name, labels.text(key, value))


def _row_places(
    labels: Labels, key: str, rows: list[Body], *, where: str
) -> Iterator[Place]:
    """Each row as a whole, then its fields; rows in rows stand under their row."""
    for row in rows:
        name = f"{where or words_of(key).capitalize()} › {labels.row_name(row)}"
        fields = list(_places(labels, row, uid=row["uid"], where=name))
        yield Place(row["uid"], name, "\n".join(place.text for place in fields))
        yield from fields
