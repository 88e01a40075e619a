"""Axes of charts drawn on the server: where a value stands, and which ticks to name."""

import datetime
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

STEPS = (1, 2, 5)
LOG_STEPS_UP_TO = 2.5
"""Decades above which a logarithmic axis names powers of ten only."""


@dataclass(frozen=True)
class Tick:
    """A named place on an axis, in the units of the drawing."""

    position: float
    label: str


@dataclass(frozen=True)
class Axis:
    """A scale from `low` to `high`, laid from `start` to `end` of the drawing.

    `start` may be greater than `end`: the vertical axis of an SVG grows downwards.
    """

    low: float
    high: float
    start: float
    end: float
    is_log: bool
    ticks: tuple[Tick, ...] = ()

    def place(self, value: float) -> float:
        """Where `value` stands, in the units of the drawing."""
        low, high, value = self.low, self.high, float(value)
        if self.is_log:
            low, high, value = math.log10(low), math.log10(high), math.log10(value)
        share = (value - low) / (high - low)
        return round(self.start + share * (self.end - self.start), 2)


def _with_ticks(
    axis: Axis, values: Iterable[float], label: Callable[[float], str]
) -> Axis:
    ticks = tuple(
        Tick(axis.place(value), label(value))
        for value in values
        if axis.low <= value <= axis.high
    )
    return Axis(axis.low, axis.high, axis.start, axis.end, axis.is_log, ticks)


def grouped_label(value: float) -> str:
    """A tick's number with thin spaces between thousands, as everywhere."""
    return f"{value:,g}".replace(",", "\u202f")


def log_axis(
    values: Iterable[float],
    *,
    start: float,
    end: float,
    label: Callable[[float], str] = grouped_label,
) -> Axis:
    """A logarithmic axis over `values`, all above zero, from tick to tick.

    Over two and a half decades it names 1, 2 and 5 of each, beyond that only powers
    of ten. Raises ValueError for no values.
    """
    known = [float(value) for value in values]
    low, high = min(known), max(known)
    is_short = math.log10(high / low) <= LOG_STEPS_UP_TO
    steps = STEPS if is_short else STEPS[:1]
    decades = range(math.floor(math.log10(low)) - 1, math.ceil(math.log10(high)) + 2)
    stops = [step * 10.0**decade for decade in decades for step in steps]
    first = max(stop for stop in stops if stop <= low)
    last = min(stop for stop in stops if stop >= high and stop > first)
    axis = Axis(first, last, start, end, is_log=True)
    return _with_ticks(axis, [s for s in stops if first <= s <= last], label)


def linear_axis(
    values: Iterable[float],
    *,
    start: float,
    end: float,
    label: Callable[[float], str] = grouped_label,
    most_ticks: int = 6,
) -> Axis:
    """An axis from zero to a round number at or above the greatest of `values`."""
    high = max(float(value) for value in values)
    if high <= 0:
        raise ValueError("A linear axis needs a value above zero.")
    rough = high / (most_ticks - 1)
    scale = 10.0 ** math.floor(math.log10(rough))
    step = next(s * scale for s in (*STEPS, 10) if s * scale >= rough)
    count = math.ceil(round(high / step, 9))
    axis = Axis(0.0, count * step, start, end, is_log=False)
    return _with_ticks(axis, [step * number for number in range(count + 1)], label)


def time_axis(days: Iterable[datetime.date], *, start: float, end: float) -> Axis:
    """An axis of days as ordinals, with a tick at the start of each year or quarter.

    Place a day with `axis.place(day.toordinal())`.
    """
    known = sorted(days)
    first, last = known[0], known[-1]
    low, high = first.toordinal() - 15, last.toordinal() + 15
    is_short = (last - first).days < 2 * 365
    months = (1, 4, 7, 10) if is_short else (1,)
    starts = [
        datetime.date(year, month, 1)
        for year in range(first.year, last.year + 2)
        for month in months
    ]
    labels = {
        day.toordinal(): f"{day:%b %Y}" if is_short else f"{day:%Y}" for day in starts
    }
    axis = Axis(low, high, start, end, is_log=False)
    return _with_ticks(axis, labels, lambda ordinal: labels[int(ordinal)])
