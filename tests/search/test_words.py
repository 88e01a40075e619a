"""The pure parts of the search keep what their examples promise."""

import doctest
import importlib

import pytest

pytestmark = pytest.mark.static

MODULES = ["words", "querying", "marking", "ranking", "correcting", "results"]


@pytest.mark.parametrize("name", [*MODULES, "publications"])
def test_the_examples_hold(name):
    module = importlib.import_module(f"editorial.search.{name}")

    outcome = doctest.testmod(module)

    assert outcome.attempted > 0
    assert outcome.failed == 0
