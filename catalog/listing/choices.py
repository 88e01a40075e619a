"""Filters with options to tick: their words, and the rows each option stands for."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Model, Q
from django.http import QueryDict

from catalog.importing.fields import plain
from catalog.listing.filters import Filter, Ignored, Reading
from catalog.lookup import find_uids

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

    def find(self, values: Collection[str]) -> dict[str, Option]:
        """What is asked for, to the option it means."""
        return {option.value: option for option in self.options(values)}

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
        found = self.find(wanted)
        known = (found[value] for value in wanted if value in found)
        options = list(dict.fromkeys(known))
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
    """Options of a closed vocabulary, in its order.

    `meanings` says in plain columns what a key stands for, where `column` is worked
    out: a database cannot judge how many rows a worked out value leaves.
    """

    name: str
    label: str
    column: str
    labels: Mapping[Any, str]
    meanings: Mapping[Any, Q] = field(default_factory=dict)

    def condition(self, options: list[Option]) -> Q:
        if not self.meanings:
            return super().condition(options)
        return reduce(or_, (self.meanings[option.key] for option in options))

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


def _none(words: str) -> tuple[Option]:
    return (Option(NOT_STATED, words, None),)


def _any_or_none(column: str, options: list[Option]) -> Q:
    """One of the options' keys; None is a key of its own."""
    keys = [option.key for option in options]
    known = [key for key in keys if key is not None]
    condition = Q(**{f"{column}__in": known}) if known else Q()
    return condition | Q(**{f"{column}__isnull": True}) if None in keys else condition


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
        numbers = (value for value in values if NUMBER.fullmatch(value))
        options = [
            Option(value, self._words(value), int(Decimal(value) * self.scale))
            for value in numbers
        ]
        return [*options, *(_none("Not stated") if NOT_STATED in values else ())]

    def options_of(self, keys: Collection[Any]) -> list[Option]:
        known = sorted(key for key in keys if key is not None)
        numbers = ((key, plain(round(Decimal(key) / self.scale, 2))) for key in known)
        options = [Option(text, self._words(text), key) for key, text in numbers]
        return [*options, *(_none("Not stated") if None in keys else ())]

    def condition(self, options: list[Option]) -> Q:
        return _any_or_none(self.column, options)

    def _words(self, number: str) -> str:
        return f"{number} {self.unit}".strip()


@dataclass(frozen=True)
class LinkChoice(Choice):
    """Options are rows of another table, found by slug. None is "not linked"."""

    name: str
    label: str
    column: str
    model: type[Model]
    unlinked: str = ""
    """Words for rows without a link; empty where every row has one."""
    fact_type: str = ""
    """The type under which aliases of the rows are kept, if any are."""

    def find(self, values: Collection[str]) -> dict[str, Option]:
        """By slug; what no slug is, by alias, in two statements more."""
        found = super().find(values)
        unknown = [value for value in values if value not in found]
        if not unknown or not self.fact_type:
            return found
        uids = find_uids(self.fact_type, unknown)
        rows = self._rows().filter(uid__in=uids.values())
        by_uid = {
            uid: Option(slug, name, key)
            for uid, key, slug, name in rows.values_list("uid", "pk", "slug", "name")
        }
        return found | {
            value: by_uid[uid] for value, uid in uids.items() if uid in by_uid
        }

    def options(self, values: Collection[str]) -> list[Option]:
        known = list(self._rows().filter(slug__in=values))
        options = [Option(slug, name, key) for key, slug, name in known]
        is_asked = self.unlinked and NOT_STATED in values
        return [*options, *(_none(self.unlinked) if is_asked else ())]

    def options_of(self, keys: Collection[Any]) -> list[Option]:
        rows = self._rows().filter(pk__in=[key for key in keys if key is not None])
        options = [Option(slug, name, key) for key, slug, name in rows]
        is_there = self.unlinked and None in keys
        return [*options, *(_none(self.unlinked) if is_there else ())]

    def condition(self, options: list[Option]) -> Q:
        return _any_or_none(self.column, options)

    def _rows(self) -> Any:
        rows = self.model._default_manager.order_by("name")
        return rows.values_list("pk", "slug", "name")


class RelatedChoice(Choice):
    """Options that one row can meet several of: they stand in a table of their own."""

    is_commonest_first = False
    """Whether they are offered by their counts, the commonest of many only."""

    def memberships(self) -> Iterable[tuple[Any, Any]]:
        """(primary key of the row, key of the option) pairs, in one statement."""
        raise NotImplementedError

    def by_row(self) -> dict[Any, set[Any]]:
        keys: dict[Any, set[Any]] = defaultdict(set)
        for row, key in self.memberships():
            keys[row].add(key)
        return keys
