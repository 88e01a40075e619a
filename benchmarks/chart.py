"""The speeds of a list's rows as bars, with the spread of their single runs."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from benchmarks.matching import METRICS, shown_speed
from benchmarks.models import AggregateKind, Benchmark, BenchmarkRun
from catalog.axes import Axis, linear_axis
from catalog.measures import grouped

WIDTH, LEFT, RIGHT = 760, 300, 70
BAR, GAP, TOP, FOOT = 14, 10, 8, 34
MOST_BARS = 16
LEAST_RUNS = 2
LABEL_LENGTH = 40


@dataclass(frozen=True)
class Bar:
    """One row's speed; `low` and `high` are None where single runs are not known."""

    y: float
    end: float
    label: str
    display: str
    url: str
    words: str
    low: float | None
    high: float | None

    @property
    def middle(self) -> float:
        return self.y + BAR / 2


@dataclass(frozen=True)
class SpeedChart:
    """Bars of one metric; of aggregates, those that count the same tokens."""

    title: str
    caveat: str
    width: int
    height: int
    left: int
    bottom: float
    thickness: int
    axis: Axis
    bars: list[Bar]
    has_spread: bool


def speed_chart(rows: Sequence[Benchmark], metric: str) -> SpeedChart | None:
    """The rows that state `metric`, in their order; None where fewer than two do."""
    stated = [row for row in rows if getattr(row, metric) is not None]
    kinds = Counter(row.aggregate_kind for row in stated)
    caveat = ""
    if metric == "aggregate_tokens_per_second" and stated:
        kind = kinds.most_common(1)[0][0]
        stated = [row for row in stated if row.aggregate_kind == kind]
        caveat = f"Drawn: rows that count {AggregateKind(kind).label}. "
        caveat += "Requests at once differ from row to row."
    stated = stated[:MOST_BARS]
    if len(stated) < 2:
        return None
    spreads = [_spread(row.single_runs, metric) for row in stated]
    highest = [high for spread in spreads if spread for high in spread]
    values = [getattr(row, metric) for row in stated]
    axis = linear_axis([*values, *highest], start=LEFT, end=WIDTH - RIGHT)
    bars = [
        _bar(row, metric, number, axis, spread)
        for number, (row, spread) in enumerate(zip(stated, spreads, strict=True))
    ]
    bottom = TOP + len(bars) * (BAR + GAP)
    return SpeedChart(
        title=f"{METRICS[metric]}, tok/s",
        caveat=caveat,
        width=WIDTH,
        height=bottom + FOOT,
        left=LEFT,
        bottom=bottom,
        thickness=BAR,
        axis=axis,
        bars=bars,
        has_spread=bool(highest),
    )


def _spread(
    runs: Iterable[BenchmarkRun], metric: str
) -> tuple[Decimal, Decimal] | None:
    """The slowest and the fastest single run; None for fewer than two."""
    known = [getattr(run, metric) for run in runs]
    values = [value for value in known if value is not None]
    return (min(values), max(values)) if len(values) >= LEAST_RUNS else None


def _bar(
    row: Benchmark,
    metric: str,
    number: int,
    axis: Axis,
    spread: tuple[Decimal, Decimal] | None,
) -> Bar:
    value = getattr(row, metric)
    name = f"{row.model_name} {row.quantization}".strip()
    label = f"{name} · {row.hardware_name}"
    if row.is_doubtful:
        label = f"doubtful: {label}"
    is_long = len(label) > LABEL_LENGTH
    return Bar(
        y=TOP + number * (BAR + GAP),
        end=axis.place(float(value)),
        label=f"{label[: LABEL_LENGTH - 1]}…" if is_long else label,
        display=shown_speed(value),
        url=row.get_absolute_url(),
        words=f"{label}, {row.engine_name}: {grouped(value)} tok/s",
        low=axis.place(float(spread[0])) if spread else None,
        high=axis.place(float(spread[1])) if spread else None,
    )
