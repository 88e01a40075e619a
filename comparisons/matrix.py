"""The operational matrix as rows and cells, ready to be drawn or exported."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from editorial.freezing import Body
from editorial.reports.claim_pages import short
from editorial.vocabularies import RATING_STEPS, RatingValue

SIDE_LETTERS = ("a", "b", "c", "d")


@dataclass(frozen=True)
class Side:
    """One side of a frozen comparison, with its place in the page."""

    uid: str
    key: str
    name: str
    letter: str
    one_liner: str
    provenance: str
    choose_if: list[str]
    fact: Body | None


@dataclass(frozen=True)
class Cell:
    """One side's rating in one row. `steps` is None where no meter is drawn."""

    side: Side
    rating: str
    word: str
    steps: int | None
    reason: str
    version: str
    observed_on: str
    sources: list[int]
    is_edge: bool
    edge_note: str


@dataclass(frozen=True)
class MatrixRow:
    """One dimension. `is_different` is false where no side leads."""

    uid: str
    label: str
    gloss: str
    direction: str
    cells: list[Cell]
    is_different: bool

    @property
    def place(self) -> str:
        """What names the row in an address, as where a reader reports it."""
        return f"row-{short(self.uid)}"


@dataclass(frozen=True)
class RowGroup:
    """Rows of one table that stand together. Without a heading they stand first."""

    rows: Sequence[Any]
    heading: str = ""
    is_same: bool = False


def sides_of(body: Body) -> list[Side]:
    return [
        Side(
            uid=side["uid"],
            key=side["key"],
            name=side["name"],
            letter=letter,
            one_liner=side["one_liner"],
            provenance=side["provenance"],
            choose_if=side["choose_if"],
            fact=side["fact"],
        )
        for side, letter in zip(body["sides"], SIDE_LETTERS, strict=False)
    ]


def leading_side(dimension: Body) -> str | None:
    """The uid of the side that leads: the editor's mark, else the one best rating."""
    if dimension["edge"]:
        return str(dimension["edge"])
    steps = {
        rating["side"]: RATING_STEPS[RatingValue(rating["rating"])]
        for rating in dimension["ratings"]
    }
    known = {side: count for side, count in steps.items() if count is not None}
    if len(known) < 2:
        return None
    best = max(known.values())
    leaders = [side for side, count in known.items() if count == best]
    return leaders[0] if len(leaders) == 1 else None


def matrix_rows(body: Body) -> list[MatrixRow]:
    """Every dimension in the editor's order; a side without a rating has no cell."""
    sides = {side.uid: side for side in sides_of(body)}
    rows = []
    for dimension in body["dimensions"]:
        edge = leading_side(dimension)
        ratings = {rating["side"]: rating for rating in dimension["ratings"]}
        words = {rating["rating"] for rating in dimension["ratings"]}
        rows.append(
            MatrixRow(
                uid=dimension["uid"],
                label=dimension["label"],
                gloss=dimension["gloss"],
                direction=dimension["direction"],
                cells=[
                    _cell(side, ratings.get(uid), uid == edge, dimension["edge_note"])
                    for uid, side in sides.items()
                ],
                is_different=edge is not None or len(words) > 1,
            )
        )
    return rows


def _cell(side: Side, rating: Body | None, is_edge: bool, edge_note: str) -> Cell:
    if rating is None:
        return Cell(side, "", "", None, "", "", "", [], is_edge, "")
    value = RatingValue(rating["rating"])
    return Cell(
        side=side,
        rating=value.value,
        word=str(value.label),
        steps=RATING_STEPS[value],
        reason=rating["reason"],
        version=rating["version"],
        observed_on=rating["observed_on"],
        sources=rating["sources"],
        is_edge=is_edge,
        edge_note=edge_note if is_edge else "",
    )


def matrix_table(body: Body) -> Iterator[list[str]]:
    """The matrix as lines of text cells, a heading first: for CSV."""
    sides = sides_of(body)
    heading = ["dimension", "gloss", "direction", "leads"]
    for side in sides:
        parts = ("rating", "reason", "version", "observed on", "sources")
        heading += [f"{side.name}: {part}" for part in parts]
    yield heading
    urls = {source["number"]: source["url"] for source in body["sources"]}
    for row in matrix_rows(body):
        leader = next((cell.side.name for cell in row.cells if cell.is_edge), "")
        line = [row.label, row.gloss, row.direction, leader]
        for cell in row.cells:
            proofs = " ".join(urls[number] for number in cell.sources)
            line += [cell.word, cell.reason, cell.version, cell.observed_on, proofs]
        yield line


def matrix_data(body: Body) -> dict[str, Any]:
    """The matrix as JSON, with the sources spelled out."""
    return {
        "title": body["title"],
        "verified_on": body["verified_on"],
        "sides": [
            {"key": side.key, "name": side.name, "provenance": side.provenance}
            for side in sides_of(body)
        ],
        "rows": [
            {
                "dimension": row.label,
                "gloss": row.gloss,
                "direction": row.direction,
                "leads": next((c.side.key for c in row.cells if c.is_edge), None),
                "ratings": {
                    cell.side.key: {
                        "rating": cell.rating or None,
                        "steps": cell.steps,
                        "reason": cell.reason,
                        "version": cell.version or None,
                        "observed_on": cell.observed_on or None,
                        "sources": cell.sources,
                    }
                    for cell in row.cells
                },
            }
            for row in matrix_rows(body)
        ],
        "sources": body["sources"],
    }
