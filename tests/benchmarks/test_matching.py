"""Which measurements stand side by side, and what is said of each."""

import datetime

import pytest
from django.utils import timezone

from benchmarks.age import is_stale
from benchmarks.matching import measured_side_by_side
from tests.benchmarks.factories import make_benchmark
from tests.catalog.factories import make_ai_model, make_engine, make_hardware
from tests.editorial.factories import make_source

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 24)
AGGREGATE = {"aggregate_tokens_per_second": 2000}


@pytest.fixture
def sides():
    return make_engine("Alpha"), make_engine("Beta")


@pytest.fixture
def groups(sides):
    """`groups()`: what would be drawn of the two engines."""
    uids = [side.uid for side in sides]
    return lambda **options: measured_side_by_side("engine", uids, **options)


@pytest.fixture
def measure(sides):
    """`measure(shared, second)`: a row for each engine, the second one differing."""

    def measure(shared=None, second=None):
        first, other = sides
        make_benchmark(engine=first, **shared or {})
        make_benchmark(engine=other, **(shared or {}) | (second or {}))

    return measure


def speeds(group):
    return [int(bar.value) for bar in group.bars]


def test_two_rows_of_one_set_up_stand_side_by_side(measure, groups):
    measure(second={"decode_tokens_per_second": 50})

    (group,) = groups()

    assert [bar.label for bar in group.bars] == ["Alpha", "Beta"]
    assert [(bar.display, bar.share) for bar in group.bars] == [
        ("100", 100),
        ("50", 50),
    ]
    assert group.setup == [
        ("Model", "A Model"),
        ("Hardware", "1 × A Card"),
        ("Quantisation", "Q4_K_M"),
        ("Prompt / output", "512 / 128 tokens"),
    ]
    assert group.same_source_only is False


DIFFERENCES = [
    {"model_slug": "another-model"},
    {"quantization": "Q8_0"},
    {"hardware_slug": "another-card"},
    {"hardware_count": 2},
    {"prompt_tokens": 1024},
    {"output_tokens": 256},
    {"context_depth_tokens": 4096},
    {"concurrency": 2},
]
ONLY_OF_AGGREGATES = [{"aggregate_kind": "decode_phase"}, {"concurrency": 32}]


@pytest.mark.parametrize("second", DIFFERENCES, ids=lambda values: next(iter(values)))
def test_one_difference_in_the_set_up_keeps_rows_apart(measure, groups, second):
    measure(second=second)

    assert groups() == []


@pytest.mark.parametrize("other", DIFFERENCES, ids=lambda values: next(iter(values)))
def test_two_set_ups_are_drawn_apart(measure, groups, other):
    measure()
    measure(other)

    assert [len(group.bars) for group in groups()] == [2, 2]


@pytest.mark.parametrize("second", ONLY_OF_AGGREGATES, ids=lambda row: next(iter(row)))
def test_aggregates_that_count_or_load_differently_stay_apart(measure, groups, second):
    measure(AGGREGATE, second)

    assert groups() == []


def test_aggregates_say_how_many_requests_and_what_they_count(measure, groups):
    measure(AGGREGATE)

    (group,) = groups()

    assert group.metric == "aggregate_tokens_per_second"
    assert ("Requests at once", "16") in group.setup
    assert ("Counts", "output tokens") in group.setup


def test_one_stream_never_stands_beside_an_aggregate(measure, groups):
    measure({"concurrency": 1}, {"decode_tokens_per_second": None} | AGGREGATE)

    assert groups() == []


def test_prefill_is_compared_with_prefill_only(measure, groups):
    first = {"prefill_tokens_per_second": 900, "decode_tokens_per_second": 100}
    measure(first, {"decode_tokens_per_second": None})

    assert [group.metric for group in groups()] == ["prefill_tokens_per_second"]


UNSTATED = [
    {"quantization": ""},
    {"hardware_count": None},
    {"prompt_tokens": None},
    {"output_tokens": None},
    AGGREGATE | {"concurrency": None},
    AGGREGATE | {"aggregate_kind": "not_stated"},
]
unstated = pytest.mark.parametrize("shared", UNSTATED, ids=lambda row: list(row)[-1])


@unstated
def test_what_is_not_stated_never_matches_across_sources(measure, groups, shared):
    measure(shared)

    assert groups() == []


@unstated
def test_what_is_not_stated_matches_inside_one_source_and_says_so(
    measure, groups, shared
):
    measure(shared | {"source": make_source()})

    (group,) = groups()

    assert group.same_source_only is True


def test_stated_and_not_stated_do_not_match_even_inside_one_source(measure, groups):
    measure({"source": make_source()}, {"quantization": ""})

    assert groups() == []


@pytest.mark.parametrize(
    "second",
    [{"is_doubtful": True}, {"state": "queued"}, {"state": "withdrawn"}],
    ids=lambda values: str(next(iter(values.values()))),
)
def test_doubtful_and_unpublished_rows_are_left_out(measure, groups, second):
    measure(second=second)

    assert groups() == []


def test_two_rows_of_one_side_are_no_comparison(sides, groups):
    make_benchmark(engine=sides[0])
    make_benchmark(engine=sides[0])

    assert groups() == []


def test_the_newest_of_several_rows_of_one_side_is_shown(sides, measure, groups):
    measure()
    for speed, measured_on in (
        (300, datetime.date(2026, 9, 1)),
        (200, datetime.date(2026, 7, 1)),
        (400, None),
    ):
        values = {"measured_on": measured_on, "decode_tokens_per_second": speed}
        make_benchmark(engine=sides[0], **values)

    (group,) = groups()

    assert speeds(group) == [300, 100]


def test_the_median_of_equally_old_rows_is_shown(sides, measure, groups):
    measure()
    for speed in (90, 500):
        make_benchmark(engine=sides[0], decode_tokens_per_second=speed)

    (group,) = groups()

    assert speeds(group) == [100, 100]


def test_each_number_says_how_old_it_is_and_where_it_stood(measure, groups):
    long_ago = timezone.now().date() - datetime.timedelta(days=600)
    measure({"measured_on": long_ago}, {"measured_on": None})

    (group,) = groups()

    old, undated = group.bars
    assert (old.is_stale, undated.is_stale) == (True, False)
    assert undated.measured_on_display == "undated"
    assert old.source_kind_label == "Community"
    assert old.source_url.startswith("https://example.org/")


@pytest.mark.parametrize(
    ("measured_on", "stale"),
    [
        (datetime.date(2025, 5, 24), True),
        (datetime.date(2025, 5, 25), False),
        (datetime.date(2025, 6, 1), False),
        (datetime.date(2025, 4, 30), True),
        (datetime.date(2024, 12, 31), True),
        (None, False),
    ],
)
def test_a_row_is_stale_from_18_months_to_the_day(measured_on, stale):
    assert is_stale(measured_on, TODAY) is stale


def test_bars_stand_in_the_order_of_the_sides(sides, measure):
    measure(second={"decode_tokens_per_second": 50})
    alpha, beta = sides

    (group,) = measured_side_by_side("engine", [beta.uid, alpha.uid])

    assert [bar.label for bar in group.bars] == ["Beta", "Alpha"]


def test_a_set_up_of_more_sides_comes_first(sides, measure):
    gamma = make_engine("Gamma")
    measure({"model_slug": "a-pair", "measured_on": TODAY})
    measure({"model_slug": "three"})
    make_benchmark(engine=gamma, model_slug="three")
    uids = [side.uid for side in (*sides, gamma)]

    groups = measured_side_by_side("engine", uids)

    assert [len(group.bars) for group in groups] == [3, 2]


def test_newer_measurements_come_before_older_and_undated_ones(measure, groups):
    for name, measured_on in (
        ("Undated", None),
        ("Old", datetime.date(2025, 1, 1)),
        ("New", datetime.date(2026, 1, 1)),
    ):
        shared = {"model_slug": name.lower(), "model_name": name}
        measure(shared | {"measured_on": measured_on})

    shown = [group.setup[0][1] for group in groups()]

    assert shown == ["New", "Old", "Undated"]


def test_what_is_shown_is_spread_over_hardware_and_models(measure, groups):
    newest = {"measured_on": TODAY}
    for quantization in ("Q4_0", "Q6_K", "Q8_0"):
        measure(newest | {"quantization": quantization})
    measure({"hardware_slug": "another-card", "hardware_name": "Another Card"})

    shown = [group.setup[1][1] for group in groups(limit=2)]

    assert shown == ["1 × A Card", "1 × Another Card"]


@pytest.mark.parametrize(
    ("subject", "link", "make", "name"),
    [
        ("hardware", "hardware", make_hardware, "hardware_slug"),
        ("model", "ai_model", make_ai_model, "model_slug"),
    ],
)
def test_chips_and_models_are_compared_by_the_same_rule(subject, link, make, name):
    sides = [make(), make()]
    for side in sides:
        make_benchmark(**{link: side, name: side.slug})

    (group,) = measured_side_by_side(subject, [side.uid for side in sides])

    assert [bar.side_uid for bar in group.bars] == [side.uid for side in sides]


def test_one_statement_finds_everything(measure, groups, django_assert_num_queries):
    for model in ("one", "two", "three"):
        measure({"model_slug": model, "prefill_tokens_per_second": 900})

    with django_assert_num_queries(1):
        assert groups()
