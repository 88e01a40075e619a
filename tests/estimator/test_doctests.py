"""The checked figures in the docstrings are checked."""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

import estimator

MODULES = sorted(path.stem for path in Path(estimator.__file__).parent.glob("*.py"))


@pytest.mark.parametrize("name", [name for name in MODULES if name != "__init__"])
def test_figures_in_docstrings_hold(name):
    results = doctest.testmod(import_module(f"estimator.{name}"))

    assert results.failed == 0
