"""Facts in tables: what proves each, and what its mark means."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from catalog.cards import FactRow, fact_row
from catalog.details.marks import mark_words
from editorial.models import Citation

YES_NO = {True: "Yes", False: "No", None: ""}


@dataclass(frozen=True)
class FactTable:
    """A titled list of facts."""

    title: str
    rows: list[FactRow]


@dataclass(frozen=True)
class KeyFigure:
    """One of the few numbers that a reader came for."""

    label: str
    display: str
    unit: str = ""


def key_figures(*rows: tuple[str, str, str]) -> list[KeyFigure]:
    """The figures that are known, of (label, display, unit)."""
    return [KeyFigure(*row) for row in rows if row[1]]


def citations_by_field(citations: Iterable[Citation]) -> dict[str, Citation]:
    """The newest citation of each field; those of the whole row are left out."""
    ordered = sorted(citations, key=lambda row: (row.retrieved_on, row.pk))
    return {citation.field: citation for citation in ordered if citation.field}


def with_proof(
    rows: Iterable[FactRow],
    fact: Any,
    fields: Mapping[str, str],
    citations: Mapping[str, Citation],
) -> list[FactRow]:
    """`rows` proved by a field's own citation where there is one, marks explained.

    `fields` maps a row's label to the field it shows.
    """
    proved = []
    for row in rows:
        field = fields.get(row.label, "")
        citation = citations.get(field)
        if citation is not None and row.display:
            marks = {"mark": row.mark, "note": row.note}
            source = citation.source
            row = fact_row(row.label, row.display, source, unit=row.unit, **marks)
        if row.mark:
            row = replace(row, mark_note=mark_words(fact, field))
        proved.append(row)
    return proved


@dataclass(frozen=True)
class RowMark:
    """A mark that speaks of a whole row, and why."""

    mark: str
    words: str


def row_mark(fact: Any) -> RowMark | None:
    mark = fact.mark("")
    return RowMark(mark, mark_words(fact, "")) if mark else None
