"""Two people's texts made into one: a three-way merge of frozen documents.

`base` is what both had opened, `theirs` what was saved first, `mine` what came second.
Rows are recognised by uid, wherever they stand. What only one side changed is taken
over; what both changed in different ways is a conflict, which a person decides.
Nothing here reads or writes a table.
"""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from editorial.freezing import Body
from editorial.merging_rows import (
    Groups,
    Pool,
    joined_order,
    place_after,
    pool_of,
    row_groups,
    with_shared_uids,
)
from editorial.merging_sources import joined_sources, numbered, with_addresses
from editorial.models.comment import place_key

DERIVED_KEYS = frozenset({"key", "review_due_on", "html", "renderer", "pins"})
"""What follows from other fields: it never makes a conflict."""

MINE, THEIRS, TOGETHER = "mine", "theirs", "together"


@dataclass(frozen=True)
class Conflict:
    """One place that both changed. A side that removed the whole row has None there.

    `key` names the place as `editorial.places` does.
    """

    key: str
    base: Any
    theirs: Any
    mine: Any
    is_row: bool = False

    @property
    def is_text(self) -> bool:
        """Whether somebody can write a third text from the two."""
        return not self.is_row and all(map(_is_text, (self.theirs, self.mine)))


@dataclass(frozen=True)
class Decision:
    """What a person chose for one conflict; `text` where they wrote it anew."""

    choice: str
    text: str = ""


@dataclass(frozen=True)
class Merge:
    """Both texts in one. Until they are decided, conflicts read as in `mine`."""

    body: Body
    conflicts: list[Conflict]
    theirs: Body
    mine: Body
    kept: list[str] = field(default_factory=list)
    """Uids of rows that one side removed and that the other still speaks of."""


def merge(
    base: Body,
    theirs: Body,
    mine: Body,
    unique_rows: Mapping[str, tuple[str, ...]] | None = None,
) -> Merge:
    """One text from three of the same schema. `unique_rows` as in `DocumentKind`."""
    theirs, mine = with_shared_uids(base, theirs, mine, unique_rows or {})
    plain = [with_addresses(body) for body in (base, theirs, mine)]
    merger = _Merger(row_groups(plain))
    merged = merger.item(*plain, uid="")
    kept = _keep_what_is_spoken_of(merged, plain, merger.groups)
    sources = joined_sources(mine, theirs, base)
    body = numbered(merged, sources)
    return Merge(body, merger.conflicts, theirs, mine, kept)


def resolve(base: Body, merged: Merge, decisions: Mapping[str, Decision]) -> Body:
    """The merged text with every conflict decided. Raises KeyError for one that is not.

    A removed row stays while something else in the text still speaks of it.
    """
    plain = [with_addresses(body) for body in (base, merged.theirs, merged.mine)]
    groups = row_groups(plain)
    body = deepcopy(with_addresses(merged.body))
    for conflict in merged.conflicts:
        _decide(body, conflict, decisions[conflict.key], groups)
    _drop(body, merged.kept, groups)
    _keep_what_is_spoken_of(body, plain, groups)
    return numbered(body, joined_sources(merged.mine, merged.theirs, base))


def same(one: Any, other: Any) -> bool:
    """Whether an editor would see no difference between two values."""
    return bool(_essence(one) == _essence(other))


def with_text(value: Any, text: str) -> Any:
    """`value` with other words, in its own shape.

    >>> with_text(["one"], "two\\nthree")
    ['two', 'three']
    """
    if isinstance(value, dict):
        return value | {"source": text}
    if isinstance(value, list):
        return [line.strip() for line in text.splitlines() if line.strip()]
    return text


def text_of(value: Any) -> str:
    """The words of a value that `Conflict.is_text`."""
    if isinstance(value, dict):
        return str(value["source"])
    return "\n".join(value) if isinstance(value, list) else str(value)


def _is_text(value: Any) -> bool:
    if isinstance(value, dict):
        return "source" in value
    return isinstance(value, str) or (
        isinstance(value, list) and all(isinstance(line, str) for line in value)
    )


def _essence(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {key: item for key, item in value.items() if key not in DERIVED_KEYS}
        return {key: _essence(item) for key, item in kept.items()}
    if isinstance(value, str):
        return value.replace("\r\n", "\n")  # as browsers send what they were given
    return [_essence(item) for item in value] if isinstance(value, list) else value


class _Merger:
    """Walks three bodies at once and collects what collides."""

    def __init__(self, groups: Groups) -> None:
        self.groups = groups
        self.conflicts: list[Conflict] = []

    def item(self, base: Body, theirs: Body, mine: Body, *, uid: str) -> Body:
        merged: Body = {}
        for name in dict.fromkeys([*mine, *theirs]):
            old, first, second = (item.get(name) for item in (base, theirs, mine))
            if name not in self.groups:
                merged[name] = self._field(name, old, first, second, uid)
            else:
                merged[name] = None
        return merged | self._rows(base, theirs, mine)

    def _field(self, name: str, base: Any, theirs: Any, mine: Any, uid: str) -> Any:
        if same(theirs, base) or same(mine, theirs):
            return mine
        if same(mine, base):
            return theirs
        if name.endswith("sources"):
            return _joined_set(base or [], theirs or [], mine or [])
        if name not in DERIVED_KEYS:
            self.conflicts.append(Conflict(place_key(uid, name), base, theirs, mine))
        return mine

    def _rows(self, base: Body, theirs: Body, mine: Body) -> dict[str, list[Body]]:
        pools = [pool_of(item, self.groups) for item in (base, theirs, mine)]
        kept: Pool = {}
        for uid in dict.fromkeys([*pools[2], *pools[1]]):
            row = self._row(uid, *(pool.get(uid) for pool in pools))
            if row is not None:
                kept[uid] = row
        present = [name for name in self.groups if name in mine or name in theirs]
        return {name: joined_order(name, kept, *pools) for name in present}

    def _row(self, uid: str, base: Any, theirs: Any, mine: Any) -> Any:
        """A row with the group it stands in; None when it is to go."""
        if theirs is not None and mine is not None:
            before: tuple[str, Body] = base or ("", {})
            group = theirs[0] if mine[0] == before[0] else mine[0]
            return group, self.item(before[1], theirs[1], mine[1], uid=uid)
        present = mine or theirs
        if base is None:
            return present
        if present[0] == base[0] and same(present[1], base[1]):
            return None
        old, first, second = (row and row[1] for row in (base, theirs, mine))
        self.conflicts.append(Conflict(uid, old, first, second, is_row=True))
        return present


def _joined_set(base: list[str], theirs: list[str], mine: list[str]) -> list[str]:
    """What either added is there, what either removed is not."""
    kept = [item for item in mine if item in theirs or item not in base]
    return kept + [item for item in theirs if item not in mine and item not in base]


def _rows_in(item: Body, groups: Groups) -> Iterable[tuple[list[Body], Body]]:
    """Every row below `item`, with the list that holds it."""
    for name in groups & item.keys():
        for row in item[name] or []:
            yield item[name], row
            yield from _rows_in(row, groups)


def _decide(body: Body, conflict: Conflict, decision: Decision, groups: Groups) -> None:
    rows = {row["uid"]: (held_by, row) for held_by, row in _rows_in(body, groups)}
    value = conflict.theirs if decision.choice == THEIRS else conflict.mine
    if conflict.is_row:
        if value is None and conflict.key in rows:
            held_by, row = rows[conflict.key]
            held_by.remove(row)
        return
    uid, _, name = conflict.key.rpartition(".")
    if decision.choice == TOGETHER:
        value = with_text(conflict.mine, decision.text)
    owner = rows[uid][1] if uid else body
    owner[name] = value


def _drop(body: Body, uids: Iterable[str], groups: Groups) -> None:
    doomed = set(uids)
    for held_by, row in list(_rows_in(body, groups)):
        if row["uid"] in doomed:
            held_by.remove(row)


def _keep_what_is_spoken_of(
    merged: Body, plain: list[Body], groups: Groups
) -> list[str]:
    """Put back each removed row that a row of the result names. Answers their uids."""
    base, theirs, mine = plain
    lost: Pool = {
        uid: row
        for item in (base, theirs, mine)
        for uid, row in pool_of(item, groups).items()
    }
    kept = []
    while missing := _missing(merged, lost, groups):
        for uid in missing:
            group, row = lost[uid]
            order = next(
                uids
                for item in (mine, theirs, base)
                if uid in (uids := [row["uid"] for row in item.get(group) or []])
            )
            there = [row["uid"] for row in merged[group]]
            place = place_after(order[: order.index(uid)], order, there)
            merged[group].insert(place, deepcopy(row))
            kept.append(uid)
    return kept


def _missing(merged: Body, lost: Pool, groups: Groups) -> list[str]:
    rows = [merged, *(row for _, row in _rows_in(merged, groups))]
    there = {row["uid"] for row in rows}
    named = dict.fromkeys(
        value for row in rows for value in row.values() if isinstance(value, str)
    )
    return [uid for uid in named if uid in lost and uid not in there]
