"""What a list consists of: the words a list is declared in."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import QuerySet

from catalog.listing.choices import Choice
from catalog.listing.filters import Filter

ROWS_PER_PAGE = 50


class Source(NamedTuple):
    """What proves a cell."""

    url: str
    title: str
    read_on: datetime.date | None = None


class Cell(NamedTuple):
    """One drawn cell. An empty `text` is drawn as a dash: missing is never zero.

    `notes` are short lines under the text; `tags` are (kind, word) marks, of kind
    "caution" or "". `kind` is a class of the text, where its look says more than the
    word. A tuple and not a dataclass: a page makes some five hundred.
    """

    text: str = ""
    url: str = ""
    notes: Sequence[str] = ()
    tags: Sequence[tuple[str, str]] = ()
    source: Source | None = None
    value: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Column:
    """One quantity of every row: how it is drawn, and what of it is exported.

    `export` answers named values with the unit in the name. `sorts` are keys of the
    list's sort orders, the more telling first.
    """

    name: str
    label: str
    cell: Callable[[Any], Cell]
    export: Callable[[Any], dict[str, Any]]
    unit: str = ""
    is_number: bool = False
    is_shown: bool = True
    is_wide: bool = False
    """Whether it holds words that would break in a narrow column."""
    sorts: Sequence[str] = ()
    group: str = ""


@dataclass(frozen=True)
class Sort:
    """One of the closed set of orders. `order` goes to `order_by`."""

    key: str
    label: str
    order: Sequence[Any]


@dataclass(frozen=True)
class Listing:
    """A list: its rows, what they can be narrowed by, and how they are shown.

    `rows` answers the rows to filter and count, with every annotation that filters
    and orders name; `for_page` adds what drawing needs. The first column is the
    name of the row and cannot be left out. `compare_folder` names the comparisons
    that ticked rows lead to.
    """

    name: str
    noun: str
    nouns: str
    path: str
    rows: Callable[[], QuerySet]
    for_page: Callable[[QuerySet], QuerySet]
    filters: Sequence[Filter]
    columns: Sequence[Column]
    sorts: Sequence[Sort]
    compare_folder: str = ""
    per_page: int = ROWS_PER_PAGE
    count_cap: int | None = None
    """Rows beyond which counts are lower bounds; None counts exactly."""
    export_key: str = "pk"
    """The unique column by which all rows are written out."""

    @property
    def choices(self) -> list[Choice]:
        return [each for each in self.filters if isinstance(each, Choice)]
