"""The confidence that is stored with a row: gathered, kept up to date, asked for."""

import datetime
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from benchmarks.confidence import assess
from benchmarks.grading import Equals, evidence_of, regrade, regrade_all, stated_items
from benchmarks.models import Benchmark, BenchmarkRun
from editorial.vocabularies import Confidence
from tests.benchmarks.factories import make_benchmark
from tests.desk.test_document_form import form_data
from tests.editorial.factories import make_fact_editor, make_person, make_source

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 24)
DOCUMENTED = {"engine_version": "1.2.0", "backend": "cuda", "command": "run"}


def make_known(**values):
    """A row with most of its record."""
    return make_benchmark(**DOCUMENTED | values)


def spread(row):
    return Equals(Benchmark.objects.all()).spread(row)[:2]


def stored(row):
    row.refresh_from_db()
    return row.confidence_before_age


def test_equal_rows_on_other_pages_are_held_against_each_other():
    row = make_known(decode_tokens_per_second=100)
    make_known(decode_tokens_per_second=108)

    assert spread(row) == (Decimal(8) / Decimal(104), 1)


def test_equal_rows_on_one_page_are_no_second_voice():
    source = make_source()
    row = make_known(source=source)
    make_known(source=source)

    assert spread(row) == (0, 0)


DIFFERENT = [
    {"engine_version": "2.0.1"},
    {"engine_name": "another"},
    {"backend": "vulkan"},
    {"hardware_slug": "another"},
    {"quantization": "Q8_0"},
    {"output_tokens": 256},
    {"concurrency": 2},
    {"is_doubtful": True},
    {"state": "withdrawn"},
    {"engine_version": ""},
    {"backend": ""},
]


@pytest.mark.parametrize("other", DIFFERENT, ids=lambda row: "-".join(map(str, row)))
def test_rows_that_differ_or_do_not_count_are_not_equal(other):
    row = make_known()
    make_known(**other)

    assert spread(row) == (None, 0)


@pytest.mark.parametrize(
    ("first", "second"),
    [("1.2.0", "1.9.3"), ("v1.2", "1.3"), ("0.6.3", "0.6.5"), ("b100", "b200")],
)
def test_versions_with_one_major_number_are_equal(first, second):
    row = make_known(engine_version=first)
    make_known(engine_version=second)

    assert spread(row) == (0, 1)


def test_llama_cpp_and_ollama_count_as_one_engine():
    row = make_known(engine_name="llama-cpp")
    make_known(engine_name="ollama")

    assert spread(row) == (0, 1)


def test_of_several_metrics_the_one_that_disagrees_most_counts():
    speeds = {"decode_tokens_per_second": 100, "prefill_tokens_per_second": 1000}
    row = make_known(**speeds)
    make_known(**speeds | {"prefill_tokens_per_second": 2000})

    found = Equals(Benchmark.objects.all()).spread(row)
    assert found == (Decimal(1000) / Decimal(1500), 1, "prefill_tokens_per_second")


@pytest.mark.parametrize(
    ("values", "is_stated"),
    [
        ({"prompt_tokens": None}, True),
        ({"output_tokens": None}, False),
        ({"prefill_tokens_per_second": 900, "output_tokens": None}, True),
        ({"prefill_tokens_per_second": 900, "prompt_tokens": None}, False),
        ({"aggregate_tokens_per_second": 900, "prompt_tokens": None}, False),
    ],
)
def test_the_lengths_that_count_are_those_the_figure_depends_on(values, is_stated):
    row = make_known(**values)

    assert ("lengths" in stated_items(row, runs=0)) is is_stated


def test_three_published_runs_complete_a_record():
    row = make_known()
    for number in (1, 2, 3):
        BenchmarkRun.objects.create(benchmark=row, number=number)

    regrade_all()

    assert stored(row) == 2


def test_a_reproduced_row_stands_higher():
    row = make_known(state="reproduced")

    regrade_all()

    assert stored(row) == 2


def test_regrading_one_row_judges_its_equals_too():
    first = make_known()
    regrade_all()
    assert stored(first) == 1

    changed = regrade([make_known()])

    assert changed == 2
    assert stored(first) == 2


def test_regrading_all_twice_changes_nothing():
    make_known()

    assert (regrade_all(), regrade_all()) == (1, 0)


@pytest.mark.parametrize("tier", Confidence)
def test_the_filter_and_the_row_agree_on_every_tier(tier):
    for level in range(4):
        for day in (TODAY, datetime.date(2025, 5, 24), None):
            make_benchmark(confidence_before_age=level, measured_on=day)

    found = set(Benchmark.objects.with_confidence([tier], TODAY))

    assert found == {
        row for row in Benchmark.objects.all() if row.confidence_on(TODAY) == tier
    }
    assert found


def test_the_stored_tier_is_the_one_the_function_gives():
    today = timezone.now().date()
    make_known(decode_tokens_per_second=100)
    make_known(decode_tokens_per_second=150)
    make_benchmark(measured_on=None)
    make_benchmark(is_doubtful=True)
    regrade_all()

    rows = list(Benchmark.objects.for_grading())
    equals = Equals(rows)
    for row in rows:
        evidence = evidence_of(row, equals, runs=0, today=today)
        assert row.confidence_on(today) == assess(evidence).tier


def test_rows_of_two_years_and_more_are_off_lists_and_undated_ones_are_not():
    make_benchmark(slug="old", measured_on=datetime.date(2024, 11, 24))
    make_benchmark(slug="younger", measured_on=datetime.date(2024, 11, 25))
    make_benchmark(slug="undated", measured_on=None)

    kept = Benchmark.objects.not_hidden_by_age(TODAY).values_list("slug", flat=True)

    assert set(kept) == {"younger", "undated"}


def test_the_command_repairs_and_counts():
    make_known(measured_on=timezone.now().date(), confidence_before_age=3)
    out = StringIO()

    call_command("regrade_benchmarks", stdout=out)

    assert out.getvalue().splitlines() == [
        *("1 rows changed.", "Low: 0", "Moderate: 1", "High: 0", "Very high: 0")
    ]


@pytest.fixture
def desk(client):
    client.force_login(make_fact_editor())
    return client


def send(client, row, **changes):
    url = reverse("admin:benchmarks_benchmark_change", args=[row.pk])
    proof = {"change_source": row.source.url}
    return client.post(url, form_data(client, url) | proof | changes)


def test_a_save_at_the_desk_judges_the_row_and_those_it_leaves_and_joins(desk):
    row, left, joined = make_known(), make_known(), make_known(quantization="Q8_0")
    regrade_all()
    assert (stored(left), stored(joined)) == (2, 1)

    response = send(desk, row, quantization="Q8_0")

    assert response.status_code == 302
    assert (stored(row), stored(left), stored(joined)) == (2, 1, 2)


def test_runs_saved_at_the_desk_count_at_once(desk):
    row = make_known()
    regrade_all()
    runs = {"runs-TOTAL_FORMS": "3"}
    for place in range(3):
        runs[f"runs-{place}-number"] = str(place + 1)
        runs[f"runs-{place}-decode_tokens_per_second"] = "100"

    response = send(desk, row, **runs)

    assert response.status_code == 302
    assert stored(row) == 2


def test_deleting_a_row_takes_its_voice_back(client):
    client.force_login(make_person(is_superuser=True))
    row, equal = make_known(), make_known()
    regrade_all()
    url = reverse("admin:benchmarks_benchmark_delete", args=[row.pk])

    client.post(url, {"post": "yes"})

    assert not Benchmark.objects.filter(pk=row.pk).exists()
    assert stored(equal) == 1
