"""Rows of a frozen item as a merge sees them: pooled by uid, put in order again."""

from collections.abc import Iterable, Mapping
from typing import Any

from editorial.freezing import Body

Groups = frozenset[str]
"""The keys under which rows stand, as `rules` and `ratings`."""

Pool = dict[str, tuple[str, Body]]
"""Each row of an item by uid, with the group it stands in."""


def row_groups(bodies: Iterable[Any]) -> Groups:
    """Every key that holds rows in any of `bodies`, so that an empty list counts."""
    found: set[str] = set()
    for item in bodies:
        for key, value in item.items():
            rows = value if isinstance(value, list) else []
            rows = [row for row in rows if isinstance(row, dict) and "uid" in row]
            if rows and key != "sources":
                found |= {key} | row_groups(rows)
    return frozenset(found)


def pool_of(item: Body, groups: Groups) -> Pool:
    return {
        row["uid"]: (name, row)
        for name, rows in item.items()
        if name in groups
        for row in rows or []
    }


def joined_order(
    group: str, kept: Pool, base: Pool, theirs: Pool, mine: Pool
) -> list[Body]:
    """The rows of one group: in the order of the side that moved some, else in theirs.

    A row that only the other side has follows the row that it follows there.
    """
    orders = [
        [uid for uid, (name, _) in pool.items() if name == group]
        for pool in (base, theirs, mine)
    ]
    before, first, second = orders
    if [uid for uid in second if uid in before] != [u for u in before if u in second]:
        first, second = second, first
    wanted = [uid for uid, (name, _) in kept.items() if name == group]
    order = [uid for uid in first if uid in wanted]
    for place, uid in enumerate(second):
        if uid in wanted and uid not in order:
            order.insert(place_after(second[:place], second, order), uid)
    order += [uid for uid in wanted if uid not in order]
    return [kept[uid][1] for uid in order]


def place_after(ahead: list[str], known: list[str], order: list[str]) -> int:
    """Behind the nearest row that stands ahead, and what the first side put there."""
    anchors = [uid for uid in ahead if uid in order]
    place = order.index(anchors[-1]) + 1 if anchors else 0
    while anchors and place < len(order) and order[place] not in known:
        place += 1
    return place


def with_shared_uids(
    base: Body, theirs: Body, mine: Body, unique_rows: Mapping[str, tuple[str, ...]]
) -> tuple[Body, Body]:
    """Both texts, a row that each made anew under one uid.

    Two people who rate the same side each make a rating; there can be only one.
    """
    if not unique_rows:
        return theirs, mine
    known = {row["uid"] for row in _every_row(base)}
    renamed_theirs: dict[str, str] = {}
    renamed_mine: dict[str, str] = {}
    first = _by_natural_key(theirs, unique_rows)
    for key, uid in _by_natural_key(mine, unique_rows).items():
        other = first.get(key, uid)
        if other == uid:
            continue
        if uid in known:
            renamed_theirs[other] = uid
        else:
            renamed_mine[uid] = other
    return _renamed(theirs, renamed_theirs), _renamed(mine, renamed_mine)


def _every_row(item: Any) -> Iterable[Body]:
    for value in item.values():
        for row in value if isinstance(value, list) else []:
            if isinstance(row, dict) and "uid" in row:
                yield row
                yield from _every_row(row)


def _by_natural_key(
    body: Body, unique_rows: Mapping[str, tuple[str, ...]]
) -> dict[tuple[Any, ...], str]:
    return {
        (owner["uid"], group, *(row[name] for name in names)): row["uid"]
        for owner in [body, *_every_row(body)]
        for group, names in unique_rows.items()
        for row in owner.get(group) or []
    }


def _renamed(value: Any, uids: Mapping[str, str]) -> Any:
    if not uids:
        return value
    if isinstance(value, dict):
        return {key: _renamed(item, uids) for key, item in value.items()}
    if isinstance(value, list):
        return [_renamed(item, uids) for item in value]
    return uids.get(value, value) if isinstance(value, str) else value
