"""Uses of a fact that no foreign key shows: its other names."""

from collections.abc import Iterator

from catalog.models import Alias, AliasedType
from editorial.uses import SHOWN, Use, UseGroup, UseTarget, register_use_finder


def other_names(target: UseTarget) -> Iterator[UseGroup]:
    if target.type in AliasedType.values:
        rows = list(Alias.objects.filter(target_uid=target.row.uid))
        uses = [Use(row, str(row)) for row in rows[:SHOWN]]
        yield UseGroup("Other names", uses, len(rows))


def register() -> None:
    register_use_finder(other_names)
