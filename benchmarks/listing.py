"""The list of measurements."""

import datetime

from django.db.models import F, Q
from django.db.models.expressions import OrderBy

from benchmarks.age import months_before
from benchmarks.columns import CONFIDENCE_LABELS, benchmark_columns
from benchmarks.confidence_rules import TIERS
from benchmarks.models import Benchmark
from benchmarks.querysets import MEASURES, has_confidence
from benchmarks.rules import HIDDEN_MONTHS
from catalog.listing.choices import FixedChoice, LinkChoice, NumberChoice, TextChoice
from catalog.listing.declaration import Listing, Sort
from catalog.listing.filters import Filter, Range, Search, Toggle
from catalog.models import AIModel, Engine, Hardware
from editorial.vocabularies import BenchmarkSource, BenchmarkState

COUNT_CAP = 2_500
"""Rows beyond which the total is a lower bound. A million are never counted."""

ROWS_PER_PAGE = 25
"""Fewer than elsewhere: the rows are tall, and a chart of them stands above."""

SPEED_LABELS = {
    "decode": "Decode, one request",
    "aggregate": "Aggregate, all requests",
    "prefill": "Prefill only",
}
UNLINKED = "Not in the catalogue"


def _down(field: str) -> OrderBy:
    return F(field).desc(nulls_last=True)


SORTS = [
    Sort("-measured", "Measured, newest first", (_down("measured_on"), "pk")),
    *(
        Sort(f"-{speed}", words, (_down(f"{speed}_tokens_per_second"), "pk"))
        for speed, words in (
            ("decode", "Decode, fastest first"),
            ("prefill", "Prefill, fastest first"),
            ("aggregate", "Aggregate, highest first"),
        )
    ),
]


def benchmark_filters(today: datetime.date) -> list[Filter]:
    young = Q(measured_on__gt=months_before(today, HIDDEN_MONTHS))
    return [
        Search(("model_name", "hardware_name", "engine_name", "quantization")),
        FixedChoice("speed", "What was measured", "measures", SPEED_LABELS, MEASURES),
        LinkChoice("model", "Model", "ai_model", AIModel, UNLINKED, "model"),
        LinkChoice("hardware", "Hardware", "hardware", Hardware, UNLINKED, "hardware"),
        LinkChoice("engine", "Engine", "engine", Engine, UNLINKED, "engine"),
        TextChoice("quantization", "Quantisation", "quantization"),
        FixedChoice(
            "source", "Measured by", "source_kind", dict(BenchmarkSource.choices)
        ),
        FixedChoice(
            "confidence",
            "Confidence",
            "confidence_level",
            CONFIDENCE_LABELS,
            {level: has_confidence([tier], today) for level, tier in enumerate(TIERS)},
        ),
        Range("measured", "Measured", "measured_on", is_date=True),
        Range("decode", "Decode", "decode_tokens_per_second", "tok/s"),
        Range("aggregate", "Aggregate", "aggregate_tokens_per_second", "tok/s"),
        Range("requests", "Requests at once", "concurrency"),
        Range("prompt", "Prompt", "prompt_tokens", "tokens"),
        Range("depth", "Context depth", "context_depth_tokens", "tokens"),
        NumberChoice("devices", "Devices", "hardware_count", unit=""),
        FixedChoice("state", "State", "state", dict(BenchmarkState.choices)),
        Toggle("doubtful", "Doubtful rows too", Q(is_doubtful=False)),
        Toggle(
            "old",
            f"Rows older than {HIDDEN_MONTHS} months too",
            Q(measured_on__isnull=True) | young,
        ),
    ]


def benchmark_listing(today: datetime.date) -> Listing:
    """The list as of `today`, which decides on ages and tiers."""
    return Listing(
        name="benchmarks",
        noun="measurement",
        nouns="measurements",
        path="/benchmarks/",
        rows=lambda: Benchmark.objects.public().with_list_columns(today),
        for_page=lambda rows: rows.for_list_page(),
        filters=benchmark_filters(today),
        columns=benchmark_columns(today),
        sorts=SORTS,
        per_page=ROWS_PER_PAGE,
        count_cap=COUNT_CAP,
    )
