"""What the page of a list shows: rows as cells, filters with counts, ways on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.http import QueryDict

from catalog.listing.choices import (
    NOT_STATED,
    Choice,
    FixedChoice,
    NumberChoice,
    Option,
    RelatedChoice,
)
from catalog.listing.counting import Counts, count_rows
from catalog.listing.declaration import Cell, Column, Listing, Sort
from catalog.listing.filters import Filter, Range, Search, Toggle
from catalog.listing.reading import COLUMNS, PAGE, SORT, ListingQuery, read_query
from catalog.measures import grouped

OPTIONS_SHOWN = 10
"""Options of a long filter that are seen without opening the rest."""

OPTIONS_MOST = 40
"""Options that a filter offers at all: the commonest. A search finds the others."""


class OptionLine(NamedTuple):
    """One option to tick, with how many rows it leaves."""

    id: str
    value: str
    label: str
    count: str
    is_ticked: bool


@dataclass(frozen=True)
class FilterGroup:
    """One filter as the form shows it."""

    kind: str
    name: str
    label: str
    unit: str
    inputs: list[tuple[str, str, str]]
    """(parameter, words, value) of text inputs."""
    options: list[OptionLine]
    more: list[OptionLine]
    is_active: bool
    needs_all: bool


@dataclass(frozen=True)
class Heading:
    """The head of a column; `address` sorts by it, in the direction not shown now."""

    column: Column
    address: str
    direction: str


class RowLine(NamedTuple):
    """One row: its cells in the order of the columns."""

    slug: str
    name: str
    cells: list[tuple[Column, Cell]]


@dataclass(frozen=True)
class ListingPage:
    """Everything the template of a list draws."""

    listing: Listing
    query: ListingQuery
    counts: Counts
    total: str
    groups: list[FilterGroup]
    active: list[tuple[str, str]]
    headings: list[Heading]
    lines: list[RowLine]
    records: list[Any]
    page: int
    page_count: int
    addresses: Mapping[str, str]
    column_lines: list[OptionLine]

    @property
    def first(self) -> int:
        return (self.page - 1) * self.listing.per_page + 1

    @property
    def last(self) -> int:
        return self.first + len(self.lines) - 1


def listing_page(listing: Listing, parameters: QueryDict) -> ListingPage:
    """The page that `parameters` ask for; beyond the last one, the last."""
    query = read_query(listing, parameters)
    counts = count_rows(query)
    page_count = max(1, -(-counts.total // listing.per_page))
    page = min(query.page, page_count)
    begin = (page - 1) * listing.per_page
    records = _records(query, begin)
    return ListingPage(
        listing=listing,
        query=query,
        counts=counts,
        total=_count(counts.total, counts.is_capped),
        groups=[_group(each, query, counts) for each in listing.filters],
        active=[(words, query.without(name, v)) for name, v, words in query.words],
        headings=[_heading(column, query) for column in query.columns],
        lines=[_line(record, query.columns) for record in records],
        records=records,
        page=page,
        page_count=page_count,
        addresses=_addresses(query, page, page_count),
        column_lines=[
            OptionLine(
                id=f"column-{column.name}",
                value=column.name,
                label=f"{column.group}: {column.label}"
                if column.group
                else column.label,
                count="",
                is_ticked=column in query.columns,
            )
            for column in listing.columns[1:]
        ],
    )


def _records(query: ListingQuery, begin: int) -> list[Any]:
    """The rows of one page, in order.

    Of a long list the keys are looked up first, so that an index can sort and skip
    without a look at rows that are not shown.
    """
    listing = query.listing
    rows = query.ordered(query.narrowed())
    end = begin + listing.per_page
    if listing.count_cap is None:
        return list(listing.for_page(rows)[begin:end])
    keys = list(rows.values_list("pk", flat=True)[begin:end])
    found = listing.for_page(query.rows).in_bulk(keys)
    return [found[key] for key in keys]


def _count(number: int, is_capped: bool) -> str:
    shown = grouped(number) or "0"
    return f"{shown}+" if is_capped else shown


def _line(record: Any, columns: list[Column]) -> RowLine:
    cells = [(column, column.cell(record)) for column in columns]
    return RowLine(slug=record.slug, name=cells[0][1].text, cells=cells)


def _group(each: Filter, query: ListingQuery, counts: Counts) -> FilterGroup:
    lines = _options(each, query, counts) if isinstance(each, Choice) else []
    is_long = len(lines) > OPTIONS_SHOWN + 2
    shown = [
        line
        for place, line in enumerate(lines)
        if not is_long or place < OPTIONS_SHOWN or line.is_ticked
    ]
    return FilterGroup(
        kind=_kind(each),
        name=each.name,
        label=each.label,
        unit=getattr(each, "unit", ""),
        inputs=_inputs(each, query),
        options=shown,
        more=[line for line in lines if line not in shown],
        is_active=any(name in query.values for name in each.parameters),
        needs_all=getattr(each, "needs_all", False),
    )


def _kind(each: Filter) -> str:
    if isinstance(each, Range):
        return "dates" if each.is_date else "range"
    if isinstance(each, Search):
        return "search"
    return "toggle" if isinstance(each, Toggle) else "options"


def _inputs(each: Filter, query: ListingQuery) -> list[tuple[str, str, str]]:
    if isinstance(each, Choice):
        return []
    words = ("from", "to") if isinstance(each, Range) else (each.label,)
    return [
        (name, word, query.values.get(name, [""])[0])
        for name, word in zip(each.parameters, words, strict=True)
    ]


def _options(choice: Choice, query: ListingQuery, counts: Counts) -> list[OptionLine]:
    """Closed vocabularies in their order, others by count; ticked ones always there."""
    found = counts.options[choice.name]
    ticked = query.values.get(choice.name, [])
    keys = set(found)
    if not is_ordered(choice):
        keys = set(sorted(found, key=lambda key: -found[key])[:OPTIONS_MOST])
    options = {option.value: option for option in choice.options_of(keys)}
    missing = [value for value in ticked if value not in options]
    if missing:
        options |= {option.value: option for option in choice.options(missing)}
    is_capped = choice.name in counts.capped

    def line(option: Option) -> OptionLine:
        return OptionLine(
            id=f"{choice.name}-{option.value}",
            value=option.value,
            label=option.label,
            count=_count(found.get(option.key, 0), is_capped and option.key in found),
            is_ticked=option.value in ticked,
        )

    listed = list(options.values())
    if not is_ordered(choice):
        listed.sort(key=lambda each: _rank(each, found.get(each.key, 0)))
    return [line(option) for option in listed]


def _rank(option: Option, count: int) -> tuple[bool, int, str]:
    """The commonest first, and what is said of no row last, however common."""
    return option.value == NOT_STATED, -count, option.label


def is_ordered(choice: Choice) -> bool:
    """Whether the options come in an order of their own."""
    if isinstance(choice, RelatedChoice):
        return not choice.is_commonest_first
    return isinstance(choice, FixedChoice | NumberChoice)


def _heading(column: Column, query: ListingQuery) -> Heading:
    if not column.sorts:
        return Heading(column, "", "")
    current = query.sort.key if query.sort.key in column.sorts else ""
    others = [key for key in column.sorts if key != current]
    following = others[0] if others else current
    is_default = following == query.listing.sorts[0].key
    address = query.address(**{SORT: None if is_default else following})
    direction = ("descending" if current.startswith("-") else "ascending") * bool(
        current
    )
    return Heading(column, address, direction)


def _addresses(query: ListingQuery, page: int, page_count: int) -> dict[str, str]:
    path, narrowing = query.listing.path, query.parameters(**{COLUMNS: None})
    tail = f"?{narrowing}" if narrowing else ""
    addresses = {"csv": f"{path}list.csv{tail}", "json": f"{path}list.json{tail}"}
    if page > 1:
        previous = None if page == 2 else page - 1
        addresses["previous"] = query.address(**{PAGE: previous})
    if page < page_count:
        addresses["next"] = query.address(**{PAGE: page + 1})
    return addresses


def sorts(page: ListingPage) -> list[tuple[Sort, bool]]:
    """Every order of the list, and whether it is the current one."""
    return [(sort, sort == page.query.sort) for sort in page.listing.sorts]
