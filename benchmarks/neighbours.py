"""Rows that one row may be compared with: all but one part of the set-up is equal."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, zip_longest
from typing import Any

from django.utils import timezone

from benchmarks.detail import BACKENDS
from benchmarks.matching import METRICS, setup_parts, shown_speed, typical
from benchmarks.models import Benchmark
from benchmarks.rules import NEIGHBOURS_READ, NEIGHBOURS_SHOWN
from catalog.measures import grouped, known_date

AXES = {
    "nothing": "Nothing stated",
    "engine": "Engine",
    "engine_version": "Engine version",
    "backend": "Back end",
    "quantization": "Quantisation",
    "hardware": "Hardware",
    "hardware_count": "Number of devices",
    "concurrency": "Requests at once",
    "context_depth_tokens": "Context depth",
}
"""Where a neighbour may differ, in the order of the page."""

OWN_AXES = ("engine_version", "backend")
"""Looked at only where the set-up is equal: they change with engine and hardware."""


@dataclass(frozen=True)
class Figure:
    """One speed of another row, and how many times this row's it is."""

    metric_label: str
    speed: str
    ratio: str


@dataclass(frozen=True)
class Neighbour:
    """One row beside another."""

    axis: str
    value: str
    url: str
    figures: list[Figure]
    when: str
    source_kind: str
    confidence: str


def neighbours_of(row: Benchmark, *, limit: int = NEIGHBOURS_SHOWN) -> list[Neighbour]:
    """The nearest rows, by what differs, in one statement."""
    rows = Benchmark.objects.trustworthy().beside(row).for_matching().newest_first()
    found = nearest(row, rows[:NEIGHBOURS_READ], limit)
    return [_drawn(row, axis, other) for axis, _, other in found]


def nearest(
    row: Benchmark, rows: Iterable[Benchmark], limit: int
) -> list[tuple[str, str, Benchmark]]:
    """(axis, metric, row): one row for each value of each axis, at most `limit`, and
    every row that has the same set-up.

    Axes take turns, so that twenty cards do not hide the one other engine.
    """
    found: dict[tuple[str, str, Any], list[Benchmark]] = defaultdict(list)
    for other in rows:
        metrics = [metric for metric in METRICS if _axis(row, other, metric)]
        if metrics:
            metric = metrics[0]
            axis = _axis(row, other, metric)
            value = other.slug if axis == "nothing" else _value(axis, other)
            found[(axis, metric, value)].append(other)
    by_axis: dict[str, list[tuple[str, str, Benchmark]]] = defaultdict(list)
    for (axis, metric, _), members in found.items():
        by_axis[axis].append((axis, metric, typical(members, metric)))
    lists = [by_axis[axis] for axis in AXES]
    turns = [entry for entry in chain(*zip_longest(*lists)) if entry is not None]
    return sorted(turns[:limit], key=_place)


def _place(entry: tuple[str, str, Benchmark]) -> tuple[int, Decimal]:
    """By axis; in it by number where the axis counts, else the fastest first."""
    axis, metric, row = entry
    value = getattr(row, axis, None)
    is_count = isinstance(value, int)
    return list(AXES).index(axis), Decimal(value) if is_count else -getattr(row, metric)


def _axis(row: Benchmark, other: Benchmark, metric: str) -> str:
    """The one thing in which two rows differ that may be compared in `metric`."""
    if getattr(row, metric) is None or getattr(other, metric) is None:
        return ""
    mine, theirs = setup_parts(metric, row), setup_parts(metric, other)
    axes = [name for name in mine if mine[name] != theirs[name]]
    if not axes:
        axes = [n for n in OWN_AXES if getattr(row, n) != getattr(other, n)]
        return axes[0] if axes else "nothing"
    return axes[0] if len(axes) == 1 and axes[0] in AXES else ""


def _value(axis: str, row: Benchmark) -> str:
    """What the row has where the other differs, in words."""
    if axis == "nothing":
        return "the same set-up, measured again"
    if axis == "engine":
        return f"{row.engine or row.engine_name} {row.engine_version}".strip()
    if axis == "hardware":
        return str(row.hardware or row.hardware_name)
    value = getattr(row, axis)
    shown = grouped(value) if isinstance(value, int) else BACKENDS.get(value, value)
    return shown or "not stated"


def _drawn(row: Benchmark, axis: str, other: Benchmark) -> Neighbour:
    return Neighbour(
        axis=AXES[axis],
        value=_value(axis, other),
        url=other.get_absolute_url(),
        figures=[
            Figure(
                metric_label=label,
                speed=shown_speed(getattr(other, metric)),
                ratio=f"{getattr(other, metric) / getattr(row, metric):.2f} ×",
            )
            for metric, label in METRICS.items()
            if _axis(row, other, metric) == axis
        ],
        when=known_date(other.measured_on, other.measured_on_precision) or "undated",
        source_kind=other.get_source_kind_display(),
        confidence=other.confidence_on(timezone.now().date()).label,
    )
