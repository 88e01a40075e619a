"""The rules for weights against every published file whose bytes are known."""

import statistics

import pytest

from estimator.answers import WeightBytes
from estimator.weights import weights_of
from tests.calculators.catalogued import catalogued, exact_files, model_rows

pytestmark = pytest.mark.static


def errors_of(architecture):
    rows = model_rows()
    for slug, weight_format, quantization, size in exact_files():
        if weight_format == "gguf" and rows[slug]["architecture"] == architecture:
            weights = weights_of(catalogued(slug), quantization, "gguf")
            if isinstance(weights, WeightBytes):
                yield abs(weights.total_bytes / size - 1), weights.error_share


def test_files_of_dense_models_are_met_within_a_third_of_a_percent():
    errors = sorted(error for error, _ in errors_of("dense"))

    assert len(errors) > 60
    assert statistics.median(errors) < 0.002
    assert errors[int(0.9 * len(errors))] < 0.0065


def test_nine_of_ten_files_lie_within_the_stated_band():
    errors = list(errors_of("dense"))

    within = sum(error <= band for error, band in errors)
    assert within >= 0.9 * len(errors)
