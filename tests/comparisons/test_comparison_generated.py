"""A comparison that nobody has written, made from the facts."""

import csv
import io

import pytest

from catalog.models import Alias
from editorial.workflow import withdraw
from tests.benchmarks.factories import make_benchmark
from tests.catalog.factories import (
    make_ai_model,
    make_engine,
    make_failure_mode,
    make_hardware,
    make_price,
)
from tests.comparisons.factories import (
    make_published_comparison,
    make_verdict,
    publish_document,
)
from tests.editorial.factories import make_publisher

pytestmark = pytest.mark.django_db

URL = "/compare/hardware/big-card-vs-small-card/"


@pytest.fixture
def cards():
    """Two cards that differ in memory, agree in bandwidth, and lack the rest."""
    small = make_hardware("Small card", memory_bytes=12 * 2**30)
    return make_hardware("Big card", board_power_w=300), small


@pytest.fixture
def page(client, cards):
    return client.get(URL)


def labels(group):
    return [row.label for row in group.rows]


def test_the_page_says_that_it_was_generated_and_names_no_winner(page):
    text = page.content.decode()

    assert page.status_code == 200
    assert "Generated from the catalogue" in text
    assert "names no winner" in text
    assert "leads this row" not in text.lower()


def test_it_is_kept_out_of_search_engines_and_the_site_map(client, page):
    assert '<meta name="robots" content="noindex">' in page.content.decode()
    assert URL not in client.get("/sitemap.xml").content.decode()


def test_differences_come_first_then_what_is_half_known_then_what_is_equal(page):
    first, partly, equal = page.context["groups"]

    assert labels(first) == ["Memory"]
    assert "Board power" in labels(partly)
    assert "Memory bandwidth" in labels(equal)
    assert "NVLink" in page.context["table"].nowhere


def test_every_known_cell_names_its_source_and_the_day(page):
    for group in page.context["groups"]:
        for row in group.rows:
            for cell in row.cells:
                assert bool(cell.fact.display) == bool(cell.fact.source_url), row.label
                assert bool(cell.fact.display) == bool(cell.fact.as_of), row.label


def test_only_differences_are_shown_when_asked(client, cards):
    groups = client.get(URL, {"rows": "differences"}).context["groups"]

    assert [labels(group) for group in groups] == [["Memory"]]


def test_equal_sides_have_a_sentence_instead_of_an_empty_table(client):
    make_hardware("One"), make_hardware("Two")

    page = client.get("/compare/hardware/one-vs-two/", {"rows": "differences"})

    assert "No fact that is known of two sides differs" in page.content.decode()


@pytest.mark.parametrize(
    "slug", ["small-card-vs-big-card", "Big.Card-vs-small-card", "bc-vs-small-card"]
)
def test_other_orders_dots_and_aliases_lead_to_the_one_address(client, cards, slug):
    Alias.objects.create(fact_type="hardware", alias="bc", target_uid=cards[0].uid)

    response = client.get(f"/compare/hardware/{slug}/?rows=differences")

    assert response.status_code == 301
    assert response["Location"] == f"{URL}?rows=differences"


def test_what_editors_wrote_wins_under_every_name_of_the_sides(client):
    comparison = make_published_comparison(names=["Alpha", "Beta"])
    engine = comparison.sides.first().engine
    Alias.objects.create(fact_type="engine", alias="first", target_uid=engine.uid)

    assert "doc" in client.get("/compare/engines/alpha-vs-beta/").context
    response = client.get("/compare/engines/first-vs-beta/")
    assert response["Location"] == "/compare/engines/alpha-vs-beta/"


def test_a_withdrawn_comparison_is_not_replaced_by_its_facts(client):
    comparison = make_published_comparison(names=["Alpha", "Beta"])
    withdraw(comparison, by=make_publisher(), note="It was wrong.")

    assert client.get("/compare/engines/alpha-vs-beta/").status_code == 410


@pytest.mark.parametrize(
    "slug", ["big-card", "big-card-vs-big-card", "a-vs-b-vs-c-vs-d-vs-e"]
)
def test_too_few_too_many_or_the_same_lead_to_the_form(client, cards, slug):
    for name in "abcde":
        make_hardware(name)

    response = client.get(f"/compare/hardware/{slug}/", follow=True)

    assert response.redirect_chain[0][1] == 302
    assert response.context["choice"].problems


def test_an_unknown_side_is_404_with_the_nearest(client, cards):
    response = client.get("/compare/hardware/big-card-vs-smal-card/")

    assert response.status_code == 404
    ((text, offers),) = response.context["suggestions"]
    assert text == "smal-card"
    assert offers[0] == (
        "Small card",
        "/compare/hardware/?side=big-card&side=small-card",
    )


@pytest.mark.parametrize("slug", ["%00-vs-a", "-vs-", "%F0%9F%98%80-vs-a", "a" * 3000])
def test_no_address_is_an_error(client, cards, slug):
    for tail in ("", "matrix.csv", "matrix.json"):
        response = client.get(f"/compare/hardware/{slug}/{tail}", follow=True)
        assert response.status_code in {200, 404}


def test_the_table_can_be_had_as_csv_and_json(client, cards):
    lines = list(
        csv.reader(io.StringIO(client.get(f"{URL}matrix.csv").content.decode()))
    )
    data = client.get(f"{URL}matrix.json").json()

    assert lines[0][3:5] == ["Big card: value", "Big card: unit"]
    assert lines[1][0] == "Memory"
    memory = data["rows"][0]["values"]
    assert (memory["small-card"]["value"], memory["small-card"]["unit"]) == ("12", "GB")
    assert memory["small-card"]["source"].startswith("https://")
    power = next(row for row in data["rows"] if row["fact"] == "Board power")
    assert power["values"]["small-card"] is None
    assert data["generated"] is True


def test_verdicts_and_written_comparisons_of_a_side_are_linked(client):
    comparison = make_published_comparison(names=["Alpha", "Beta"])
    publish_document(make_verdict(engine=comparison.sides.first().engine))
    make_failure_mode(make_engine("Gamma"), title="It runs out of memory")

    page = client.get("/compare/engines/alpha-vs-gamma/")

    assert [card.verdict for card in page.context["cards"]] == [
        "/tools/alpha/#verdict",
        "",
    ]
    assert [row.path for row in page.context["related"]] == [
        "/compare/engines/alpha-vs-beta/"
    ]
    assert "It runs out of memory" in page.content.decode()


def test_measurements_on_equal_set_ups_stand_side_by_side(client, cards):
    for card in cards:
        make_benchmark(hardware=card, engine_name="an-engine")

    ((_, bars),) = client.get(URL).context["measured"]

    assert [(letter, bar.label) for letter, bar in bars] == [
        ("a", "Big card"),
        ("b", "Small card"),
    ]


def test_a_side_more_costs_no_statement_more(client, django_assert_num_queries):
    for name in ("One", "Two", "Three", "Four"):
        make_price(make_hardware(name))
        make_ai_model(name)
        make_engine(name)
    client.get("/compare/hardware/one-vs-two/")

    for folder, count in (("hardware", 8), ("models", 9), ("engines", 10)):
        for slug in ("one-vs-two", "four-vs-one-vs-three-vs-two"):
            with django_assert_num_queries(count):
                client.get(f"/compare/{folder}/{slug}/")


def test_notes_are_read_clause_by_clause_without_what_programs_read(client, cards):
    cards[0].notes = "gfx=gfx1100; fp8 = 8x fp32_tflops; tdp_watts of the board"
    cards[0].save()

    ((side, clauses),) = client.get(URL).context["notes"]

    assert side.name == "Big card"
    assert clauses == ["FP8 = 8x FP32", "board power of the board"]
