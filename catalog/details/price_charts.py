"""Prices as points of an SVG drawing: over time, or in lanes where all are of a day."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from catalog.axes import Axis, linear_axis, log_axis, time_axis
from catalog.chart_marks import PRICE_MARKS, LegendEntry, Shape, legend
from editorial.vocabularies import PriceKind

LOG_FROM = 5
"""Times the lowest price from which the highest calls for a logarithmic axis."""

LEAST_OF_A_DAY = 3
"""Prices of one day from which their spread is worth a drawing."""

LEFT, RIGHT, TOP, BOTTOM = 76, 624, 14, 206
LANE = 26
"""The height of a drawing's lane, one for each kind."""


Offer = tuple[PriceKind, datetime.date, float, str]
"""What was asked: kind, day, amount, and the same in words."""


@dataclass(frozen=True)
class PricePoint:
    """One observation in the drawing."""

    x: float
    y: float
    letter: str
    shape: Shape
    words: str


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


def price_chart(offers: Iterable[Offer], currency: str) -> PriceChart | None:
    """Amounts over time; of one day, amounts across and a lane for each kind.

    None where there is nothing to see: one day with few prices, or equal ones.
    """
    offers = list(offers)
    days = {day for _, day, _, _ in offers}
    values = [amount for _, _, amount, _ in offers]
    kinds = [kind for kind in PRICE_MARKS if kind in {offer[0] for offer in offers}]
    if len(days) > 1:
        across = time_axis(days, start=LEFT, end=RIGHT)
        bottom, up = BOTTOM, _amounts(values, start=BOTTOM, end=TOP)
        caption = f"{currency} by the day it was seen, {_scale(up)}"
        places = [(day.toordinal(), amount) for _, day, amount, _ in offers]
    elif len(values) >= LEAST_OF_A_DAY and min(values) < max(values):
        across = _amounts(values, start=LEFT, end=RIGHT)
        bottom = TOP + LANE * len(kinds)
        up = Axis(0, len(kinds), bottom, TOP, is_log=False)
        caption = f"{currency} across, all seen on one day, {_scale(across)}"
        places = [(amount, kinds.index(kind) + 0.5) for kind, _, amount, _ in offers]
    else:
        return None
    points = [
        PricePoint(
            x=across.place(x),
            y=up.place(y),
            letter=PRICE_MARKS[kind].letter,
            shape=PRICE_MARKS[kind].shape,
            words=words,
        )
        for (kind, _, _, words), (x, y) in zip(offers, places, strict=True)
    ]
    entries = legend(PRICE_MARKS, kinds)
    return PriceChart(across, up, points, entries, caption, bottom)


def _amounts(values: list[float], *, start: float, end: float) -> Axis:
    scale = log_axis if max(values) / min(values) >= LOG_FROM else linear_axis
    return scale(values, start=start, end=end)


def _scale(amounts: Axis) -> str:
    return "logarithmic scale" if amounts.is_log else "linear scale from zero"
