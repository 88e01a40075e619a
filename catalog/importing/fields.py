"""Reading cells: each reader answers a Python value or notes what is wrong."""

import csv
import datetime
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from catalog.importing.records import Batch, RowError

PRECISIONS = {4: "year", 7: "month", 10: "day"}


def read_csv(path: Path, batch: Batch, columns: list[str]) -> Iterator["Row"]:
    """The rows of a CSV file. A missing file or column is an error of the batch."""
    if not path.exists():
        batch.errors.append(RowError(path.name, 0, "file", "is missing"))
        return
    with path.open(newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        missing = set(columns) - set(reader.fieldnames or [])
        for column in sorted(missing):
            batch.errors.append(RowError(path.name, 1, column, "column is missing"))
        if missing:
            return
        for cells in reader:
            yield Row(path.name, reader.line_num, cells, batch)


class Row:
    """One row of a file; every bad cell goes to the batch's errors."""

    def __init__(
        self, file: str, line: int, cells: Mapping[str, Any], batch: Batch
    ) -> None:
        self.file, self.line, self.cells, self.batch = file, line, cells, batch

    @property
    def where(self) -> str:
        return f"{self.file}, line {self.line}"

    def fail(self, column: str, reason: str) -> None:
        self.batch.errors.append(RowError(self.file, self.line, column, reason))

    def raw(self, column: str) -> str:
        value = self.cells.get(column)
        return "" if value is None else str(value).strip()

    def text(self, column: str, *, longest: int = 0) -> str:
        value = self.raw(column)
        if longest and len(value) > longest:
            self.fail(column, f"is longer than {longest} characters")
        return value

    def needed(self, column: str, *, longest: int = 0) -> str:
        value = self.text(column, longest=longest)
        if not value:
            self.fail(column, "is empty")
        return value

    def choice(self, column: str, choices: Any, *, optional: bool = False) -> str:
        """One of the values of a vocabulary."""
        value = self.raw(column)
        if not value and optional:
            return ""
        if value not in choices:
            known = ", ".join(map(str, choices))
            self.fail(column, f"“{value}” is not one of {known}")
        return value

    def number(
        self, column: str, *, above: int | None = None, is_needed: bool = False
    ) -> Decimal | None:
        """A Decimal, None for an empty cell."""
        value = self.raw(column)
        if not value:
            if is_needed:
                self.fail(column, "is empty")
            return None
        try:
            number = Decimal(value)
        except InvalidOperation:
            self.fail(column, f"“{value}” is not a number")
            return None
        if not number.is_finite():
            self.fail(column, f"“{value}” is not a number")
            return None
        if above is not None and number <= above:
            self.fail(column, f"{value} is not above {above}")
        return number

    def whole(self, column: str, *, above: int | None = None) -> int | None:
        """An int, None for an empty cell."""
        number = self.number(column, above=above)
        if number is None:
            return None
        if number != number.to_integral_value():
            self.fail(column, f"{number} is not a whole number")
            return None
        return int(number)

    def boolean(self, column: str, *, optional: bool = False) -> bool | None:
        value = self.raw(column).lower()
        if not value and optional:
            return None
        if value not in {"true", "false"}:
            self.fail(column, f"“{value}” is neither true nor false")
        return value == "true"

    def date(self, column: str) -> tuple[datetime.date | None, str]:
        """A day and how exactly it is known; a month stands as its first day."""
        value = self.raw(column)
        if not value:
            return None, "day"
        try:
            full = f"{value}-01-01"[:10] if len(value) == 4 else f"{value}-01"[:10]
            return datetime.date.fromisoformat(full), PRECISIONS[len(value)]
        except (ValueError, KeyError):
            self.fail(column, f"“{value}” is not a year, a month or a day")
            return None, "day"

    def url(self, column: str, *, optional: bool = False) -> str:
        value = self.raw(column)
        if not value:
            if not optional:
                self.fail(column, "is empty")
            return ""
        if urlsplit(value).scheme not in {"http", "https"} or re.search(r"\s", value):
            self.fail(column, f"“{value}” is not an address")
        return value

    def day(self, column: str) -> datetime.date:
        """A full date that has to be there."""
        value, _ = self.date(column)
        if value is None:
            self.fail(column, "is empty")
        return value or datetime.date.min


def partial_date(value: datetime.date | None, precision: str) -> str:
    """A date as it was known: 2026, 2026-08 or 2026-08-15; nothing for None."""
    if value is None:
        return ""
    return value.isoformat()[: {"year": 4, "month": 7, "day": 10}[precision]]


def plain(number: Decimal | None) -> str:
    """A Decimal without trailing zeros or exponent; nothing for None.

    >>> plain(Decimal("1008.00"))
    '1008'
    """
    if number is None:
        return ""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def slug_of(text: str) -> str:
    """A dotted slug of a data set as a slug of ours.

    >>> slug_of("llama-3.1-8b")
    'llama-3-1-8b'
    """
    return text.lower().replace(".", "-").replace("_", "-")
