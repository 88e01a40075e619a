"""Cells that several lists draw alike."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import F

from catalog.importing.fields import partial_date, plain
from catalog.listing.declaration import Cell, Column, Sort
from catalog.measures import grouped, known_date


def marked(row: Any, field: str) -> list[tuple[str, str]]:
    mark = row.mark(field)
    return [("caution", mark)] if mark else []


def number_column(
    name: str, label: str, field: str, unit: str, *, export: str = "", **options: Any
) -> Column:
    """A figure as the field holds it; exported under `export` or the field's name."""

    def cell(row: Any) -> Cell:
        value = getattr(row, field)
        return Cell(grouped(value), tags=marked(row, field), value=_exact(value))

    def values(row: Any) -> dict[str, Any]:
        return {export or field: _plain_number(getattr(row, field))}

    return Column(name, label, cell, values, unit=unit, is_number=True, **options)


def _exact(value: Any) -> str:
    return plain(value) if isinstance(value, Decimal) else str(value or "")


def _plain_number(value: Any) -> Any:
    return plain(value) or None if isinstance(value, Decimal) else value


def text_column(
    name: str,
    label: str,
    field: str,
    *,
    shown: Any = None,
    exported: bool = True,
    **options: Any,
) -> Column:
    """A word as the field holds it, or as `shown(row)` says it.

    `exported` is false where another column exports the same.
    """

    def cell(row: Any) -> Cell:
        text = shown(row) if shown else getattr(row, field)
        return Cell(str(text or ""), tags=marked(row, field))

    return Column(
        name, label, cell, lambda row: {field: getattr(row, field)}, **options
    )


def date_column(name: str, label: str, field: str, **options: Any) -> Column:
    """A date, as exact as it is known."""

    def cell(row: Any) -> Cell:
        day = getattr(row, field)
        precision = getattr(row, f"{field}_precision")
        return Cell(known_date(day, precision), tags=marked(row, field))

    def values(row: Any) -> dict[str, Any]:
        day = getattr(row, field)
        return {field: partial_date(day, getattr(row, f"{field}_precision")) or None}

    return Column(name, label, cell, values, **options)


def source_column() -> Column:
    """The page that most of the row comes from."""

    def cell(row: Any) -> Cell:
        source = row.source
        return Cell(
            text=source.publisher or source.host,
            url=source.url,
            notes=[f"read {known_date(source.retrieved_on, 'day')}"],
        )

    def values(row: Any) -> dict[str, Any]:
        return {
            "source_url": row.source.url,
            "source_retrieved_on": row.source.retrieved_on.isoformat(),
        }

    return Column("source", "Source", cell, values)


def either_way(key: str, label: str, field: str, down: str, up: str) -> list[Sort]:
    """An order in both directions; rows without the value come last in either."""
    column = F(field)
    return [
        Sort(f"-{key}", f"{label}, {down}", (column.desc(nulls_last=True), "name")),
        Sort(key, f"{label}, {up}", (column.asc(nulls_last=True), "name")),
    ]


def name_export(row: Any) -> dict[str, Any]:
    """What every export begins with: which fact it is, and where its page is."""
    url = f"{settings.SITE_URL}{row.get_absolute_url()}"
    return {"slug": row.slug, "name": row.name, "url": url}


def marks_export(row: Any) -> dict[str, Any]:
    """Which fields are derived or doubtful, as `field: mark` parts."""
    marks = [f"{field or 'row'}: {mark}" for field, mark in sorted(row.marks.items())]
    return {"marks": "; ".join(marks)}
