"""What differs between two frozen documents of one kind: child by child, by uid."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from editorial.freezing import Body

SILENT_KEYS = frozenset({"uid", "html", "renderer", "pins", "schema", "number"})


@dataclass(frozen=True)
class Piece:
    """A run of words: kept, only in the old text, or only in the new one."""

    text: str
    mark: str  # "same", "removed", "added"


@dataclass(frozen=True)
class Change:
    """One field, or one child, that is not as it was."""

    where: str
    kind: str  # "changed", "added", "removed", "moved"
    pieces: list[Piece] = field(default_factory=list)


def word_pieces(old: str, new: str) -> list[Piece]:
    """The words of both texts in reading order, each marked.

    >>> [(p.mark, p.text) for p in word_pieces("a b", "a c")]
    [('same', 'a '), ('removed', 'b'), ('added', 'c')]
    """
    before, after = words_of(old), words_of(new)
    matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
    pieces = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece("".join(before[i1:i2]), "same"))
            continue
        if i2 > i1:
            pieces.append(Piece("".join(before[i1:i2]), "removed"))
        if j2 > j1:
            pieces.append(Piece("".join(after[j1:j2]), "added"))
    return pieces


def words_of(text: str) -> list[str]:
    """Each word with the space behind it, so that a space alone never matches."""
    return re.findall(r"\s+|\S+\s*", text)


def changes_between(old: Body, new: Body) -> list[Change]:
    """Every difference a reader could see, in the order of the document.

    Children are matched by uid, so one that only changed its place shows as moved.
    """
    names = _names_by_uid(old) | _names_by_uid(new)
    return list(_object_changes(_Labels(old, names), _Labels(new, names), old, new, ""))


class _Labels:
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
        if key.endswith("sources") and isinstance(value, list):
            return "; ".join(self._sources.get(number, "") for number in value)
        if isinstance(value, list):
            return "\n".join(str(item) for item in value)
        return self._names.get(str(value), str(value))


def _is_children(value: Any) -> bool:
    return isinstance(value, list) and any(
        isinstance(item, dict) and "uid" in item for item in value
    )


def _object_changes(
    old_labels: _Labels, new_labels: _Labels, old: Body, new: Body, where: str
) -> Iterator[Change]:
    for key in [*new, *(key for key in old if key not in new)]:
        if key in SILENT_KEYS:
            continue
        before, after = old.get(key), new.get(key)
        place = f"{where} › {_words(key)}" if where else _words(key).capitalize()
        if _is_children(before) or _is_children(after):
            yield from _child_changes(
                old_labels, new_labels, before or [], after or [], place
            )
            continue
        before_text = old_labels.text(key, before)
        after_text = new_labels.text(key, after)
        if before_text != after_text:
            yield Change(place, "changed", word_pieces(before_text, after_text))


def _child_changes(
    old_labels: _Labels,
    new_labels: _Labels,
    before: list[Body],
    after: list[Body],
    where: str,
) -> Iterator[Change]:
    old_by_uid = {row["uid"]: row for row in before}
    new_by_uid = {row["uid"]: row for row in after}
    moved = _moved([row["uid"] for row in before], [row["uid"] for row in after])
    for row in after:
        place = f"{where} › {_name(row)}"
        if row["uid"] not in old_by_uid:
            yield Change(place, "added", [Piece(_summary(row), "added")])
            continue
        if row["uid"] in moved:
            yield Change(place, "moved")
        old_row = old_by_uid[row["uid"]]
        yield from _object_changes(old_labels, new_labels, old_row, row, place)
    for row in before:
        if row["uid"] not in new_by_uid:
            place = f"{where} › {_name(row)}"
            yield Change(place, "removed", [Piece(_summary(row), "removed")])


def _moved(before: list[str], after: list[str]) -> set[str]:
    """The uids in both lists that do not keep the common order."""
    old = [uid for uid in before if uid in set(after)]
    new = [uid for uid in after if uid in set(before)]
    matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    kept = {
        uid
        for block in matcher.get_matching_blocks()
        for uid in old[block.a : block.a + block.size]
    }
    return set(new) - kept


def _words(key: str) -> str:
    return key.replace("_", " ")


def _name(row: Body) -> str:
    for key in ("label", "name", "title", "situation", "text", "url", "rating"):
        if row.get(key):
            return f"“{row[key]}”"
    return "entry"


def _summary(row: Body) -> str:
    texts = (value for key, value in row.items() if key not in SILENT_KEYS)
    return " · ".join(value for value in texts if isinstance(value, str) and value)


def _names_by_uid(body: Body) -> dict[str, str]:
    return {side["uid"]: side["name"] for side in body.get("sides", [])}
