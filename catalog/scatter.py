"""Memory against bandwidth, as points that a template draws."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from catalog.axes import Axis, log_axis
from catalog.chart_marks import HARDWARE_MARKS, LegendEntry, Shape, legend
from catalog.listing.reading import ListingQuery
from catalog.measures import gib, grouped
from catalog.models import GIB, HardwareKind

WIDTH, HEIGHT = 760, 294
LEFT, RIGHT, TOP, BOTTOM = 60, 24, 12, 58


class Point(NamedTuple):
    """One piece of hardware in the drawing."""

    x: float
    y: float
    name: str
    url: str
    words: str
    letter: str
    shape: Shape


@dataclass(frozen=True)
class Scatter:
    """The drawing: both axes are logarithmic."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    across: Axis
    up: Axis
    points: list[Point]
    legend: list[LegendEntry]


def memory_scatter(query: ListingQuery) -> Scatter | None:
    """Every row of the filter, not only those of one page. None without a row."""
    return draw(list(query.narrowed().for_scatter()))


def draw(rows: Iterable[tuple[str, str, str, int, Decimal]]) -> Scatter | None:
    """The drawing of (slug, name, kind, memory in bytes, GB/s) rows."""
    rows = list(rows)
    if not rows:
        return None
    across = log_axis(
        [memory / GIB for *_, memory, _ in rows], start=LEFT, end=WIDTH - RIGHT
    )
    up = log_axis([speed for *_, speed in rows], start=HEIGHT - BOTTOM, end=TOP)
    points = [
        Point(
            x=across.place(memory / GIB),
            y=up.place(float(speed)),
            name=name,
            url=f"/hardware/{slug}/",
            words=f"{name}: {gib(memory)} GB, {grouped(speed)} GB/s",
            letter=HARDWARE_MARKS[HardwareKind(kind)].letter,
            shape=HARDWARE_MARKS[HardwareKind(kind)].shape,
        )
        for slug, name, kind, memory, speed in rows
    ]
    seen = {kind for _, _, kind, _, _ in rows}
    return Scatter(
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        right=WIDTH - RIGHT,
        top=TOP,
        bottom=HEIGHT - BOTTOM,
        across=across,
        up=up,
        points=points,
        legend=legend(HARDWARE_MARKS, seen),
    )
