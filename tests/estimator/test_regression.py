"""The fit of a sum of costs."""

import pytest

from estimator.regression import Sample, fit_sum, quantile, total, weighted_median

LEAST = (0.0, 0.0)


def samples(true, features):
    return [Sample(row, total(true, row)) for row in features]


FEATURES = [(0.01 * n, 0.001 * m) for n in range(1, 6) for m in (16, 32, 64)]


def test_constants_of_a_true_sum_are_found():
    fitted = fit_sum(
        samples((1.3, 0.08), FEATURES), start=(1.0, 0.02), least=LEAST, pull=0.0
    )

    assert fitted == pytest.approx((1.3, 0.08), rel=0.01)


def test_one_absurd_row_hardly_moves_the_fit():
    rows = samples((1.3, 0.08), FEATURES)
    rows.append(Sample((0.03, 0.03), 10 * total((1.3, 0.08), (0.03, 0.03))))

    fitted = fit_sum(rows, start=(1.0, 0.02), least=LEAST, pull=0.0)

    assert fitted[0] == pytest.approx(1.3, rel=0.06)


def test_a_constant_never_falls_below_its_least():
    rows = samples((0.5, 0.08), FEATURES)

    fitted = fit_sum(rows, start=(1.0, 0.02), least=(1.0, 0.0), pull=0.0)

    assert fitted[0] >= 1.0


def test_without_rows_the_start_stands():
    assert fit_sum([], start=(1.2, 0.06), least=LEAST, pull=0.1) == (1.2, 0.06)


def test_equal_rows_give_equal_constants():
    rows = samples((1.3, 0.08), FEATURES)

    first, second = (
        fit_sum(rows, start=(1.0, 0.02), least=LEAST, pull=0.05) for _ in range(2)
    )

    assert first == second


def test_a_weighted_median_needs_half_of_the_weight():
    assert weighted_median([(3.0, 1.0), (1.0, 5.0), (2.0, 1.0)]) == 1.0
    with pytest.raises(ValueError, match="at least one"):
        weighted_median([])


def test_a_quantile_is_one_of_the_values():
    assert quantile([0.4, 0.1, 0.3, 0.2], 0.9) == 0.4
    assert quantile([0.1], 0.0) == 0.1
