"""How kinds are told apart in charts: by shape, and by the colour of a letter.

The shapes stand in `components/chart_shapes.html`, the colours in `chart.css`.
"""

from collections.abc import Collection
from enum import StrEnum
from typing import NamedTuple

from catalog.models import HardwareKind
from editorial.vocabularies import PriceKind


class Shape(StrEnum):
    """Colour never stands alone."""

    CIRCLE = "circle"
    SQUARE = "square"
    DIAMOND = "diamond"
    TRIANGLE = "triangle"


class Mark(NamedTuple):
    """A point's colour, as the letter of a side, and its shape."""

    letter: str
    shape: Shape


class LegendEntry(NamedTuple):
    """What a mark stands for."""

    letter: str
    shape: Shape
    words: str


FIRST = Mark("a", Shape.CIRCLE)
SECOND = Mark("b", Shape.SQUARE)
THIRD = Mark("c", Shape.DIAMOND)
FOURTH = Mark("d", Shape.TRIANGLE)

HARDWARE_MARKS = {
    HardwareKind.GPU: FIRST,
    HardwareKind.APPLE_SOC: SECOND,
    HardwareKind.APU: THIRD,
    HardwareKind.ACCELERATOR: FOURTH,
}
PRICE_MARKS = {
    PriceKind.MSRP: THIRD,
    PriceKind.STREET_NEW: FIRST,
    PriceKind.STREET_USED: FIRST,
    PriceKind.STREET_UNSTATED: SECOND,
    PriceKind.CLOUD_HOUR: FIRST,
    PriceKind.MARKETPLACE_HOUR: FOURTH,
}


def legend(marks: dict, seen: Collection[str]) -> list[LegendEntry]:
    """The entries of `marks` for the kinds that a chart has, in their order."""
    return [
        LegendEntry(*mark, str(kind.label))
        for kind, mark in marks.items()
        if kind in seen
    ]
