"""How a field of a fact came to the value it has: asked of the app that keeps it."""

import datetime
from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID

FieldKey = tuple[UUID, str]
"""One field of one fact."""


@dataclass(frozen=True)
class FactChange:
    """When a field took its value, and through whom."""

    at: datetime.datetime
    by: str


LastChanges = Callable[[Collection[FieldKey]], dict[FieldKey, FactChange]]

_finders: dict[str, LastChanges] = {}


def register_last_changes(type_name: str, find: LastChanges) -> None:
    """`type_name` is that of a fact type; a statement or two for all keys at once."""
    _finders[type_name] = find


def last_changes_of(
    type_name: str, keys: Collection[FieldKey]
) -> dict[FieldKey, FactChange]:
    """The newest change of each field; nothing for facts without a history."""
    find = _finders.get(type_name)
    return find(keys) if find else {}
