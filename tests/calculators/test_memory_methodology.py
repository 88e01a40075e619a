"""The page of memory prints the objects that answers are worked out with."""

import pytest

from calculators.memory_methodology import MODULES, all_formulas, constants_of
from estimator import fit
from tests.page_words import words_of

pytestmark = pytest.mark.django_db
PATH = "/methodology/will-it-run/"


def test_every_formula_and_constant_of_the_code_is_on_the_page(client):
    words = words_of(client.get(PATH))

    for formula in all_formulas():
        assert f"{formula.key} {formula.title}" in words
    for _, module in MODULES:
        for constant in constants_of(module):
            assert constant.name in words


def test_a_changed_constant_changes_the_page():
    (line,) = [each for each in constants_of(fit) if each is fit.COMFORTABLE_SHARE]

    assert line.value == 0.10


def test_the_page_asks_no_table(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get(PATH).status_code == 200
