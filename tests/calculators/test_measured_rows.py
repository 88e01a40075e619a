"""Benchmark rows as the estimator reads them."""

import pytest

from benchmarks.models import Benchmark
from calculators.estimating import answer
from calculators.measured_rows import measurements
from calculators.measured_speeds import MeasuredRows
from estimator.answers import Evidence
from estimator.measurements import Kind, kind_of
from tests.benchmarks.factories import make_benchmark
from tests.catalog.factories import (
    make_ai_model,
    make_engine,
    make_hardware,
    make_model_file,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def linked():
    """What a row of llama.cpp on a 4090 links to."""
    model = make_ai_model(
        "Llama 3.1 8B Instruct",
        slug="llama-3-1-8b-instruct",
        layers=32,
        hidden_size=4096,
        attention_heads=32,
        kv_heads=8,
        head_dim=128,
        vocabulary_size=128256,
        has_tied_embeddings=False,
    )
    card = make_hardware("RTX 4090", slug="rtx-4090")
    engine = make_engine("llama.cpp", slug="llama-cpp")
    return {"ai_model": model, "hardware": card, "engine": engine}


def the_row(linked, **values):
    make_benchmark(**linked | {"notes": "GGUF 4.58 GiB"} | values)
    (row,) = measurements(Benchmark.objects.for_speed())
    return row


def test_a_row_takes_the_size_that_it_prints(linked):
    row = the_row(linked)

    assert row.weights.total_bytes == round(4.58 * 2**30)
    assert kind_of(row) is Kind.USABLE


def test_without_a_printed_size_the_catalogue_s_file_counts(linked):
    make_model_file(
        linked["ai_model"],
        weight_format="gguf",
        quantization="Q4_K_M",
        size_bytes=4_920_734_272,
        printed_unit="bytes",
    )

    assert the_row(linked, notes="").weights.total_bytes == 4_920_734_272


def test_a_size_that_another_row_prints_counts_last(linked):
    make_benchmark(**linked, notes="model file 5.0 GB", slug="printed")
    make_benchmark(**linked, notes="", slug="silent")

    silent = measurements(Benchmark.objects.for_speed())[1]

    assert silent.weights.total_bytes == 5_000_000_000


def test_a_row_without_any_size_is_not_usable(linked):
    assert kind_of(the_row(linked, notes="")) is Kind.NO_SIZE


@pytest.mark.parametrize(
    ("values", "is_odd"),
    [
        ({"hardware_name": "Nvidia RTX 4090 (Pi CM5 - 16GB host)"}, True),
        ({"hardware_name": "AMD RX 580 (HiFive Premier P550 host)"}, True),
        ({"notes": "small-model decode held back by the host"}, True),
        ({"hardware_name": "NVIDIA GeForce RTX 4090 (Intel 265K host)"}, False),
        ({"notes": "llama-server on the host network"}, False),
    ],
)
def test_cards_in_small_boards_are_unusual_hosts(linked, values, is_odd):
    assert the_row(linked, **values).has_odd_host is is_odd


def test_a_slower_bin_computes_at_its_share_of_the_cores(linked):
    chip = linked["hardware"]
    chip.notes, chip.fp32_tflops = "GPU up to 40 cores", 16
    chip.save()

    slower = the_row(linked, hardware_slug="apple-m9-max-30c")

    assert slower.card.fp32_tflops == 12
    assert slower.is_slower_bin


def test_rows_without_links_or_without_a_speed_are_left_out(linked):
    make_benchmark(**linked | {"hardware": None})
    make_benchmark(**linked, aggregate_tokens_per_second=900)

    assert measurements(Benchmark.objects.for_speed()) == []


def ask(**values):
    question = {
        "model": "llama-3.1-8b-instruct",
        "quantization": "Q4_K_M",
        "engine": "llama-cpp",
        "hardware": "rtx-4090",
    }
    return answer(question | values)


def test_a_measured_set_up_wins_over_the_formula(linked):
    make_benchmark(**linked, decode_tokens_per_second=111)

    speeds = ask().speeds

    assert speeds.decode.expected == 111
    assert speeds.evidence is Evidence.MEASURED


def test_a_question_can_ask_for_the_formula_alone(linked):
    make_benchmark(**linked, decode_tokens_per_second=111)

    assert ask(formula_only=True).speeds.evidence is not Evidence.MEASURED


def test_the_rows_of_a_card_are_read_once(linked, django_assert_num_queries):
    make_benchmark(**linked)
    rows = MeasuredRows()

    with django_assert_num_queries(4):
        first = rows.on("rtx-4090")
        again = rows.on("rtx-4090")

    assert first is again
