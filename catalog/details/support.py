"""What a tool supports: back ends, systems, formats and features, cell by cell."""

import datetime
from dataclasses import dataclass

from django.utils.text import slugify

from catalog.cards import FactRow, fact_row
from catalog.models import Engine, SupportAxis, SupportCell
from catalog.support_names import FEATURE_GLOSSES, support_name
from editorial.vocabularies import SupportValue


@dataclass(frozen=True)
class SupportRow:
    """Whether one thing is supported, and who says so."""

    label: str
    gloss: str
    value: str
    display: str
    note: str
    source_url: str
    source_name: str
    read_on: datetime.date | None

    @property
    def place(self) -> str:
        """What names the row among those of its axis."""
        return slugify(self.label)


def support_rows(engine: Engine, axis: str) -> list[SupportRow]:
    """The cells of one axis; "unknown" is a dash, for nothing was seen either way."""
    rows = [
        _support_row(engine, cell) for cell in engine.cells.all() if cell.axis == axis
    ]
    order = list(SupportValue.values)
    return sorted(rows, key=lambda row: (order.index(row.value), row.label))


def support_fact(engine: Engine, cell: SupportCell) -> FactRow:
    """A cell in words, proved by its own source or by the page that lists it."""
    is_known = cell.value != SupportValue.UNKNOWN
    source = cell.source or (engine.source if is_known and _is_listed(cell) else None)
    return fact_row(
        support_name(cell.axis, cell.key),
        cell.get_value_display() if is_known else "",
        source,
        note=cell.note,
    )


def _support_row(engine: Engine, cell: SupportCell) -> SupportRow:
    proof = support_fact(engine, cell)
    return SupportRow(
        label=proof.label,
        gloss=FEATURE_GLOSSES.get(cell.key, ""),
        value=cell.value,
        display=proof.display,
        note=proof.note,
        source_url=proof.source_url,
        source_name=proof.source_name,
        read_on=proof.as_of,
    )


def _is_listed(cell: SupportCell) -> bool:
    """Systems and formats come from the page that the engine's row names."""
    return cell.axis in {SupportAxis.OPERATING_SYSTEM, SupportAxis.FORMAT}


def support_tables(engine: Engine) -> list[tuple[str, str, list[SupportRow]]]:
    """(anchor, title, rows) of each axis that has a cell."""
    axes = (
        ("hardware", "Hardware it runs on", SupportAxis.BACKEND),
        ("systems", "Operating systems", SupportAxis.OPERATING_SYSTEM),
        ("formats", "Model formats", SupportAxis.FORMAT),
        ("features", "Features", SupportAxis.FEATURE),
    )
    tables = [
        (anchor, title, support_rows(engine, axis)) for anchor, title, axis in axes
    ]
    return [table for table in tables if table[2]]


def supported_names(engine: Engine, axis: str) -> list[str]:
    return [
        support_name(cell.axis, cell.key)
        for cell in engine.cells.all()
        if cell.axis == axis and cell.value == SupportValue.YES
    ]
