"""The facts of two to four sides as rows of one table: what differs, and by how much.

Nothing here asks a database. Each kind of fact has a module that gives its lines; this
one says which side has more, and never which to choose.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from catalog.cards import FactRow
from catalog.importing.fields import plain
from comparisons.matrix import SIDE_LETTERS
from editorial.vocabularies import Direction

DOUBTFUL = "doubtful"


@dataclass(frozen=True)
class GeneratedSide:
    """One side: a fact of the catalogue, with its place in the page."""

    key: str
    name: str
    letter: str


@dataclass(frozen=True)
class Figure:
    """What a fact says in one line. `amount` is None where it cannot be compared.

    `basis` tells how the figure was counted: only equal bases are compared.
    """

    shown: FactRow
    amount: Decimal | None = None
    basis: str = ""


@dataclass(frozen=True)
class Line:
    """One thing to compare, with a figure for each side, in the sides' order."""

    label: str
    figures: Sequence[Figure]
    gloss: str = ""
    direction: Direction | None = None


@dataclass(frozen=True)
class FactCell:
    """One side's fact in one row, as the table draws it."""

    side: GeneratedSide
    fact: FactRow
    is_edge: bool = False
    edge_note: str = ""


class Known(StrEnum):
    """How far a row can be compared."""

    DIFFERENT = "different"
    PARTLY = "partly"
    EQUAL = "equal"
    NOWHERE = "nowhere"


@dataclass(frozen=True)
class FactTableRow:
    """A line with its cells, in the shape of the written matrix's rows."""

    label: str
    gloss: str
    direction: str
    cells: list[FactCell]
    known: Known

    @property
    def is_different(self) -> bool:
        return self.known == Known.DIFFERENT


@dataclass(frozen=True)
class GeneratedTable:
    """Every row, by how far it can be compared; the differences come first."""

    sides: list[GeneratedSide]
    rows: list[FactTableRow]

    def those(self, known: Known) -> list[FactTableRow]:
        return [row for row in self.rows if row.known == known]

    @property
    def different(self) -> list[FactTableRow]:
        return self.those(Known.DIFFERENT)

    @property
    def partly(self) -> list[FactTableRow]:
        return self.those(Known.PARTLY)

    @property
    def equal(self) -> list[FactTableRow]:
        return self.those(Known.EQUAL)

    @property
    def nowhere(self) -> list[str]:
        """What no source seen says of any side."""
        return [row.label for row in self.those(Known.NOWHERE)]

    @property
    def shown(self) -> list[FactTableRow]:
        return [*self.different, *self.partly, *self.equal]


def sides_named(names: Sequence[tuple[str, str]]) -> list[GeneratedSide]:
    """(slug, name) pairs as sides."""
    return [
        GeneratedSide(key, name, letter)
        for (key, name), letter in zip(names, SIDE_LETTERS, strict=False)
    ]


def fact_table(sides: Sequence[GeneratedSide], lines: Sequence[Line]) -> GeneratedTable:
    return GeneratedTable(list(sides), [_row(sides, line) for line in lines])


def _row(sides: Sequence[GeneratedSide], line: Line) -> FactTableRow:
    leader = leading_figure(line)
    note = lead_in_words(line) if leader is not None else ""
    return FactTableRow(
        label=line.label,
        gloss=line.gloss,
        direction=line.direction.label if line.direction else "",
        cells=[
            FactCell(side, figure.shown, at == leader, note if at == leader else "")
            for at, (side, figure) in enumerate(zip(sides, line.figures, strict=True))
        ],
        known=_known(line),
    )


def _known(line: Line) -> Known:
    said = [
        (figure.shown.display, figure.shown.unit)
        for figure in line.figures
        if figure.shown.display
    ]
    if not said:
        return Known.NOWHERE
    if len(set(said)) > 1:
        return Known.DIFFERENT
    return Known.EQUAL if len(said) == len(line.figures) else Known.PARTLY


def leading_figure(line: Line) -> int | None:
    """The place of the one best figure; None where that cannot be said.

    It cannot where no direction is known, fewer than two figures are, a figure is
    doubtful, or the figures were not counted in the same way.
    """
    known = {
        at: figure
        for at, figure in enumerate(line.figures)
        if figure.amount is not None
    }
    is_doubtful = any(figure.shown.mark == DOUBTFUL for figure in known.values())
    bases = {figure.basis for figure in known.values()}
    if line.direction is None or len(known) < 2 or is_doubtful or len(bases) > 1:
        return None
    amounts = _ranked(line)
    leaders = [at for at, figure in known.items() if figure.amount == amounts[0]]
    return leaders[0] if len(leaders) == 1 else None


def _ranked(line: Line) -> list[Decimal]:
    """The known amounts, the best first."""
    known = [figure.amount for figure in line.figures if figure.amount is not None]
    return sorted(known, reverse=line.direction != Direction.LOWER)


def lead_in_words(line: Line) -> str:
    """How far the leading figure is from the next, as a fact and not as advice.

    >>> figures = [Figure(FactRow("", n), Decimal(n)) for n in ("504", "1008")]
    >>> lead_in_words(Line("Bandwidth", figures, direction=Direction.HIGHER))
    'Highest: 2 × the other'
    """
    best, second = _ranked(line)[:2]
    word = "Lowest" if line.direction == Direction.LOWER else "Highest"
    known = sum(figure.amount is not None for figure in line.figures)
    other = "the other" if len(line.figures) == 2 else "the next"
    scope = "" if known == len(line.figures) else " known"
    if best <= 0 or second <= 0:
        return f"{word}{scope}"
    if line.direction == Direction.LOWER:
        return f"{word}{scope}: {other} is {ratio(second / best)} ×"
    return f"{word}{scope}: {ratio(best / second)} × {other}"


def ratio(number: Decimal) -> str:
    """A factor as exact as it is worth saying.

    >>> ratio(Decimal("1.777")), ratio(Decimal("1.034")), ratio(Decimal("12.4"))
    ('1.8', '1.03', '12')
    """
    places = 0 if number >= 10 else 1 if number >= Decimal("1.1") else 2
    shown = round(number, places)
    return plain(shown if shown > 1 else round(number, 3))
