"""The list of measurements: what it leaves out, keeps apart and counts."""

import datetime
from decimal import Decimal

import pytest
import time_machine

from benchmarks import listing
from benchmarks.models import BenchmarkRun
from catalog.listing import counting
from catalog.models import Alias
from tests.benchmarks.factories import make_benchmark
from tests.catalog.factories import make_ai_model, make_engine, make_hardware

pytestmark = pytest.mark.django_db

PATH = "/benchmarks/"
day = datetime.date


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-25T12:00:00Z", tick=False):
        yield


def page(client, **parameters):
    return client.get(PATH, parameters).context["listing_page"]


def slugs(client, **parameters):
    return [line.slug for line in page(client, **parameters).lines]


def cell(line, name):
    return next(cell for column, cell in line.cells if column.name == name)


def options(listed, name):
    group = next(each for each in listed.groups if each.name == name)
    return {line.label: line.count for line in [*group.options, *group.more]}


def test_doubtful_rows_stay_out_until_asked_for_and_are_labelled_then(client):
    make_benchmark(slug="sound")
    make_benchmark(slug="odd", is_doubtful=True)

    asked = page(client, doubtful="yes")

    assert slugs(client) == ["sound"]
    assert {line.slug for line in asked.lines} == {"sound", "odd"}
    [odd] = [line for line in asked.lines if line.slug == "odd"]
    assert ("caution", "doubtful") in cell(odd, "setup").tags


def test_rows_of_24_months_or_more_stay_out_and_undated_ones_do_not(client):
    make_benchmark(slug="young", measured_on=day(2024, 11, 26))
    make_benchmark(slug="exactly-24-months", measured_on=day(2024, 11, 25))
    make_benchmark(slug="undated", measured_on=None)

    assert slugs(client) == ["young", "undated"]
    assert slugs(client, old="yes") == ["young", "exactly-24-months", "undated"]


def test_rows_that_are_not_public_are_not_listed(client):
    for state in ("queued", "returned", "rejected", "withdrawn", "reproduced"):
        make_benchmark(slug=state, state=state)

    assert slugs(client) == ["reproduced"]


def test_one_request_and_many_have_a_column_each(client):
    make_benchmark(slug="one", decode_tokens_per_second=Decimal("61.26"))
    make_benchmark(slug="many", aggregate_tokens_per_second=Decimal(2400))

    one, many = sorted(page(client).lines, key=lambda line: line.slug != "one")

    assert cell(one, "decode").text == "61.3"
    assert cell(one, "aggregate").text == ""
    assert cell(many, "decode").text == ""
    assert cell(many, "aggregate").text == "2\u202f400"
    assert list(cell(many, "aggregate").notes) == ["16 at once", "output tokens"]


def test_the_fastest_comes_first_and_rows_without_that_speed_last(client):
    make_benchmark(slug="slow", decode_tokens_per_second=10)
    make_benchmark(slug="many", aggregate_tokens_per_second=9000)
    make_benchmark(slug="fast", decode_tokens_per_second=90)

    assert slugs(client, sort="-decode") == ["fast", "slow", "many"]


def test_engine_hardware_and_model_narrow_by_their_slugs(client):
    engine, card = make_engine("Engine"), make_hardware("Card")
    model = make_ai_model("Llama 3 8B")
    links = {"engine": engine, "hardware": card, "ai_model": model}
    make_benchmark(slug="all", **links)
    make_benchmark(slug="other", **links | {"hardware": make_hardware("Other")})
    make_benchmark(slug="loose", hardware_name="RTX 4090 in a box")

    found = slugs(client, engine="engine", hardware="card", model="llama-3-8b")

    assert found == ["all"]
    assert slugs(client, hardware="not-stated") == ["loose"]
    assert slugs(client, q="4090 box") == ["loose"]


def test_an_alias_narrows_as_the_slug_it_stands_for(client):
    model = make_ai_model("Llama 3 8B Instruct")
    Alias.objects.create(fact_type="model", alias="llama-3-8b", target_uid=model.uid)
    make_benchmark(slug="found", ai_model=model)
    make_benchmark(slug="other")

    listed = page(client, model=["llama-3-8b", "llama-3-8b-instruct"])

    assert [line.slug for line in listed.lines] == ["found"]
    assert listed.query.values["model"] == ["llama-3-8b-instruct"]
    assert listed.query.ignored == []


def test_the_tier_of_a_day_is_what_is_filtered_and_counted(client):
    make_benchmark(slug="young", confidence_before_age=2, measured_on=day(2026, 8, 1))
    make_benchmark(slug="stale", confidence_before_age=2, measured_on=day(2025, 5, 25))
    make_benchmark(slug="undated", confidence_before_age=0, measured_on=None)

    listed = page(client, confidence="2")

    assert [line.slug for line in listed.lines] == ["young"]
    assert slugs(client, confidence="1") == ["stale"]
    assert slugs(client, confidence="0") == ["undated"]
    assert options(listed, "confidence") == {"Low": "1", "Moderate": "1", "High": "1"}


def test_counts_beyond_the_cap_are_lower_bounds(client, monkeypatch):
    monkeypatch.setattr(listing, "COUNT_CAP", 3)
    monkeypatch.setattr(counting, "OPTION_CAP", 2)
    for number in range(5):
        make_benchmark(quantization="Q4_K_M" if number else "Q8_0")

    everything = page(client)
    narrowed = page(client, quantization="Q8_0")

    assert everything.total == "3+"
    assert all(
        count.endswith("+") for count in options(everything, "quantization").values()
    )
    assert narrowed.total == "1"
    assert options(narrowed, "source") == {"Community": "1"}
    assert options(narrowed, "quantization")["Q8_0"] in {"0", "1+"}


def test_pages_end_at_the_cap_and_say_so(client, monkeypatch):
    monkeypatch.setattr(listing, "COUNT_CAP", 25)
    for _ in range(30):
        make_benchmark()

    text = client.get(PATH).content.decode()

    assert "Pages end here" in text


def test_the_chart_draws_one_metric_and_one_kind_of_aggregate(client):
    make_benchmark(aggregate_tokens_per_second=100, aggregate_kind="output")
    make_benchmark(aggregate_tokens_per_second=300, aggregate_kind="output")
    make_benchmark(aggregate_tokens_per_second=900, aggregate_kind="prompt_and_output")
    make_benchmark(decode_tokens_per_second=50)

    chart = client.get(PATH, {"sort": "-aggregate"}).context["chart"]

    assert [bar.display for bar in chart.bars] == ["300", "100"]
    assert "output tokens" in chart.caveat


def test_the_chart_spans_the_single_runs_where_they_are_known(client):
    known = make_benchmark(slug="known", decode_tokens_per_second=100)
    make_benchmark(slug="unknown", decode_tokens_per_second=80)
    for number, speed in enumerate((95, 100, 110)):
        BenchmarkRun.objects.create(
            benchmark=known, number=number, decode_tokens_per_second=speed
        )

    first, second = client.get(PATH, {"sort": "-decode"}).context["chart"].bars

    assert first.low < first.end < first.high
    assert (second.low, second.high) == (None, None)


def test_one_row_makes_no_chart(client):
    make_benchmark()

    assert client.get(PATH).context["chart"] is None


def test_the_export_has_the_tier_the_kind_of_aggregate_and_the_raw_names(client):
    make_benchmark(aggregate_tokens_per_second=Decimal("512.5"), model_name="L3")

    text = client.get(f"{PATH}list.csv").getvalue().decode()

    assert "aggregate_counts" in text
    assert "L3" in text
    assert "512.5" in text


def test_the_number_of_statements_does_not_grow(client, django_assert_num_queries):
    links = {
        "engine": make_engine("Engine"),
        "hardware": make_hardware("Card"),
        "ai_model": make_ai_model("Model"),
    }
    for _ in range(9):
        make_benchmark(**links)
    address = f"{PATH}?engine=engine&hardware=card&model=model&sort=-decode"

    # the three ticked things, counts, their options' names, keys, rows, single runs
    with django_assert_num_queries(10):
        client.get(address)
