"""The page that prints the rule of confidence."""

from decimal import Decimal

import pytest

from benchmarks import confidence_rules
from editorial.vocabularies import BenchmarkSource, Confidence
from tests.benchmarks.factories import make_benchmark
from tests.page_words import words_of

pytestmark = pytest.mark.django_db

URL = "/methodology/confidence/"


def words(client):
    return words_of(client.get(URL))


@pytest.mark.parametrize(
    ("name", "value", "printed"),
    [
        ("FEW_ITEMS", 2, "The record states 2 items of 8 or fewer 1 down"),
        ("STEP_FEW_ITEMS", -2, "The record states 4 items of 8 or fewer 2 down"),
        ("AGREEMENT", Decimal("0.07"), "lie within 7\u202f% 1 up"),
        ("DISAGREEMENT", Decimal("0.45"), "lie 45\u202f% or more apart"),
        ("REPRODUCTION_STEPS", {2: 1}, "Reproduced by 2 other operators or more 1 up"),
        ("CEILING_ALONE", Confidence.MODERATE, "Without a reproduction, moderate is"),
        ("RUNS_NEEDED", 5, "Single runs count from 5 on."),
        ("RECORD_ITEMS", {"command": "the command"}, "states all 1 item"),
        (
            "BASE_TIERS",
            dict.fromkeys(BenchmarkSource, Confidence.VERY_HIGH),
            "Community Very high",
        ),
    ],
)
def test_a_changed_constant_changes_the_page(client, monkeypatch, name, value, printed):
    assert printed not in words(client)
    monkeypatch.setattr(confidence_rules, name, value)

    assert printed in words(client)


def test_the_example_is_a_real_row_judged_by_the_function(client):
    make_benchmark(command="run", measured_on="2026-01-01")
    row = make_benchmark(command="run", measured_on="2026-02-01")
    make_benchmark(command="", measured_on="2026-03-01")

    response = client.get(URL)

    assert response.context["example"] == row
    text = words(client)
    for reason in response.context["example_assessment"].reasons:
        assert reason in text


def test_without_a_row_there_is_no_example(client):
    assert "No measurement with a date and a command" in words(client)


def test_the_methodology_page_leads_there(client):
    assert f'href="{URL}"' in client.get("/methodology/").content.decode()


def test_the_page_takes_three_statements(client, django_assert_num_queries):
    make_benchmark(command="run")

    with django_assert_num_queries(3):  # the row, its runs, its equals
        client.get(URL)
