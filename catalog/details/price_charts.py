"""Prices over time as points of an SVG drawing."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from catalog.axes import Axis, linear_axis, log_axis, time_axis
from editorial.vocabularies import PriceKind

LOG_FROM = 5
"""Times the lowest price from which the highest calls for a logarithmic axis."""

WIDTH, HEIGHT = 640, 240
LEFT, RIGHT, TOP, BOTTOM = 76, 624, 14, 206


class Shape(StrEnum):
    """Kinds differ in shape as well as in colour."""

    CIRCLE = "circle"
    DIAMOND = "diamond"
    TRIANGLE = "triangle"


PATHS = {
    Shape.CIRCLE: "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0Z",
    Shape.DIAMOND: "M0 -6.5L6.5 0L0 6.5L-6.5 0Z",
    Shape.TRIANGLE: "M0 -6L6 5L-6 5Z",
}
"""Each drawn around its own middle."""

Mark = tuple[PriceKind, datetime.date, float, str]
"""What was asked: kind, day, amount, and the same in words."""


@dataclass(frozen=True)
class PricePoint:
    """One observation in the drawing."""

    x: float
    y: float
    kind: str
    path: str
    words: str


@dataclass(frozen=True)
class LegendEntry:
    """What a shape and its colour stand for."""

    kind: str
    path: str
    name: str


@dataclass(frozen=True)
class PriceChart:
    """A drawing of prices over time, and what its axes say."""

    days: Axis
    amounts: Axis
    points: list[PricePoint]
    legend: list[LegendEntry]
    currency: str

    @property
    def scale(self) -> str:
        return "logarithmic scale" if self.amounts.is_log else "linear scale from zero"


def price_chart(
    marks: Iterable[Mark], shapes: Mapping[PriceKind, Shape], currency: str
) -> PriceChart | None:
    """The drawing, or None where all was seen on one day: time then says nothing."""
    marks = list(marks)
    seen = {day for _, day, _, _ in marks}
    if len(seen) < 2:
        return None
    values = [amount for _, _, amount, _ in marks]
    scale = log_axis if max(values) / min(values) >= LOG_FROM else linear_axis
    days = time_axis(seen, start=LEFT, end=RIGHT)
    amounts = scale(values, start=BOTTOM, end=TOP, label=_label)
    points = [
        PricePoint(
            x=days.place(day.toordinal()),
            y=amounts.place(amount),
            kind=kind.value,
            path=PATHS[shapes[kind]],
            words=words,
        )
        for kind, day, amount, words in marks
    ]
    kinds = [kind for kind in shapes if kind in {mark[0] for mark in marks}]
    legend = [
        LegendEntry(kind.value, PATHS[shapes[kind]], str(kind.label)) for kind in kinds
    ]
    return PriceChart(days, amounts, points, legend, currency)


def _label(amount: float) -> str:
    return f"{amount:,g}".replace(",", "\u202f")
