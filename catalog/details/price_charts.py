"""Prices as points of an SVG drawing: over time, or in lanes where all are of a day."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from catalog.axes import Axis, linear_axis, log_axis, time_axis
from editorial.vocabularies import PriceKind

LOG_FROM = 5
"""Times the lowest price from which the highest calls for a logarithmic axis."""

LEAST_OF_A_DAY = 3
"""Prices of one day from which their spread is worth a drawing."""

LEFT, RIGHT, TOP, BOTTOM = 76, 624, 14, 206
LANE = 26
"""The height of a drawing's lane, one for each kind."""


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
    """A drawing of prices, and what its axes say."""

    across: Axis
    up: Axis
    points: list[PricePoint]
    legend: list[LegendEntry]
    caption: str
    bottom: int

    @property
    def height(self) -> int:
        """With room for the names of the ticks below."""
        return self.bottom + 34


def price_chart(
    marks: Iterable[Mark], shapes: Mapping[PriceKind, Shape], currency: str
) -> PriceChart | None:
    """Amounts over time; of one day, amounts across and a lane for each kind.

    None where there is nothing to see: one day with few prices, or equal ones.
    """
    marks = list(marks)
    days = {day for _, day, _, _ in marks}
    values = [amount for _, _, amount, _ in marks]
    kinds = [kind for kind in shapes if kind in {mark[0] for mark in marks}]
    if len(days) > 1:
        across = time_axis(days, start=LEFT, end=RIGHT)
        bottom, up = BOTTOM, _amounts(values, start=BOTTOM, end=TOP)
        caption = f"{currency} by the day it was seen, {_scale(up)}"
        places = [(day.toordinal(), amount) for _, day, amount, _ in marks]
    elif len(values) >= LEAST_OF_A_DAY and min(values) < max(values):
        across = _amounts(values, start=LEFT, end=RIGHT)
        bottom = TOP + LANE * len(kinds)
        up = Axis(0, len(kinds), bottom, TOP, is_log=False)
        caption = f"{currency} across, all seen on one day, {_scale(across)}"
        places = [(amount, kinds.index(kind) + 0.5) for kind, _, amount, _ in marks]
    else:
        return None
    points = [
        PricePoint(
            x=across.place(x),
            y=up.place(y),
            kind=kind.value,
            path=PATHS[shapes[kind]],
            words=words,
        )
        for (kind, _, _, words), (x, y) in zip(marks, places, strict=True)
    ]
    legend = [
        LegendEntry(kind.value, PATHS[shapes[kind]], str(kind.label)) for kind in kinds
    ]
    return PriceChart(across, up, points, legend, caption, bottom)


def _amounts(values: list[float], *, start: float, end: float) -> Axis:
    scale = log_axis if max(values) / min(values) >= LOG_FROM else linear_axis
    return scale(values, start=start, end=end, label=_label)


def _scale(amounts: Axis) -> str:
    return "logarithmic scale" if amounts.is_log else "linear scale from zero"


def _label(amount: float) -> str:
    return f"{amount:,g}".replace(",", "\u202f")
