"""Which measurements may stand side by side, and how they are drawn."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone

from benchmarks.age import is_stale
from benchmarks.models import AggregateKind, Benchmark
from benchmarks.querysets import NAMES
from benchmarks.rules import GROUPS_SHOWN
from benchmarks.setup_rows import SetupRow, rows_to_match
from catalog.measures import grouped, known_date

METRICS = {
    "decode_tokens_per_second": "Decode, one request",
    "aggregate_tokens_per_second": "Aggregate over all requests",
    "prefill_tokens_per_second": "Prefill, one request",
}
"""Field to heading, the more telling first. Only equal metrics are compared."""

Setup = Benchmark | SetupRow
"""A measurement, as a row of its table or as the light row of a statement."""

SIDE_OF: dict[str, Callable[[SetupRow], Any]] = {
    "engine": lambda row: row.engine,
    "hardware": lambda row: row.hardware,
    "model": lambda row: row.ai_model,
}


@dataclass(frozen=True)
class MeasuredBar:
    """One side's number, with all that a reader needs to judge it."""

    side_uid: UUID
    label: str
    value: Decimal
    display: str
    share: int
    engine_version: str
    source_kind: str
    source_kind_label: str
    source_url: str
    source_title: str
    measured_on: datetime.date | None
    measured_on_display: str
    is_stale: bool
    url: str


@dataclass(frozen=True)
class MeasuredGroup:
    """One set-up that was measured for at least two sides."""

    metric: str
    metric_label: str
    unit: str
    setup: list[tuple[str, str]]
    same_source_only: bool
    command: str
    command_side: str
    bars: list[MeasuredBar]

    @property
    def command_note(self) -> str:
        return f"As published with the number for {self.command_side}."


def measured_side_by_side(
    subject: str, uids: Sequence[UUID], *, limit: int = GROUPS_SHOWN
) -> list[MeasuredGroup]:
    """The most telling equal set-ups of two or more sides, in one statement.

    `subject` is "engine", "hardware" or "model". Doubtful rows are left out.
    """
    groups = match_rows(subject, rows_to_match(subject, uids))
    return [
        _drawn(subject, metric, members, uids)
        for metric, members in spread(groups, limit)
    ]


def setup_parts(metric: str, row: Setup) -> dict[str, Any]:
    """What must be equal for two rows to be compared in `metric`, by name.

    Hardware and model are compared by the source's own names, which tell bins and form
    factors apart where the catalogue's link does not. What a row does not state
    (quantisation, lengths, requests at once) is only taken as equal inside one source,
    so the source then joins the parts.
    """
    is_aggregate = metric == "aggregate_tokens_per_second"
    stated: list[Any] = [row.hardware_count, row.quantization]
    stated += [row.prompt_tokens, row.output_tokens]
    if is_aggregate:
        is_kind_known = row.aggregate_kind != AggregateKind.NOT_STATED
        stated += [row.concurrency, is_kind_known or None]
    is_complete = all(value not in (None, "") for value in stated)
    return {
        "metric": metric,
        **{subject: getattr(row, name) for subject, name in NAMES.items()},
        "hardware_count": row.hardware_count,
        "quantization": row.quantization,
        "prompt_tokens": row.prompt_tokens,
        "output_tokens": row.output_tokens,
        "context_depth_tokens": row.context_depth_tokens,
        "concurrency": row.concurrency,
        "aggregate_kind": row.aggregate_kind if is_aggregate else "",
        "source": None if is_complete else row.source_id,
    }


def setup_key(subject: str, metric: str, row: SetupRow) -> tuple[Any, ...]:
    """The parts of a set-up without the one that the sides differ in."""
    parts = setup_parts(metric, row)
    del parts[subject]
    return tuple(parts.values())


def match_rows(
    subject: str, rows: Iterable[SetupRow]
) -> list[tuple[str, list[SetupRow]]]:
    """Groups of rows with equal set-ups that cover at least two sides.

    Of several rows of one side the newest is kept; among equally old ones the median.
    """
    found: dict[tuple[Any, ...], list[SetupRow]] = defaultdict(list)
    for row in rows:
        for metric in METRICS:
            if getattr(row, metric) is not None:
                found[setup_key(subject, metric, row)].append(row)
    groups = []
    for key, members in found.items():
        sides: dict[Any, list[SetupRow]] = defaultdict(list)
        for row in members:
            sides[SIDE_OF[subject](row)].append(row)
        if len(sides) > 1:
            metric = key[0]
            groups.append((metric, [typical(m, metric) for m in sides.values()]))
    return groups


def shown_speed(speed: Decimal) -> str:
    """A speed to three figures at least: more decimals would claim too much."""
    return grouped(round(speed, 2 if speed < 10 else 1 if speed < 100 else 0))


def typical(rows: list[Setup], metric: str) -> Setup:
    """The newest row; among equally old ones the median."""

    def age(row: Setup) -> datetime.date:
        return row.measured_on or datetime.date.min

    newest = max(map(age, rows))
    level = sorted(
        (row for row in rows if age(row) == newest),
        key=lambda row: (getattr(row, metric), row.slug),
    )
    return level[(len(level) - 1) // 2]


def spread(
    groups: list[tuple[str, list[SetupRow]]], limit: int
) -> list[tuple[str, list[SetupRow]]]:
    """At most `limit` groups: most sides and newest first, each set-up once.

    A second metric of the same hardware and model waits until every other set-up has
    had its turn.
    """

    def rank(group: tuple[str, list[SetupRow]]) -> tuple[Any, ...]:
        metric, rows = group
        dates = [row.measured_on for row in rows if row.measured_on]
        newest = max(dates).toordinal() if len(dates) == len(rows) else 0
        return (-len(rows), -newest, list(METRICS).index(metric), rows[0].slug)

    seen: dict[tuple[str, str], int] = defaultdict(int)
    turns = []
    for group in sorted(groups, key=rank):
        first = group[1][0]
        setup = (first.hardware_slug, first.model_slug)
        turns.append((seen[setup], len(turns), group))
        seen[setup] += 1
    return [group for _, _, group in sorted(turns, key=lambda turn: turn[:2])][:limit]


def _drawn(
    subject: str, metric: str, rows: list[SetupRow], uids: Sequence[UUID]
) -> MeasuredGroup:
    order = list(uids)
    rows = sorted(rows, key=lambda row: order.index(SIDE_OF[subject](row).uid))
    longest = max(getattr(row, metric) for row in rows)
    first = rows[0]
    documented = next((row for row in rows if row.command), None)
    return MeasuredGroup(
        metric=metric,
        metric_label=METRICS[metric],
        unit="tok/s",
        setup=_setup(subject, metric, first),
        same_source_only=setup_key(subject, metric, first)[-1] is not None,
        command=documented.command if documented else "",
        command_side=SIDE_OF[subject](documented).name if documented else "",
        bars=[_bar(subject, metric, row, longest) for row in rows],
    )


def _setup(subject: str, metric: str, row: SetupRow) -> list[tuple[str, str]]:
    """The set-up in words; what is not stated says so."""
    count = f"{row.hardware_count} × " if row.hardware_count else ""
    chip = row.hardware.name if row.hardware else row.hardware_name
    model = row.ai_model.name if row.ai_model else row.model_name
    parts = {
        "engine": ("Engine", row.engine.name if row.engine else row.engine_name),
        "model": ("Model", model),
        "hardware": ("Hardware", f"{count}{chip}"),
    }
    del parts[subject]
    setup = [*parts.values(), ("Quantisation", row.quantization or "not stated")]
    lengths = (row.prompt_tokens, row.output_tokens)
    if any(lengths):
        shown = [grouped(length) or "not stated" for length in lengths]
        setup.append(("Prompt / output", f"{shown[0]} / {shown[1]} tokens"))
    if row.context_depth_tokens:
        setup.append(("Context depth", f"{grouped(row.context_depth_tokens)} tokens"))
    if metric == "aggregate_tokens_per_second":
        requests = grouped(row.concurrency) or "not stated"
        setup.append(("Requests at once", requests))
        setup.append(("Counts", AggregateKind(row.aggregate_kind).label))
    return setup


def _bar(subject: str, metric: str, row: SetupRow, longest: Decimal) -> MeasuredBar:
    value = getattr(row, metric)
    side = SIDE_OF[subject](row)
    return MeasuredBar(
        side_uid=side.uid,
        label=side.name,
        value=value,
        display=shown_speed(value),
        share=max(1, round(100 * value / longest)),
        engine_version=row.engine_version,
        source_kind=row.source_kind,
        source_kind_label=row.get_source_kind_display(),
        source_url=row.source.url,
        source_title=row.source.title,
        measured_on=row.measured_on,
        measured_on_display=known_date(row.measured_on, row.measured_on_precision)
        or "undated",
        is_stale=is_stale(row.measured_on, timezone.now().date()),
        url=row.get_absolute_url(),
    )
