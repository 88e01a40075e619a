"""Measured against expected, as points that a template draws."""

from collections.abc import Sequence
from decimal import Decimal

from catalog.axes import log_axis
from catalog.chart_marks import FIRST, FOURTH, SECOND, THIRD, LegendEntry, Mark
from catalog.measures import grouped
from catalog.scatter import Point, Scatter
from estimator.hardware_classes import HardwareClass
from estimator.scoring import Outcome

WIDTH, HEIGHT = 760, 420
LEFT, RIGHT, TOP, BOTTOM = 60, 24, 12, 58
NVIDIA_CARDS = (HardwareClass.NVIDIA_GDDR, HardwareClass.NVIDIA_PASCAL)
APPLE = (HardwareClass.APPLE_NARROW, HardwareClass.APPLE_WIDE)
AMD = (
    HardwareClass.AMD_RADEON,
    HardwareClass.AMD_INSTINCT,
    HardwareClass.AMD_UNIFIED,
)
GROUPS: tuple[tuple[Mark, str, tuple[HardwareClass, ...]], ...] = (
    (FIRST, "NVIDIA, GDDR memory", NVIDIA_CARDS),
    (SECOND, "Apple", APPLE),
    (THIRD, "AMD", AMD),
    (FOURTH, "NVIDIA, HBM or shared memory, and Intel", ()),
)
"""Mark, words, classes; the last group takes what no other has."""


def accuracy_chart(found: Sequence[Outcome]) -> Scatter:
    """Every outcome by its measured (across) and expected (up) tokens a second.

    Both axes are the same, so that what is exact lies on the diagonal.
    """
    values = [speed for o in found for speed in (o.measured, o.expected)]
    across = log_axis(values, start=LEFT, end=WIDTH - RIGHT)
    up = log_axis(values, start=HEIGHT - BOTTOM, end=TOP)
    points = []
    for outcome in found:
        mark = _mark(outcome)
        points.append(
            Point(
                x=across.place(outcome.measured),
                y=up.place(outcome.expected),
                name=outcome.label,
                url=f"/benchmarks/{outcome.slug}/",
                words=(
                    f"{outcome.label} on {outcome.hardware}: "
                    f"{shown(outcome.measured)} measured, "
                    f"{shown(outcome.expected)} expected"
                ),
                letter=mark.letter,
                shape=mark.shape,
            )
        )
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
        legend=[LegendEntry(*mark, words) for mark, words, _ in GROUPS],
    )


def shown(speed: float) -> str:
    return grouped(Decimal(f"{speed:.1f}"))


def _mark(outcome: Outcome) -> Mark:
    name = HardwareClass(outcome.hardware_class)
    return next((mark for mark, _, names in GROUPS if name in names), GROUPS[-1][0])
