"""The pages on how speed is estimated, and on how far the estimates are off."""

import pytest

from calculators import methodology
from calculators.accuracy import shipped_accuracy
from calculators.accuracy_chart import accuracy_chart
from estimator.hardware_classes import CLASS_WORDS, HardwareClass
from estimator.speed_constants import shipped
from estimator.speed_formulas import SPEED_FORMULAS
from tests.page_words import words_of

pytestmark = pytest.mark.django_db

ACCURACY, SPEED = "/methodology/accuracy/", "/methodology/speed/"


@pytest.mark.parametrize("url", [ACCURACY, SPEED])
def test_the_pages_ask_the_database_nothing(client, django_assert_num_queries, url):
    with django_assert_num_queries(0):
        response = client.get(url)

    assert response.status_code == 200
    assert response["ETag"]


def test_the_error_that_is_printed_is_the_one_of_the_report(client):
    words = words_of(client.get(ACCURACY))
    main = shipped_accuracy().main

    assert f"lie within {methodology.percent(main.median_error)}" in words
    assert f"each of the {main.rows} usable rows" in words
    for outcome in shipped_accuracy().worst:
        assert outcome.label in words


def test_a_missed_target_is_called_missed(client, monkeypatch):
    monkeypatch.setattr("calculators.accuracy.MEDIAN_ERROR", 0.01)
    methodology.accuracy_context.cache_clear()

    words = words_of(client.get(ACCURACY))
    methodology.accuracy_context.cache_clear()

    assert "Missed : median error at most 1" in words.replace("Missed:", "Missed :")


def test_every_formula_and_every_class_is_printed(client):
    words = words_of(client.get(SPEED))

    for formula in SPEED_FORMULAS:
        assert formula.expression in words
    for name in shipped().classes:
        assert CLASS_WORDS[HardwareClass(name)] in words


def test_a_changed_constant_changes_the_page(client, monkeypatch):
    monkeypatch.setattr("calculators.methodology.UNSEEN_WIDTH", 1.0)
    methodology.speed_context.cache_clear()

    words = words_of(client.get(SPEED))
    methodology.speed_context.cache_clear()

    assert "measured: ± 118 %" in words


def test_what_is_exact_lies_on_the_diagonal():
    exact = [o for o in shipped_accuracy().usable if o.error < 0.002]
    chart = accuracy_chart(shipped_accuracy().usable)
    by_url = {point.url: point for point in chart.points}

    assert exact
    for outcome in exact:
        point = by_url[f"/benchmarks/{outcome.slug}/"]
        across = (point.x - chart.left) / (chart.right - chart.left)
        up = (chart.bottom - point.y) / (chart.bottom - chart.top)
        assert across == pytest.approx(up, abs=0.005)


def test_the_pages_are_in_the_map(client):
    text = client.get("/sitemap.xml").content.decode()

    assert ACCURACY in text and SPEED in text
