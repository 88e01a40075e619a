"""The page on costs prints what the code uses."""

from dataclasses import replace

import pytest

from calculators.cost import methodology
from estimator.cost_constants import COST_FORMULAS, COST_RANGES

URL = "/methodology/cost/"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh():
    methodology.methodology_context.cache_clear()
    yield
    methodology.methodology_context.cache_clear()


def test_every_formula_and_every_range_is_printed(client):
    page = client.get(URL).text

    for formula in COST_FORMULAS:
        assert formula.key in page
        assert formula.expression.split("(")[0] in page
    for found in COST_RANGES:
        assert found.name in page
        assert f"{found.expected:.2f}" in page


def test_a_changed_constant_changes_the_page(client, monkeypatch):
    changed = replace(COST_RANGES[0], expected=0.777)
    monkeypatch.setattr(methodology, "COST_RANGES", (changed,))

    assert "0.78" in client.get(URL).text


def test_the_page_takes_no_statement(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get(URL)


def test_the_methodology_page_leads_there(client):
    assert URL in client.get("/methodology/").text
