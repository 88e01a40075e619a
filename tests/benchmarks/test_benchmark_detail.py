"""The page of one measurement: what it says, what it leads to, who may see it."""

import datetime
import json
import re

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse

from benchmarks.models import BenchmarkRun
from benchmarks.registration import resolve_benchmarks, sitemap_rows
from catalog.facts import record_change
from tests.benchmarks.factories import make_benchmark
from tests.catalog.factories import make_ai_model, make_engine, make_hardware
from tests.editorial.factories import make_source
from tests.page_words import words_of

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 24, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def read(client):
    """`read(row)`: the words of its page, with single spaces."""

    def read(row):
        response = client.get(row.get_absolute_url())
        assert response.status_code == 200
        return words_of(response)

    return read


def settings_of(response):
    """Label to setting, of all three lists."""
    tables = response.context["settings"]
    return {row.label: row for table in tables for row in table.rows}


def test_the_title_names_model_quantisation_hardware_and_engine(client):
    row = make_benchmark(
        engine=make_engine("Alpha"),
        hardware=make_hardware("Card"),
        ai_model=make_ai_model("Model"),
        hardware_count=2,
    )

    response = client.get(f"/benchmarks/{row.slug}/")

    assert response.context["title"] == "Model Q4_K_M on 2 × Card with Alpha"


def test_each_kind_of_speed_says_what_it_is(read):
    single = read(make_benchmark(prefill_tokens_per_second=900))
    aggregate = read(make_benchmark(aggregate_tokens_per_second=2000))

    assert "Prefill, one request 900 tok/s" in single
    assert "Aggregate over all requests 2\u202f000 tok/s" in aggregate
    assert "Not the speed of any one. Counts: output tokens." in aggregate


def test_what_the_source_does_not_say_is_a_dash(client):
    row = make_benchmark(hardware_count=None, context_depth_tokens=0)

    found = settings_of(client.get(row.get_absolute_url()))

    assert found["Number of devices"].display == ""
    assert found["Power"].display == ""
    assert found["Context depth"].display == "0"


def test_linked_names_lead_to_their_pages_and_keep_the_source_s_word(client):
    chip = make_hardware("Card")
    row = make_benchmark(hardware=chip, hardware_name="Card 24GB")

    found = settings_of(client.get(row.get_absolute_url()))

    assert found["Hardware"].link == chip.get_absolute_url()
    assert found["Hardware"].note == "The source says “Card 24GB”."
    assert found["Model"].link == ""
    assert "not tied to one entry" in found["Model"].note


def test_marks_and_the_source_of_a_corrected_field_stand_beside_it(client):
    row = make_benchmark(power_w=300, marks={"power_w": "derived"})
    source = make_source()
    record_change(row, fields=["quantization"], source=source)

    found = settings_of(client.get(row.get_absolute_url()))

    assert found["Power"].mark == "derived"
    assert found["Quantisation"].source_url == source.url


def test_a_doubtful_row_says_why(read):
    row = make_benchmark(is_doubtful=True, notes="GGUF 4 GiB; doubtful: far too fast")

    text = read(row)

    assert "What speaks against the figure: far too fast." in text
    assert "Confidence: low" in text


def test_a_doubtful_row_without_a_note_is_doubtful_all_the_same(read):
    assert "Another figure contradicts it." in read(make_benchmark(is_doubtful=True))


def test_age_is_said(read):
    old = datetime.date(2024, 1, 1)

    assert "Stale" in read(make_benchmark(measured_on=old))
    assert "Undated" in read(make_benchmark(measured_on=None))
    assert "Stale" not in read(make_benchmark())


def test_confidence_comes_with_reasons_and_what_would_raise_it(client):
    row = make_benchmark(engine_version="1.0.1", backend="cuda", command="run it")

    response = client.get(row.get_absolute_url())

    assessment = response.context["assessment"]
    assert assessment.reasons
    text = words_of(response)
    assert all(sentence in text for sentence in assessment.reasons)
    assert all(sentence in text for sentence in assessment.raised_by)
    assert reverse("methodology_confidence") in response.content.decode()


def test_equal_rows_that_disagree_are_pointed_out(read):
    row = make_benchmark(decode_tokens_per_second=100)
    assert "Equal rows disagree" not in read(row)

    source = row.source
    known = {"engine_version": "1.0.0", "backend": "cuda"}
    row = make_benchmark(source=source, decode_tokens_per_second=100, **known)
    make_benchmark(decode_tokens_per_second=200, **known)

    assert "Equal rows disagree" in read(row)


def test_single_runs_are_shown_with_median_and_spread(client):
    row = make_benchmark()
    for number, speed in enumerate((90, 100, 110), start=1):
        values = {"number": number, "decode_tokens_per_second": speed}
        BenchmarkRun.objects.create(benchmark=row, **values)

    (table,) = client.get(row.get_absolute_url()).context["run_tables"]

    assert table.speeds == [(1, "90"), (2, "100"), (3, "110")]
    assert (table.median, table.spread) == ("100", "20.0\u202f%")


def test_missing_runs_and_a_missing_command_are_said(read):
    text = read(make_benchmark())

    assert "The single runs are not published." in text
    assert "The source gives no command" in text


def test_the_command_is_shown_as_published_and_untested(read):
    text = read(make_benchmark(command="llama-bench -m x.gguf"))

    assert "llama-bench -m x.gguf" in text
    assert "As published with the figure. Not tested by us." in text


def test_notes_are_shown_without_what_is_meant_for_the_loader(client):
    row = make_benchmark(
        aggregate_tokens_per_second=900, notes="agg=output; TP2; agg=output (S_TG)"
    )

    notes = client.get(row.get_absolute_url()).context["notes"]

    assert notes == ["TP2", "(S_TG)"]


@pytest.mark.parametrize(
    ("state", "status"),
    [("queued", 404), ("returned", 404), ("rejected", 404), ("withdrawn", 410)],
)
def test_rows_that_are_not_public_show_nothing(client, state, status):
    row = make_benchmark(state=state, model_name="Secret")

    response = client.get(row.get_absolute_url())

    assert response.status_code == status
    assert "Secret" not in response.content.decode()


def test_an_unknown_row_is_not_found(client):
    assert client.get("/benchmarks/nothing/").status_code == 404


def test_the_page_names_its_address_and_answers_304_while_nothing_changes(client):
    row = make_benchmark()

    first = client.get(row.get_absolute_url())
    second = client.get(
        row.get_absolute_url(), headers={"if-none-match": first["ETag"]}
    )

    html = first.content.decode()
    address = f"{settings.SITE_URL}{row.get_absolute_url()}"
    assert f'rel="canonical" href="{address}"' in html
    (data,) = re.findall(r"ld\+json\">(.*?)</script>", html)
    crumbs = json.loads(data)["@graph"][0]["itemListElement"]
    assert crumbs[-1]["name"] == first.context["title"]
    assert second.status_code == 304


def test_the_page_takes_six_statements_however_many_rows_there_are(
    client, django_assert_num_queries
):
    row = make_benchmark(engine=make_engine(), hardware=make_hardware())
    for speed in range(90, 99):
        make_benchmark(decode_tokens_per_second=speed)
        make_benchmark(quantization=f"Q{speed}")

    row.notes = "read again"
    row.save()

    # The row, runs, equals, neighbours, citations, history.
    with django_assert_num_queries(6):
        client.get(row.get_absolute_url())


def test_documents_and_the_site_map_lead_to_the_page():
    row = make_benchmark()
    make_benchmark(is_doubtful=True)
    make_benchmark(measured_on=datetime.date(2024, 1, 1))
    hidden = make_benchmark(state="withdrawn")

    resolved = resolve_benchmarks([row.uid, hidden.uid])

    assert resolved[row.uid].url == row.get_absolute_url()
    assert resolved[hidden.uid].url == hidden.source.url
    assert sitemap_rows() == [(row.get_absolute_url(), None)]


def test_the_panel_of_a_chip_leads_to_the_row_and_to_its_source(client):
    chip = make_hardware("Card")
    row = make_benchmark(hardware=chip)

    html = client.get(chip.get_absolute_url()).content.decode()

    assert f'href="{row.get_absolute_url()}"' in html
    assert f'href="{row.source.url}"' in html
