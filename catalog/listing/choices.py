"""Filters with options to tick: their words, and the rows each option stands for."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Model, Q
from django.http import QueryDict

from catalog.importing.fields import plain
from catalog.listing.filters import Filter, Ignored, Reading

MAX_OPTIONS = 50
"""Ticked options that one filter takes from an address."""

NOT_STATED = "not-stated"
NUMBER = re.compile(r"\d{1,6}(\.\d{1,2})?", re.ASCII)


@dataclass(frozen=True)
class Option:
    """One thing to tick: what stands in the address, the words, the database's key."""

    value: str
    label: str
    key: Any


class Choice(Filter):
    """Ticked options of one column: any of them will do."""

    column: str
    needs_all = False
    """Whether a row must meet every ticked option instead of any."""
    unknown = "is no option of this list"

    def options(self, values: Collection[str]) -> list[Option]:
        """The options among `values`, in one statement at most."""
        raise NotImplementedError

    def options_of(self, keys: Collection[Any]) -> list[Option]:
        """The options behind the database's `keys`, in one statement at most."""
        raise NotImplementedError

    def condition(self, options: list[Option]) -> Q:
        return Q(**{f"{self.column}__in": [option.key for option in options]})

    def read(self, parameters: QueryDict) -> Reading:
        ticked = list(dict.fromkeys(filter(None, parameters.getlist(self.name))))
        if not ticked:
            return Reading()
        ignored = [
            Ignored(self.name, value, f"only {MAX_OPTIONS} options are taken")
            for value in ticked[MAX_OPTIONS:]
        ]
        wanted = [value.replace("\x00", "") for value in ticked[:MAX_OPTIONS]]
        found = {option.value: option for option in self.options(wanted)}
        options = [found[value] for value in wanted if value in found]
        ignored += [
            Ignored(self.name, value, self.unknown)
            for value in wanted
            if value not in found
        ]
        if not options:
            return Reading(ignored=ignored)
        values = {self.name: [option.value for option in options]}
        words = [(self.name, o.value, f"{self.label}: {o.label}") for o in options]
        return Reading(self.condition(options), values, words, ignored)


@dataclass(frozen=True)
class FixedChoice(Choice):
    """Options of a closed vocabulary, in its order."""

    name: str
    label: str
    column: str
    labels: Mapping[Any, str]

    def _all(self) -> list[Option]:
        return [
            Option(_address(key), str(label), key) for key, label in self.labels.items()
        ]

    def options(self, values: Collection[str]) -> list[Option]:
        return [option for option in self._all() if option.value in values]

    def options_of(self, keys: Collection[Any]) -> list[Option]:
        return [option for option in self._all() if option.key in keys]


def _address(key: Any) -> str:
    if isinstance(key, bool):
        return "yes" if key else "no"
    return str(key) if key not in ("", None) else NOT_STATED


@dataclass(frozen=True)
class TextChoice(Choice):
    """Options as the column spells them; an empty one is "not stated"."""

    name: str
    label: str
    column: str

    def options(self, values: Collection[str]) -> list[Option]:
        return [self._option("" if value == NOT_STATED else value) for value in values]

    def options_of(self, keys: Collection[Any]) -> list[Option]:
        return [self._option(key) for key in sorted(keys, key=str.lower)]

    @staticmethod
    def _option(text: str) -> Option:
        return Option(text or NOT_STATED, text or "Not stated", text)


@dataclass(frozen=True)
class NumberChoice(Choice):
    """Options are the column's own numbers, in the reader's unit, from small to large.

    `scale` is how many of the column's units one of the reader's is.
    """

    name: str
    label: str
    column: str
    unit: str
    scale: int = 1

    def options(self, values: Collection[str]) -> list[Option]:
        return [
            Option(value, f"{value} {self.unit}", int(Decimal(value) * self.scale))
            for value in values
            if NUMBER.fullmatch(value)
        ]

    def options_of(self, keys: Collection[Any]) -> list[Option]:
        numbers = (
            (key, plain(round(Decimal(key) / self.scale, 2))) for key in sorted(keys)
        )
        return [Option(text, f"{text} {self.unit}", key) for key, text in numbers]


@dataclass(frozen=True)
class LinkChoice(Choice):
    """Options are rows of another table, found by slug. None is "not linked"."""

    name: str
    label: str
    column: str
    model: type[Model]
    unlinked: str = ""
    """Words for rows without a link; empty where every row has one."""

    def options(self, values: Collection[str]) -> list[Option]:
        known = list(self._rows().filter(slug__in=values))
        options = [Option(slug, name, key) for key, slug, name in known]
        if self.unlinked and NOT_STATED in values:
            options.append(self._none())
        return options

    def options_of(self, keys: Collection[Any]) -> list[Option]:
        rows = self._rows().filter(pk__in=[key for key in keys if key is not None])
        options = [Option(slug, name, key) for key, slug, name in rows]
        if self.unlinked and None in keys:
            options.append(self._none())
        return options

    def condition(self, options: list[Option]) -> Q:
        keys = [option.key for option in options]
        linked = [key for key in keys if key is not None]
        condition = Q(**{f"{self.column}__in": linked}) if linked else Q()
        if None in keys:
            condition |= Q(**{f"{self.column}__isnull": True})
        return condition

    def _rows(self) -> Any:
        rows = self.model._default_manager.order_by("name")
        return rows.values_list("pk", "slug", "name")

    def _none(self) -> Option:
        return Option(NOT_STATED, self.unlinked, None)


class RelatedChoice(Choice):
    """Options that one row can meet several of: they stand in a table of their own."""

    def memberships(self) -> Iterable[tuple[Any, Any]]:
        """(primary key of the row, key of the option) pairs, in one statement."""
        raise NotImplementedError

    def by_row(self) -> dict[Any, set[Any]]:
        keys: dict[Any, set[Any]] = defaultdict(set)
        for row, key in self.memberships():
            keys[row].add(key)
        return keys
