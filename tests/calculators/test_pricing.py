"""Which dated prices count, and how."""

import datetime
from decimal import Decimal

import pytest

from calculators.pricing import counted_prices, price_in
from catalog.models import Hardware
from tests.calculators.buying_factories import TODAY, make_card
from tests.catalog.factories import make_price

pytestmark = pytest.mark.django_db


def counted(card):
    row = Hardware.objects.for_choosing().get(pk=card.pk)
    return counted_prices(row, row.offers)


def test_prices_near_the_newest_make_the_range_and_their_middle_counts():
    card = make_card("Card")
    for amount, day in ((900, 1), (1000, 10), (1400, 20)):
        make_price(card, amount=amount, observed_on=datetime.date(2026, 11, day))
    make_price(card, amount=5000, observed_on=datetime.date(2024, 1, 1))

    (price,) = counted(card)

    assert (price.seen.low, price.expected, price.seen.high) == (900, 1000, 1400)


def test_a_price_exactly_ninety_days_before_the_newest_still_counts():
    card = make_card("Card")
    newest = datetime.date(2026, 11, 1)
    make_price(card, amount=1000, observed_on=newest)
    make_price(card, amount=800, observed_on=newest - datetime.timedelta(days=90))
    make_price(card, amount=700, observed_on=newest - datetime.timedelta(days=91))

    assert counted(card)[0].seen.low == 800


def test_a_list_price_counts_only_where_no_asking_price_was_seen():
    card, fresh = make_card("Card"), make_card("Fresh card")
    make_price(card, amount=1500, kind="msrp")
    make_price(card, amount=2000)
    make_price(fresh, amount=1500, kind="msrp")

    assert [price.seen.low for price in counted(card)] == [2000]
    assert counted(fresh)[0].words == "list price"


def test_new_and_used_stay_apart_and_rent_is_no_price_of_a_card():
    card = make_card("Card")
    make_price(card, amount=1000)
    make_price(card, amount=600, kind="street_used", condition="used")
    make_price(card, amount=Decimal("0.40"), kind="cloud_hour", condition="")

    prices = counted(card)

    assert price_in(prices, "new").expected == 1000
    assert price_in(prices, "used").expected == 600
    assert price_in(prices, "any").expected == 600


def test_other_currencies_are_never_added_to_dollars():
    card = make_card("Card")
    make_price(card, amount=500, currency="EUR")

    assert counted(card) == []


def test_the_price_of_a_chip_with_several_memories_says_nothing():
    chip = make_card("Chip", kind="apple_soc")
    make_price(chip, amount=1999, kind="msrp")

    assert counted(chip) == []


def test_a_price_is_old_after_ninety_days_and_not_on_the_ninetieth():
    card = make_card("Card")
    make_price(card, observed_on=TODAY - datetime.timedelta(days=90))

    price = counted(card)[0]

    assert not price.is_old(TODAY)
    assert price.is_old(TODAY + datetime.timedelta(days=1))
