"""Axes of charts: places and ticks."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.axes import linear_axis, log_axis, time_axis

numbers = st.floats(min_value=0.001, max_value=1e9, allow_nan=False)


def test_a_short_log_axis_names_ones_twos_and_fives():
    axis = log_axis([8, 80], start=0, end=100)

    assert [tick.label for tick in axis.ticks] == ["5", "10", "20", "50", "100"]
    assert axis.ticks[0].position == 0
    assert axis.ticks[-1].position == 100


def test_a_long_log_axis_names_powers_of_ten_only():
    axis = log_axis([8, 8000], start=100, end=0)

    labels = ["1", "10", "100", "1\u202f000", "10\u202f000"]
    assert [tick.label for tick in axis.ticks] == labels
    assert axis.place(10) == 75


def test_equal_values_still_make_an_axis():
    axis = log_axis([24, 24], start=0, end=100)

    assert axis.low < axis.high
    assert 0 <= axis.place(24) <= 100


def test_a_linear_axis_begins_at_zero_and_ends_round():
    axis = linear_axis([93, 41], start=0, end=100)

    assert [tick.label for tick in axis.ticks] == ["0", "20", "40", "60", "80", "100"]


def test_a_time_axis_names_years_or_for_short_spans_quarters():
    day = datetime.date
    long = time_axis([day(2021, 3, 1), day(2026, 11, 1)], start=0, end=100)
    short = time_axis([day(2026, 3, 20), day(2026, 8, 1)], start=0, end=100)

    assert [tick.label for tick in long.ticks] == [str(y) for y in range(2022, 2027)]
    assert [tick.label for tick in short.ticks] == ["Apr 2026", "Jul 2026"]


@given(st.lists(numbers, min_size=1), st.sampled_from([log_axis, linear_axis]))
def test_every_value_stands_within_the_axis(values, make):
    axis = make(values, start=10, end=310)

    assert all(10 <= axis.place(value) <= 310 for value in values)


def test_a_linear_axis_refuses_nothing_but_zeros():
    with pytest.raises(ValueError, match="above zero"):
        linear_axis([0], start=0, end=1)
