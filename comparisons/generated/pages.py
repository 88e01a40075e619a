"""A generated comparison as a page, as a table of text, and as data."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from catalog.details.engines import failure_modes
from catalog.details.marks import note_clauses
from catalog.lookup import comparable
from comparisons.addresses import SUBJECT_FOLDERS
from comparisons.choosing import Choice
from comparisons.generated.engines import engine_lines
from comparisons.generated.hardware import hardware_lines
from comparisons.generated.models import model_lines
from comparisons.generated.proofs import Proofs
from comparisons.generated.table import (
    FactTableRow,
    GeneratedSide,
    GeneratedTable,
    Line,
    fact_table,
    sides_named,
)
from comparisons.matrix import RowGroup
from comparisons.models import Subject
from comparisons.pages import COUNT_WORDS, KICKERS, lettered_measurements
from editorial.models import Publication

LINES: dict[str, Callable[[Sequence[Any], Proofs], list[Line]]] = {
    Subject.ENGINE: engine_lines,
    Subject.HARDWARE: hardware_lines,
    Subject.MODEL: model_lines,
}


@dataclass(frozen=True)
class Generated:
    """The facts of two to four sides in the order of their address, and their table."""

    subject: Subject
    path: str
    title: str
    facts: list[Any]
    table: GeneratedTable

    @property
    def pairs(self) -> list[tuple[GeneratedSide, Any]]:
        return list(zip(self.table.sides, self.facts, strict=True))


@dataclass(frozen=True)
class SideCard:
    """Where to read on about one side."""

    name: str
    letter: str
    url: str
    maker: str
    verdict: str


@dataclass(frozen=True)
class FailuresOfSide:
    """What breaks first on one engine, worst first."""

    side: GeneratedSide
    modes: list[Any]


def generate(choice: Choice) -> Generated:
    """The table of a choice that can be compared.

    Three statements for hardware, four for models, five for engines, for any number of
    sides.
    """
    facts = comparable(choice.subject, [fact.uid for fact in choice.chosen])
    sides = sides_named([(fact.slug, fact.name) for fact in facts])
    lines = LINES[choice.subject](facts, Proofs.of(facts))
    return Generated(
        subject=choice.subject,
        path=choice.path,
        title=" vs ".join(side.name for side in sides),
        facts=facts,
        table=fact_table(sides, lines),
    )


def row_groups(table: GeneratedTable, *, only_differences: bool) -> list[RowGroup]:
    """What differs first; then what cannot be compared; then what is the same."""
    groups = [
        RowGroup(table.different),
        RowGroup(table.partly, "Known for some sides only", is_same=True),
        RowGroup(table.equal, "The same on every side", is_same=True),
    ]
    shown = [group for group in groups if group.rows]
    return [group for group in shown if not (only_differences and group.is_same)]


def generated_context(made: Generated, *, only_differences: bool) -> dict[str, Any]:
    """Everything the page shows: three statements more than the table."""
    letters = {fact.uid: side.letter for side, fact in made.pairs}
    mentions = Publication.objects.live().referring_to(made.subject, list(letters))
    published = list(mentions.with_checks().defer("body").order_by("title"))
    folder = SUBJECT_FOLDERS[made.subject]
    failures = _failures(made)
    return {
        "made": made,
        "title": made.title,
        "kicker": KICKERS[made.subject],
        "folder": folder,
        "subject_label": made.subject.label,
        "side_count": COUNT_WORDS[len(made.facts)],
        "sides": made.pairs,
        "cards": _cards(made, published),
        "table": made.table,
        "groups": row_groups(made.table, only_differences=only_differences),
        "only_differences": only_differences,
        "notes": _notes(made),
        "measured": lettered_measurements(made.subject, letters),
        "failures": failures,
        "related": [row for row in published if row.kind == "comparison"],
        "crumbs": [
            ("Home", "/"),
            ("Compare", "/compare/"),
            (made.subject.label, f"/compare/{folder}/"),
        ],
        "contents": _contents(has_failures=bool(failures)),
        "canonical_url": f"{settings.SITE_URL}{made.path}",
    }


def _contents(*, has_failures: bool) -> list[tuple[str, str]]:
    return [
        ("sides", "The sides"),
        ("facts", "Facts side by side"),
        ("measured", "Measured"),
        *([("failures", "What breaks first")] if has_failures else []),
        ("related", "Continue comparing"),
    ]


def _cards(made: Generated, published: list[Publication]) -> list[SideCard]:
    """Each side with its page and, where one is published, its verdict."""
    verdicts = {row.path: row for row in published if row.kind == "verdict"}
    return [
        SideCard(
            name=side.name,
            letter=side.letter,
            url=fact.get_absolute_url(),
            maker=fact.vendor.name,
            verdict=f"{fact.get_absolute_url()}#verdict"
            if fact.get_absolute_url() in verdicts
            else "",
        )
        for side, fact in made.pairs
    ]


def _notes(made: Generated) -> list[tuple[GeneratedSide, list[str]]]:
    """How the figures of each side were read; engines keep notes for editors only."""
    if made.subject == Subject.ENGINE:
        return []
    notes = [(side, note_clauses(fact.notes)) for side, fact in made.pairs]
    return [(side, clauses) for side, clauses in notes if clauses]


def _failures(made: Generated) -> list[FailuresOfSide]:
    if made.subject != Subject.ENGINE:
        return []
    found = [FailuresOfSide(side, failure_modes(fact)) for side, fact in made.pairs]
    return [group for group in found if group.modes]


def table_lines(table: GeneratedTable) -> Iterator[list[str]]:
    """The table as lines of text cells, a heading first: for CSV."""
    heading = ["fact", "direction", "compared"]
    for side in table.sides:
        parts = ("value", "unit", "mark", "note", "source", "read on")
        heading += [f"{side.name}: {part}" for part in parts]
    yield heading
    for row in table.shown:
        line = [row.label, row.direction, row.known.value]
        for cell in row.cells:
            fact = cell.fact
            read_on = fact.as_of.isoformat() if fact.as_of else ""
            line += [fact.display, fact.unit, fact.mark, fact.note]
            line += [fact.source_url, read_on]
        yield line


def table_data(made: Generated) -> dict[str, Any]:
    """The table as JSON. A value that nobody knows is null."""
    return {
        "title": made.title,
        "url": f"{settings.SITE_URL}{made.path}",
        "generated": True,
        "sides": [
            {
                "key": side.key,
                "name": side.name,
                "url": f"{settings.SITE_URL}{fact.get_absolute_url()}",
            }
            for side, fact in made.pairs
        ],
        "rows": [_row_data(row) for row in made.table.shown],
        "not_known": made.table.nowhere,
    }


def _row_data(row: FactTableRow) -> dict[str, Any]:
    return {
        "fact": row.label,
        "gloss": row.gloss,
        "direction": row.direction or None,
        "compared": row.known.value,
        "values": {
            cell.side.key: {
                "value": cell.fact.display,
                "unit": cell.fact.unit or None,
                "mark": cell.fact.mark or None,
                "note": cell.fact.note or None,
                "source": cell.fact.source_url or None,
                "read_on": cell.fact.as_of.isoformat() if cell.fact.as_of else None,
            }
            if cell.fact.display
            else None
            for cell in row.cells
        },
    }
