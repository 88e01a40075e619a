"""Dated prices: groups, ranges in words, and the drawing."""

import datetime
from decimal import Decimal

import pytest

from catalog.details.prices import price_groups
from catalog.prices import price_ranges, price_text
from tests.catalog.unsaved import price

TODAY = datetime.date(2026, 11, 25)


def groups(*prices):
    return price_groups(prices, today=TODAY)


def sentence(*prices):
    (found,) = price_ranges(prices).values()
    return found.sentence


def test_new_used_and_rented_never_share_a_group():
    kinds = ["cloud_hour", "street_used", "msrp", "street_new", "street_unstated"]
    kinds.append("marketplace_hour")

    found = groups(*(price(1, "2026-01-01", kind=kind) for kind in kinds))

    assert [(group.title, len(group.rows)) for group in found] == [
        ("New", 2),
        ("Used", 1),
        ("Condition not stated", 1),
        ("Cloud, by the hour", 2),
    ]


def test_currencies_never_share_a_range():
    found = groups(price(1, "2026-01-01"), price(2, "2026-01-01", currency="EUR"))

    assert [group.range for group in found] == [
        "Asked 2 EUR, 1 Jan 2026 (1 observation).",
        "Asked 1 USD, 1 Jan 2026 (1 observation).",
    ]


def test_the_range_names_amounts_days_and_how_many():
    assert sentence(price(2499, "2024-10-05"), price(1599, "2023-03-01")) == (
        "Asked between 1\u202f599 and 2\u202f499 USD, 1 Mar 2023 – 5 Oct 2024 "
        "(2 observations)."
    )


def test_one_amount_on_one_day_is_no_range():
    prices = [price("0.5", "2026-05-24", kind="cloud_hour")] * 2

    assert sentence(*prices) == (
        "Asked 0.50 USD an hour, 24 May 2026 (2 observations)."
    )


def test_a_day_that_nobody_knows_is_not_named():
    known = price(1, "2023-01-01", observed_on_precision="year")

    assert sentence(known) == "Asked 1 USD, 2023 (1 observation)."


@pytest.mark.parametrize(
    ("day", "is_old"), [("2026-08-27", False), ("2026-08-26", True)]
)
def test_a_price_is_old_after_the_limit_and_the_group_with_its_newest(day, is_old):
    (group,) = groups(price(1, day), price(1, "2020-01-01"))

    assert [row.is_old for row in group.rows] == [is_old, True]
    assert group.is_old is is_old


def test_the_newest_stands_first_and_of_a_day_the_cheapest():
    (group,) = groups(
        price(1, "2025-01-01"), price(3, "2026-01-01"), price(2, "2026-01-01")
    )

    assert [row.amount for row in group.rows] == ["2", "3", "1"]


def test_cents_stand_in_pairs():
    assert price_text(Decimal("4.9")) == "4.90"
    assert price_text(Decimal("0.1234")) == "0.1234"


def test_prices_of_one_day_are_drawn_across_in_a_lane_for_each_kind():
    (group,) = groups(
        price("0.3", "2026-05-24", kind="cloud_hour"),
        price("0.6", "2026-05-24", kind="cloud_hour"),
        price("0.2", "2026-05-24", kind="marketplace_hour"),
    )

    cheap, low, high = group.chart.points
    assert cheap.x < low.x < high.x
    assert cheap.y != low.y == high.y
    assert group.chart.caption == (
        "USD across, all seen on one day, linear scale from zero"
    )


@pytest.mark.parametrize("amounts", [(1, 2), (1, 1, 1)])
def test_few_or_equal_prices_of_one_day_are_not_drawn(amounts):
    (group,) = groups(*(price(amount, "2026-01-01") for amount in amounts))

    assert group.chart is None


def test_a_narrow_range_is_drawn_from_zero():
    (group,) = groups(price(1000, "2025-01-01"), price(1500, "2026-01-01"))

    assert group.chart.caption.endswith("linear scale from zero")
    assert group.chart.up.low == 0


def test_a_wide_range_is_drawn_on_a_logarithmic_scale_that_says_so():
    (group,) = groups(price(1, "2025-01-01"), price(5, "2026-01-01"))

    assert group.chart.caption == "USD by the day it was seen, logarithmic scale"


def test_every_observation_is_a_point_that_says_what_it_is():
    (group,) = groups(
        price(1599, "2022-10-12", kind="msrp", seller="Maker"),
        price(1649, "2023-11-01"),
    )

    assert [point.words for point in group.chart.points] == [
        "1\u202f649 USD, Street, new, A shop, 1 Nov 2023",
        "1\u202f599 USD, MSRP, Maker, 12 Oct 2022",
    ]
    newer, older = group.chart.points
    assert older.x < newer.x
    assert older.y > newer.y


def test_kinds_differ_in_shape_and_stand_in_the_legend():
    (group,) = groups(price(1, "2025-01-01", kind="msrp"), price(2, "2026-01-01"))

    assert [entry.words for entry in group.chart.legend] == ["MSRP", "Street, new"]
    assert len({entry.shape for entry in group.chart.legend}) == 2
    assert len({point.shape for point in group.chart.points}) == 2
