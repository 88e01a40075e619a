"""The columns of the list of measurements.

Speed for one request and speed over all requests have a column each: they are never
the same thing.
"""

import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings

from benchmarks.age import is_stale
from benchmarks.confidence_rules import TIERS
from benchmarks.matching import shown_speed
from benchmarks.models import AggregateKind, Benchmark
from catalog.importing.fields import partial_date, plain
from catalog.listing.declaration import Cell, Column
from catalog.measures import grouped, known_date


def _setup_cell(row: Benchmark) -> Cell:
    name = row.ai_model.name if row.ai_model else row.model_name
    tags = [("caution", "doubtful")] if row.is_doubtful else []
    quantization = row.quantization or "quantisation not stated"
    url = row.get_absolute_url()
    return Cell(name, url=url, notes=[quantization], tags=tags)


def _setup_values(row: Benchmark) -> dict[str, Any]:
    return {
        "slug": row.slug,
        "url": f"{settings.SITE_URL}{row.get_absolute_url()}",
        "model": row.ai_model.slug if row.ai_model else None,
        "model_name": row.model_name,
        "quantization": row.quantization or None,
        "is_doubtful": row.is_doubtful,
        "state": row.state,
    }


def _hardware_cell(row: Benchmark) -> Cell:
    name = row.hardware.name if row.hardware else row.hardware_name
    is_many = row.hardware_count and row.hardware_count > 1
    return Cell(f"{row.hardware_count} × {name}" if is_many else name)


def _hardware_values(row: Benchmark) -> dict[str, Any]:
    return {
        "hardware": row.hardware.slug if row.hardware else None,
        "hardware_name": row.hardware_name,
        "hardware_count": row.hardware_count,
    }


def _engine_cell(row: Benchmark) -> Cell:
    name = row.engine.name if row.engine else row.engine_name
    return Cell(name, notes=[row.engine_version] if row.engine_version else [])


def _engine_values(row: Benchmark) -> dict[str, Any]:
    return {
        "engine": row.engine.slug if row.engine else None,
        "engine_name": row.engine_name,
        "engine_version": row.engine_version or None,
        "backend": row.backend or None,
    }


def _speed_column(metric: str, label: str, **options: Any) -> Column:
    field = f"{metric}_tokens_per_second"

    def cell(row: Benchmark) -> Cell:
        value = getattr(row, field)
        shown = "" if value is None else shown_speed(value)
        return Cell(shown, value=plain(value))

    def values(row: Benchmark) -> dict[str, Any]:
        return {field: plain(getattr(row, field)) or None}

    sorts = (f"-{metric}",)
    return Column(
        metric,
        label,
        cell,
        values,
        unit="tok/s",
        is_number=True,
        sorts=sorts,
        **options,
    )


def _aggregate_cell(row: Benchmark) -> Cell:
    value = row.aggregate_tokens_per_second
    if value is None:
        return Cell()
    requests = f"{grouped(row.concurrency)} at once" if row.concurrency else ""
    counted = AggregateKind(row.aggregate_kind).label
    notes = [note for note in (requests, counted) if note]
    return Cell(shown_speed(value), notes=notes, value=plain(value))


def _aggregate_values(row: Benchmark) -> dict[str, Any]:
    return {
        "aggregate_tokens_per_second": plain(row.aggregate_tokens_per_second) or None,
        "aggregate_counts": row.aggregate_kind or None,
        "concurrency": row.concurrency,
    }


def _lengths_cell(row: Benchmark) -> Cell:
    if row.prompt_tokens is None and row.output_tokens is None:
        return Cell()
    shown = [grouped(n) or "–" for n in (row.prompt_tokens, row.output_tokens)]
    return Cell(" / ".join(shown))


def _count_column(name: str, label: str, field: str, unit: str) -> Column:
    def cell(row: Benchmark) -> Cell:
        value = getattr(row, field)
        shown = round(value, 1) if isinstance(value, Decimal) else value
        return Cell(grouped(shown))

    def values(row: Benchmark) -> dict[str, Any]:
        value = getattr(row, field)
        return {field: plain(value) if isinstance(value, Decimal) else value}

    return Column(name, label, cell, values, unit=unit, is_number=True, is_shown=False)


def _source_cell(row: Benchmark) -> Cell:
    source = row.source
    host = source.publisher or source.host
    return Cell(row.get_source_kind_display(), url=source.url, notes=[host])


def benchmark_columns(today: datetime.date) -> list[Column]:
    """Every column; ages and tiers are those of `today`."""

    def date_cell(row: Benchmark) -> Cell:
        shown = known_date(row.measured_on, row.measured_on_precision)
        tags = [("caution", "stale")] if is_stale(row.measured_on, today) else []
        return Cell(shown or "undated", tags=tags)

    def confidence_cell(row: Benchmark) -> Cell:
        return Cell(str(row.confidence_on(today).label))

    return [
        Column("setup", "Model", _setup_cell, _setup_values),
        Column("hardware", "Hardware", _hardware_cell, _hardware_values, is_wide=True),
        Column("engine", "Engine", _engine_cell, _engine_values),
        _speed_column("decode", "Decode, one request"),
        _speed_column("prefill", "Prefill, one request"),
        Column(
            "aggregate",
            "Aggregate, all requests",
            _aggregate_cell,
            _aggregate_values,
            unit="tok/s",
            is_number=True,
            sorts=("-aggregate",),
        ),
        Column(
            "lengths",
            "Prompt / output",
            _lengths_cell,
            lambda row: {
                "prompt_tokens": row.prompt_tokens,
                "output_tokens": row.output_tokens,
            },
            unit="tokens",
            is_number=True,
        ),
        _count_column("depth", "Context depth", "context_depth_tokens", "tokens"),
        _count_column("ttft", "First token after", "time_to_first_token_ms", "ms"),
        _count_column("power", "Power", "power_w", "W"),
        _count_column("peak_memory", "Peak memory", "peak_memory_gb", "GB"),
        Column(
            "measured",
            "Measured",
            date_cell,
            lambda row: {
                "measured_on": partial_date(row.measured_on, row.measured_on_precision)
                or None
            },
            sorts=("-measured",),
        ),
        Column(
            "confidence",
            "Confidence",
            confidence_cell,
            lambda row: {"confidence": row.confidence_on(today).value},
        ),
        Column(
            "source",
            "Source",
            _source_cell,
            lambda row: {
                "source_kind": row.source_kind,
                "source_url": row.source.url,
                "source_retrieved_on": row.source.retrieved_on.isoformat(),
            },
        ),
    ]


CONFIDENCE_LABELS = {number: str(tier.label) for number, tier in enumerate(TIERS)}
"""The stored level to its word."""
