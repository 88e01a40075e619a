"""What the database refuses of a measurement, whoever writes it."""

import pytest
from django.db import IntegrityError, transaction

from benchmarks.models import Benchmark, BenchmarkRun
from tests.benchmarks.factories import make_benchmark
from tests.catalog.factories import make_ai_model, make_engine, make_hardware

pytestmark = pytest.mark.django_db

SPEEDS = [
    "prefill_tokens_per_second",
    "decode_tokens_per_second",
    "aggregate_tokens_per_second",
]


def refused(**values):
    """Whether the database refuses to change a good row to `values`."""
    row = make_benchmark()
    try:
        with transaction.atomic():
            Benchmark.objects.filter(pk=row.pk).update(**values)
    except IntegrityError as error:
        return str(error)
    return ""


def test_a_row_that_measures_nothing_is_refused():
    assert "benchmark_measures_something" in refused(decode_tokens_per_second=None)


def test_one_stream_and_an_aggregate_in_one_row_are_refused():
    values = {"aggregate_tokens_per_second": 2000, "aggregate_kind": "output"}

    assert "benchmark_is_single_or_aggregate" in refused(**values)


def test_an_aggregate_that_does_not_say_what_it_counts_is_refused():
    values = {"decode_tokens_per_second": None, "aggregate_tokens_per_second": 2000}

    assert "aggregate_says_what_it_counts" in refused(**values)


def test_a_kind_of_aggregate_without_an_aggregate_is_refused():
    assert "aggregate_says_what_it_counts" in refused(aggregate_kind="output")


@pytest.mark.parametrize("speed", [0, -3])
@pytest.mark.parametrize("field", SPEEDS)
def test_a_speed_that_is_not_above_zero_is_refused(field, speed):
    values = {"aggregate_kind": "output"} if field == SPEEDS[2] else {}
    values |= {"decode_tokens_per_second": None, field: speed}

    assert "benchmark_speeds_are_positive" in refused(**values)


def test_a_row_with_prefill_and_decode_is_accepted():
    assert refused(prefill_tokens_per_second=900) == ""


def test_two_rows_with_one_name_are_refused():
    make_benchmark(slug="bm-1")

    with pytest.raises(IntegrityError), transaction.atomic():
        make_benchmark(slug="bm-1")


def test_two_runs_with_one_number_are_refused():
    run = {"benchmark": make_benchmark(), "number": 1}
    BenchmarkRun.objects.create(**run)

    with pytest.raises(IntegrityError), transaction.atomic():
        BenchmarkRun.objects.create(**run)


def test_a_measurement_outlives_the_facts_that_it_links_to():
    facts = {
        "engine": make_engine(),
        "hardware": make_hardware(),
        "ai_model": make_ai_model(),
    }
    row = make_benchmark(**facts)

    for fact in facts.values():
        fact.delete()

    row.refresh_from_db()
    assert (row.engine, row.hardware, row.ai_model) == (None, None, None)
    assert row.hardware_name == "A Card"
