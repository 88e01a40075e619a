"""The confidence of measurements: gathered from the rows, judged, and stored.

What is stored is the tier before the age rule, so that time alone changes no row.
"""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from itertools import groupby
from statistics import median
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from benchmarks.confidence import Assessment, Evidence, assess, level_before_age
from benchmarks.confidence_rules import RUNS_NEEDED, TIERS
from benchmarks.matching import METRICS, setup_parts
from benchmarks.models import Benchmark
from benchmarks.rules import ENGINE_FAMILIES
from editorial.vocabularies import BenchmarkSource, BenchmarkState, Confidence

CHUNK = 500
REPRODUCTIONS = {
    BenchmarkState.REPRODUCED: 1,
    BenchmarkState.INDEPENDENTLY_REPRODUCED: 3,
}
"""Distinct operators that a state stands for."""

MAJOR_VERSION = re.compile(r"v?(0\.\d+|[1-9]\d*)\.\d")
"""Before 1.0 the second number counts as the major version."""

Key = tuple[Any, ...]


def equality_key(metric: str, row: Benchmark) -> Key:
    """Equal for rows that measure the same thing, by the rule of reproductions.

    The set-up as everywhere, the back end, and the engine by family and major version.
    A version or back end that is not stated equals another only inside one source.
    """
    parts = setup_parts(metric, row)
    parts["engine"] = ENGINE_FAMILIES.get(row.engine_name, row.engine_name)
    found = MAJOR_VERSION.match(row.engine_version)
    parts["version"] = found.group(1) if found else ""
    parts["backend"] = row.backend
    if not row.engine_version or not row.backend:
        parts["source"] = row.source_id
    return tuple(parts.values())


class Spread(NamedTuple):
    """(highest - lowest) / median, the equals on other pages, and the metric."""

    share: Decimal | None
    elsewhere: int
    metric: str


NO_EQUALS = Spread(None, 0, "")


class Equals:
    """Rows by what they measure, to ask how far equal ones lie apart."""

    def __init__(self, rows: Iterable[Benchmark]) -> None:
        self._rows: dict[Key, list[tuple[Decimal, int]]] = defaultdict(list)
        for row in rows:
            if row.is_public and not row.is_doubtful:
                for metric in _measured(row):
                    value = getattr(row, metric)
                    key = equality_key(metric, row)
                    self._rows[key].append((value, row.source_id))

    def spread(self, row: Benchmark) -> Spread:
        """How far the row and its equals lie apart: of several metrics, the worst."""
        worst = NO_EQUALS
        for metric in _measured(row):
            found = self._rows.get(equality_key(metric, row), [])
            if len(found) < 2:
                continue
            speeds = [speed for speed, _ in found]
            spread = (max(speeds) - min(speeds)) / median(speeds)
            if worst.share is None or spread > worst.share:
                elsewhere = sum(source != row.source_id for _, source in found)
                worst = Spread(spread, elsewhere, metric)
        return worst


def _measured(row: Benchmark) -> list[str]:
    return [metric for metric in METRICS if getattr(row, metric) is not None]


def evidence_of(
    row: Benchmark, equals: Equals, *, runs: int, today: datetime.date
) -> Evidence:
    """What is known about a row. A doubtful or hidden row has no equals."""
    is_counted = row.is_public and not row.is_doubtful
    spread = equals.spread(row) if is_counted else NO_EQUALS
    return Evidence(
        source_kind=BenchmarkSource(row.source_kind),
        today=today,
        measured_on=row.measured_on,
        stated=stated_items(row, runs=runs),
        reproductions=REPRODUCTIONS.get(BenchmarkState(row.state), 0),
        spread=spread.share,
        spread_in=spread.metric.partition("_")[0],
        equal_rows=spread.elsewhere,
        is_doubtful=row.is_doubtful,
    )


def judged(row: Benchmark, *, runs: int, today: datetime.date) -> Assessment:
    """The tier of one row with its reasons, in one statement for its equals."""
    rows = Benchmark.objects.trustworthy().in_setups([setup_of(row)])
    equals = Equals(rows.with_workload_of(row).for_grading())
    return assess(evidence_of(row, equals, runs=runs, today=today))


def stated_items(row: Benchmark, *, runs: int) -> frozenset[str]:
    """The keys of RECORD_ITEMS that the row states."""
    needed = set()
    if row.decode_tokens_per_second is not None:
        needed = {row.output_tokens}
    if row.prefill_tokens_per_second is not None:
        needed |= {row.prompt_tokens}
    if row.aggregate_tokens_per_second is not None:
        needed |= {row.prompt_tokens, row.output_tokens}
    is_stated = {
        "engine_version": bool(row.engine_version),
        "backend": bool(row.backend),
        "quantization": bool(row.quantization),
        "lengths": None not in needed,
        "load": row.concurrency is not None,
        "hardware_count": row.hardware_count is not None,
        "command": bool(row.command),
        "runs": runs >= RUNS_NEEDED,
    }
    return frozenset(item for item, is_there in is_stated.items() if is_there)


@transaction.atomic
def regrade(rows: Iterable[Benchmark]) -> int:
    """Judge `rows` and every row that may equal one of them; how many changed."""
    return regrade_setups({setup_of(row) for row in rows})


def setup_of(row: Benchmark) -> tuple[str, str, str]:
    """Where a row has its equals: keep it before a change, for those it leaves."""
    return (row.model_slug, row.hardware_slug, row.quantization)


@transaction.atomic
def regrade_setups(setups: Iterable[tuple[str, str, str]]) -> int:
    """Judge every row of these set-ups anew; how many changed."""
    rows = Benchmark.objects.in_setups(setups).for_grading().with_run_count()
    return _store(_changed(list(rows)))


@transaction.atomic
def regrade_all() -> int:
    """Judge every row anew, model by model, so that memory stays flat."""
    rows = Benchmark.objects.for_grading().with_run_count().order_by("model_slug")
    changed: dict[int, list[int]] = defaultdict(list)
    for _, group in groupby(rows.iterator(), key=lambda row: row.model_slug):
        for level, keys in _changed(list(group)).items():
            changed[level] += keys
    return _store(changed)


def _changed(rows: list[Benchmark]) -> dict[int, list[int]]:
    """Primary keys by the level that they should have and have not."""
    equals = Equals(rows)
    changed: dict[int, list[int]] = defaultdict(list)
    today = timezone.now().date()
    for row in rows:
        evidence = evidence_of(row, equals, runs=row.run_count, today=today)
        level = level_before_age(evidence)
        if level != row.confidence_before_age:
            changed[level].append(row.pk)
    return changed


def _store(changed: dict[int, list[int]]) -> int:
    for level, keys in changed.items():
        for start in range(0, len(keys), CHUNK):
            rows = Benchmark.objects.filter(pk__in=keys[start : start + CHUNK])
            rows.update(confidence_before_age=level)
    return sum(map(len, changed.values()))


def rows_per_tier(today: datetime.date) -> dict[Confidence, int]:
    """How many rows each tier holds on a day."""
    rows = Benchmark.objects.all()
    return {tier: rows.with_confidence([tier], today).count() for tier in TIERS}
