"""Which history table tells the changes of a measurement."""

from benchmarks.models import Benchmark
from catalog.history import Part

BENCHMARK = (
    Part(
        Benchmark,
        hidden=("confidence_before_age", "hardware_slug", "model_slug"),
    ),
)
"""Without what we work out, and without the slugs of names that are told."""
