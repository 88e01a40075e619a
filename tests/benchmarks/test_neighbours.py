"""Which rows one row may be compared with, and how they differ."""

import datetime

import pytest
from django.utils import timezone

from benchmarks.neighbours import neighbours_of
from tests.benchmarks.factories import make_benchmark
from tests.catalog.factories import make_engine
from tests.editorial.factories import make_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def row():
    return make_benchmark(engine_version="b1", backend="cuda")


def make_other(**values):
    return make_benchmark(**{"engine_version": "b1", "backend": "cuda"} | values)


def differences(row, **options):
    return [(found.axis, found.value) for found in neighbours_of(row, **options)]


def figures(row):
    return [
        (figure.metric_label, figure.speed, figure.ratio)
        for found in neighbours_of(row)
        for figure in found.figures
    ]


ONE_DIFFERENCE = [
    ({}, ("Nothing stated", "the same set-up, measured again")),
    ({"engine_name": "other"}, ("Engine", "other b1")),
    ({"engine_version": "b2"}, ("Engine version", "b2")),
    ({"backend": "vulkan"}, ("Back end", "Vulkan")),
    ({"quantization": "Q8_0"}, ("Quantisation", "Q8_0")),
    (
        {"hardware_slug": "b-card", "hardware_name": "B Card"},
        ("Hardware", "B Card"),
    ),
    ({"hardware_count": 2}, ("Number of devices", "2")),
    ({"concurrency": 4}, ("Requests at once", "4")),
    ({"context_depth_tokens": 4096}, ("Context depth", "4\u202f096")),
]


@pytest.mark.parametrize(("values", "found"), ONE_DIFFERENCE)
def test_a_row_that_differs_in_one_thing_is_offered_and_the_thing_is_named(
    row, values, found
):
    make_other(**values)

    assert differences(row) == [found]


@pytest.mark.parametrize(
    "values",
    [
        {"model_slug": "another"},
        {"prompt_tokens": 1024},
        {"output_tokens": 256},
        {"quantization": "Q8_0", "engine_name": "other"},
        {"quantization": ""},
        {"is_doubtful": True},
        {"state": "withdrawn"},
        {"decode_tokens_per_second": None, "prefill_tokens_per_second": 900},
        {"decode_tokens_per_second": None, "aggregate_tokens_per_second": 900},
    ],
    ids=lambda values: "-".join(values),
)
def test_rows_that_must_not_stand_beside_it_are_not_offered(row, values):
    make_other(**values)

    assert differences(row) == []


def test_aggregates_that_count_differently_are_not_compared():
    row = make_other(aggregate_tokens_per_second=900)
    make_other(aggregate_tokens_per_second=900, aggregate_kind="decode_phase")
    make_other(aggregate_tokens_per_second=1800, concurrency=32)

    assert differences(row) == [("Requests at once", "32")]


def test_what_is_not_stated_is_compared_inside_one_source_only():
    source = make_source()
    row = make_other(source=source, output_tokens=None)
    make_other(source=source, output_tokens=None, hardware_count=2)
    make_other(output_tokens=None, hardware_count=4)

    assert differences(row) == [("Number of devices", "2")]


def test_the_ratio_says_how_many_times_this_row_s_speed_it_is(row):
    make_other(quantization="Q8_0", decode_tokens_per_second=60)

    assert figures(row) == [("Decode, one request", "60", "0.60 ×")]


def test_every_metric_that_both_rows_have_is_compared():
    speeds = {"decode_tokens_per_second": 100, "prefill_tokens_per_second": 1000}
    row = make_other(**speeds)
    make_other(**speeds | {"prefill_tokens_per_second": 1500})

    assert figures(row) == [
        ("Decode, one request", "100", "1.00 ×"),
        ("Prefill, one request", "1\u202f500", "1.50 ×"),
    ]


def test_of_several_rows_with_one_value_the_newest_is_offered(row):
    day = datetime.date(2026, 9, 1)
    make_other(quantization="Q8_0", decode_tokens_per_second=60)
    make_other(quantization="Q8_0", decode_tokens_per_second=70, measured_on=day)

    assert [speed for _, speed, _ in figures(row)] == ["70"]


def test_every_row_on_the_same_set_up_is_offered(row):
    make_other(decode_tokens_per_second=99)
    make_other(decode_tokens_per_second=101)

    assert [speed for _, speed, _ in figures(row)] == ["101", "99"]


def test_each_says_how_far_it_is_trusted(row):
    day = timezone.now().date()
    make_other(quantization="Q8_0", confidence_before_age=2, measured_on=day)

    assert [found.confidence for found in neighbours_of(row)] == ["High"]


def test_many_cards_do_not_hide_the_one_other_engine(row):
    for number in range(5):
        make_other(hardware_slug=f"card-{number}", hardware_name=f"Card {number}")
    make_other(engine_name="other", engine=make_engine("Other"))

    found = differences(row, limit=3)

    assert found[0] == ("Engine", "Other b1")
    assert [axis for axis, _ in found] == ["Engine", "Hardware", "Hardware"]
