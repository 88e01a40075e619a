"""Who brought a field of a fact to the value it has, and when: for the desk.

The histories are read in one statement for each table that holds fields.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model

from catalog.changes import IMPORT, NOT_RECORDED
from catalog.models import EngineRelease, ReleaseRole
from editorial.fact_changes import FactChange, FieldKey

WHO = ("history_date", "history_change_reason", "history_user__username")


@dataclass(frozen=True)
class Borrowed:
    """A quotable field whose value stands in a row of its own."""

    model: type[Model]
    owner: str
    column: str
    only: dict[str, Any]


BORROWED = {
    "latest_release": Borrowed(
        EngineRelease, "engine__uid", "version", {"role": ReleaseRole.LATEST_SEEN}
    )
}


def last_changes(
    model: type[Model], keys: Collection[FieldKey]
) -> dict[FieldKey, FactChange]:
    """The newest change of each field; the row's first version where none differs."""
    found = {}
    own = [key for key in keys if key[1] not in BORROWED]
    columns = sorted({field for _, field in own})
    if own:
        uids = {uid for uid, _ in own}
        for uid, versions in _versions(model, "uid", uids, columns).items():
            for field in (field for owner, field in own if owner == uid):
                found[uid, field] = _newest(versions, field)
    for name, place in BORROWED.items():
        uids = {uid for uid, field in keys if field == name}
        if uids:
            rows = _versions(
                place.model, place.owner, uids, [place.column], **place.only
            )
            for uid, versions in rows.items():
                found[uid, name] = _newest(versions, place.column)
    return found


def _versions(
    model: Any, owner: str, uids: Iterable[UUID], columns: list[str], **only: Any
) -> dict[UUID, list[dict[str, Any]]]:
    """The versions of each fact, the newest first."""
    rows = model.history.filter(**{f"{owner}__in": list(uids)}, **only)
    ordered = rows.order_by("-history_date", "-history_id")
    by_owner: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for row in ordered.values(owner, *columns, *WHO):
        by_owner[row[owner]].append(row)
    return by_owner


def _newest(versions: list[dict[str, Any]], column: str) -> FactChange:
    made = versions[0]
    for version in versions[1:]:
        if version[column] != made[column]:
            break
        made = version
    return FactChange(at=made["history_date"], by=_name(made))


def _name(version: dict[str, Any]) -> str:
    if version["history_change_reason"] == IMPORT:
        return IMPORT
    return version["history_user__username"] or NOT_RECORDED
