"""An address into a query: what it asks for, and which parts of it mean nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import QueryDict

from catalog.listing.declaration import Column, Listing, Sort
from catalog.listing.filters import Ignored

SORT, COLUMNS, PAGE = "sort", "columns", "page"
OWN = (SORT, COLUMNS, PAGE)
FOREIGN = ("utm_",)
"""Beginnings of parameters that other sites add; they are passed over in silence."""


@dataclass(frozen=True)
class ListingQuery:
    """What a reader asked of a list, with everything unreadable set aside."""

    listing: Listing
    conditions: Mapping[str, Q]
    values: Mapping[str, list[str]]
    words: list[tuple[str, str, str]]
    sort: Sort
    columns: list[Column]
    page: int
    ignored: list[Ignored]

    @cached_property
    def rows(self) -> QuerySet:
        """Every row of the list, before any filter."""
        return self.listing.rows()

    @property
    def is_narrowed(self) -> bool:
        return bool(self.words)

    def narrowed(self, leave_out: str = "") -> QuerySet:
        """The rows that meet every filter but the one called `leave_out`."""
        kept = (c for name, c in self.conditions.items() if name != leave_out)
        return self.rows.filter(*kept)

    def ordered(self, rows: QuerySet) -> QuerySet:
        return rows.order_by(*self.sort.order)

    def parameters(self, **changes: Any) -> str:
        """The query string for this query with `changes`; None leaves one out.

        Another filter or order begins at the first page again.
        """
        chosen: dict[str, Any] = dict(self.values)
        if self.sort != self.listing.sorts[0]:
            chosen[SORT] = [self.sort.key]
        if self.columns != default_columns(self.listing):
            chosen[COLUMNS] = [column.name for column in self.columns[1:]]
        chosen |= changes
        kept = {name: value for name, value in chosen.items() if value is not None}
        return urlencode(kept, doseq=True)

    def address(self, **changes: Any) -> str:
        query = self.parameters(**changes)
        return f"{self.listing.path}?{query}" if query else self.listing.path

    def without(self, parameter: str, value: str) -> str:
        """The address with one part taken back."""
        left = [kept for kept in self.values[parameter] if kept != value]
        return self.address(**{parameter: left or None})


def default_columns(listing: Listing) -> list[Column]:
    return [column for column in listing.columns if column.is_shown]


def read_query(listing: Listing, parameters: QueryDict) -> ListingQuery:
    """What `parameters` ask of `listing`. Nothing in them can raise an error."""
    conditions, values, words, ignored = {}, {}, [], []
    for each in listing.filters:
        reading = each.read(parameters)
        if reading.condition is not None:
            conditions[each.name] = reading.condition
        values |= reading.values
        words += reading.words
        ignored += reading.ignored
    sort, problems = _sort(listing, parameters)
    columns, more = _columns(listing, parameters)
    page, most = _page(parameters)
    return ListingQuery(
        listing=listing,
        conditions=conditions,
        values=values,
        words=words,
        sort=sort,
        columns=columns,
        page=page,
        ignored=[*ignored, *problems, *more, *most, *_unknown(listing, parameters)],
    )


def _sort(listing: Listing, parameters: QueryDict) -> tuple[Sort, list[Ignored]]:
    wanted = parameters.get(SORT, "")
    found = next((sort for sort in listing.sorts if sort.key == wanted), None)
    if found is None and wanted:
        return listing.sorts[0], [Ignored(SORT, wanted, "is no order of this list")]
    return found or listing.sorts[0], []


def _columns(listing: Listing, parameters: QueryDict):
    """The chosen columns in the list's own order, the name always among them."""
    wanted = [name for name in parameters.getlist(COLUMNS) if name]
    known = {column.name for column in listing.columns}
    ignored = [
        Ignored(COLUMNS, name, "is no column of this list")
        for name in dict.fromkeys(wanted)
        if name not in known
    ]
    if not known.intersection(wanted):
        return default_columns(listing), ignored
    first, *others = listing.columns
    return [first, *(each for each in others if each.name in wanted)], ignored


def _page(parameters: QueryDict) -> tuple[int, list[Ignored]]:
    text = parameters.get(PAGE, "1").strip() or "1"
    if text.isascii() and text.isdigit() and int(text[:9]) > 0 and len(text) < 10:
        return int(text), []
    return 1, [Ignored(PAGE, text, "is not the number of a page")]


def _unknown(listing: Listing, parameters: QueryDict) -> list[Ignored]:
    known = {name for each in listing.filters for name in each.parameters} | {*OWN}
    return [
        Ignored(name, parameters.get(name, ""), "this list has no such filter")
        for name in parameters
        if name not in known and not name.startswith(FOREIGN)
    ]
