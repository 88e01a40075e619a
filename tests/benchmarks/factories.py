"""Measurements for tests: a plain, fully stated single-stream row unless told more."""

import datetime
import itertools

from benchmarks.models import Benchmark
from tests.editorial.factories import make_source

_numbers = itertools.count(1)


def make_benchmark(**values):
    """A row that would match any other row of this factory."""
    defaults = {
        "slug": f"test-{next(_numbers):04}",
        "engine_name": "an-engine",
        "hardware_name": "A Card",
        "hardware_slug": "a-card",
        "hardware_count": 1,
        "model_name": "A Model",
        "model_slug": "a-model",
        "quantization": "Q4_K_M",
        "concurrency": 1,
        "prompt_tokens": 512,
        "output_tokens": 128,
        "context_depth_tokens": 0,
        "measured_on": datetime.date(2026, 8, 1),
        "source_kind": "community",
    }
    if "aggregate_tokens_per_second" in values:
        defaults |= {"aggregate_kind": "output", "concurrency": 16}
    elif "prefill_tokens_per_second" not in values:
        defaults["decode_tokens_per_second"] = 100
    if "source" not in values:
        values["source"] = make_source()
    return Benchmark.objects.create(**defaults | values)
