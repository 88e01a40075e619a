"""What differs between two frozen documents of one kind: child by child, by uid."""

import difflib
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from editorial.freezing import Body
from editorial.pins import quoted_source
from editorial.places import (
    DERIVED_KEYS,
    SILENT_KEYS,
    Labels,
    is_rows,
    names_by_uid,
    words_of,
)

ISLAND_FACTOR = 4
"""Kept words stay on their own only among fewer than so many changed ones each."""


@dataclass(frozen=True)
class Piece:
    """A run of words: kept, only in the old text, or only in the new one."""

    text: str
    mark: str  # "same", "removed", "added"


@dataclass(frozen=True)
class Change:
    """One field, or one row, that is not as it was.

    `path` leads to it: the part of the text, then rows and fields. `row_uid` tells rows
    of one name apart. Positions count from 1; 0 where there is none.
    """

    where: str
    kind: str  # "changed", "added", "removed", "moved"
    pieces: list[Piece] = field(default_factory=list)
    path: tuple[str, ...] = field(default=(), compare=False)
    row_uid: str = field(default="", compare=False)
    old_position: int = field(default=0, compare=False)
    new_position: int = field(default=0, compare=False)

    @property
    def part(self) -> str:
        return self.path[0]

    @property
    def row(self) -> str:
        """What the row is called that it stands in; empty for a field of the head."""
        return self.path[1] if len(self.path) > 1 else ""

    @property
    def detail(self) -> str:
        """What of the row has changed; empty for the row as a whole."""
        return " › ".join(self.path[2:])


@dataclass(frozen=True)
class Passage:
    """Something that reads as it did."""

    name: str
    text: str


def word_pieces(old: str, new: str) -> list[Piece]:
    """The words of both texts in reading order, each marked.

    >>> [(p.mark, p.text) for p in word_pieces("a b", "a c")]
    [('same', 'a '), ('removed', 'b'), ('added', 'c')]
    """
    before, after = split_words(old), split_words(new)
    matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
    pieces = []
    for i1, i2, j1, j2 in _joined(matcher.get_opcodes()):
        if before[i1:i2] == after[j1:j2]:
            pieces.append(Piece("".join(before[i1:i2]), "same"))
            continue
        if i2 > i1:
            pieces.append(Piece("".join(before[i1:i2]), "removed"))
        if j2 > j1:
            pieces.append(Piece("".join(after[j1:j2]), "added"))
    return pieces


def _joined(opcodes: Sequence[tuple[str, int, int, int, int]]) -> list[list[int]]:
    """Runs of kept and of changed words, without kept words adrift among changed ones.

    Two sentences that share only "for" and "the" read better whole, one after the
    other, than cut to pieces around them.
    """
    runs = [[i1, i2, j1, j2] for _, i1, i2, j1, j2 in opcodes]
    kinds = [tag == "equal" for tag, *_ in opcodes]
    place = 1
    while place < len(runs) - 1:
        around = _length(runs[place - 1]) + _length(runs[place + 1])
        kept = runs[place][1] - runs[place][0]
        if kinds[place] and kept * ISLAND_FACTOR <= around:
            runs[place - 1][1], runs[place - 1][3] = (
                runs[place + 1][1],
                runs[place + 1][3],
            )
            del runs[place : place + 2], kinds[place : place + 2]
        else:
            place += 1
    return runs


def _length(run: list[int]) -> int:
    return run[1] - run[0] + run[3] - run[2]


def split_words(text: str) -> list[str]:
    """Each word with the space behind it, so that a space alone never matches."""
    return re.findall(r"\s+|\S+\s*", text)


def changes_between(old: Body, new: Body) -> list[Change]:
    """Every difference a reader could see, in the order of the document.

    Rows are matched by uid, so one that only changed its place shows as moved.
    """
    return list(_object_changes(*_sides(old, new), old, new, ()))


def unchanged_between(old: Body, new: Body) -> list[Passage]:
    """What reads as it did: whole parts, and of other parts the rows that do."""
    labels = Labels(new, names_by_uid(old) | names_by_uid(new))
    changes = changes_between(old, new)
    parts = {change.part for change in changes}
    touched = {change.row_uid for change in changes}
    passages = []
    for key, value in new.items():
        name = words_of(key).capitalize()
        if key in DERIVED_KEYS or (name in parts and not is_rows(value)):
            continue
        if is_rows(value):
            rows = [row for row in value if row["uid"] not in touched]
            text = "\n".join(f"{labels.row_name(row)}: {_summary(row)}" for row in rows)
        else:
            text = labels.text(key, value)
        if text:
            passages.append(Passage(name, text))
    return passages


def _sides(old: Body, new: Body) -> tuple[Labels, Labels]:
    names = names_by_uid(old) | names_by_uid(new)
    return Labels(old, names), Labels(new, names)


def _object_changes(
    old_labels: Labels,
    new_labels: Labels,
    old: Body,
    new: Body,
    path: tuple[str, ...],
    row_uid: str = "",
) -> Iterator[Change]:
    for key in [*new, *(key for key in old if key not in new)]:
        if key in SILENT_KEYS:
            continue
        before, after = old.get(key), new.get(key)
        here = (*path, words_of(key) if path else words_of(key).capitalize())
        if is_rows(before) or is_rows(after):
            rows = (before or [], after or [])
            # Rows of a row are known by its name and theirs: "“Speed” › “Alpha”".
            place = path or here
            yield from _row_changes(old_labels, new_labels, *rows, place, row_uid)
            continue
        texts = (old_labels.text(key, before), new_labels.text(key, after))
        numbers = (_with_numbers(before), _with_numbers(after))
        if all(numbers) and numbers[0] != numbers[1]:
            texts = numbers
        if texts[0] != texts[1]:
            pieces = word_pieces(*texts)
            yield _change("changed", here, pieces=pieces, row_uid=row_uid)


def _with_numbers(value: Any) -> str:
    """A text with the numbers that it quotes; empty for anything else.

    The same pin may have another number in each of two texts, and readers see it.
    """
    is_text = isinstance(value, dict) and "pins" in value
    return quoted_source(value) if is_text else ""


def _change(kind: str, path: tuple[str, ...], **details: Any) -> Change:
    return Change(" › ".join(path), kind, path=path, **details)


def _row_changes(
    old_labels: Labels,
    new_labels: Labels,
    before: list[Body],
    after: list[Body],
    path: tuple[str, ...],
    outer_uid: str,
) -> Iterator[Change]:
    old_by_uid = {row["uid"]: row for row in before}
    old_places = _positions(before)
    new_places = _positions(after)
    moved = _moved(list(old_places), list(new_places))
    for uid, new_position in new_places.items():
        row = after[new_position - 1]
        place = (*path, new_labels.row_name(row))
        row_uid = outer_uid or uid
        if uid not in old_by_uid:
            pieces = [Piece(_summary(row), "added")]
            details = {"row_uid": row_uid, "new_position": new_position}
            yield _change("added", place, pieces=pieces, **details)
            continue
        if uid in moved:
            positions = {"old_position": old_places[uid], "new_position": new_position}
            yield _change("moved", place, row_uid=row_uid, **positions)
        old_row = old_by_uid[uid]
        yield from _object_changes(old_labels, new_labels, old_row, row, place, row_uid)
    for uid, old_position in old_places.items():
        if uid not in new_places:
            row = old_by_uid[uid]
            place = (*path, old_labels.row_name(row))
            pieces = [Piece(_summary(row), "removed")]
            details = {"row_uid": outer_uid or uid, "old_position": old_position}
            yield _change("removed", place, pieces=pieces, **details)


def _positions(rows: list[Body]) -> dict[str, int]:
    return {row["uid"]: position for position, row in enumerate(rows, start=1)}


def _moved(before: list[str], after: list[str]) -> set[str]:
    """The fewest uids in both lists whose moving turns one order into the other.

    >>> sorted(_moved(["a", "b", "c", "d"], ["d", "a", "b", "c"]))
    ['d']
    """
    places = {uid: place for place, uid in enumerate(before)}
    shared = [uid for uid in after if uid in places]
    return set(shared) - _longest_rising([(places[uid], uid) for uid in shared])


def _longest_rising(pairs: list[tuple[int, str]]) -> set[str]:
    """The uids of a longest run whose places rise, by patience sorting."""
    tops: list[int] = []
    top_uids: list[str] = []
    behind: dict[str, str | None] = {}
    for place, uid in pairs:
        pile = bisect_left(tops, place)
        behind[uid] = top_uids[pile - 1] if pile else None
        tops[pile : pile + 1] = [place]
        top_uids[pile : pile + 1] = [uid]
    kept = set()
    uid_kept = top_uids[-1] if top_uids else None
    while uid_kept is not None:
        kept.add(uid_kept)
        uid_kept = behind[uid_kept]
    return kept


def _summary(row: Body) -> str:
    texts = (value for key, value in row.items() if key not in SILENT_KEYS)
    return " · ".join(value for value in texts if isinstance(value, str) and value)
