"""Cost: what holds for every price, machine and use."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from estimator.cost import (
    HOUR_S,
    MILLION,
    MONTH_H,
    Amount,
    ApiPrice,
    Ownership,
    TokenMix,
    Verdict,
    api_usd_per_million,
    break_even_tokens,
    break_even_utilization,
    energy_usd,
    fixed_usd,
    local_usd,
    local_usd_per_million,
    mixed_rate,
    rented_usd_per_million,
    verdict,
)
from estimator.cost_constants import COST_RANGES, RESALE_SHARES, resale_share


def numbers(least, most):
    return some.decimals(least, most, places=2, allow_nan=False)


@some.composite
def amounts(draw, least, most):
    low, expected, high = sorted(draw(numbers(least, most)) for _ in range(3))
    return Amount(low, expected, high)


@some.composite
def machines(draw):
    load = draw(amounts(100, 2000))
    return Ownership(
        price_usd=draw(amounts(100, 30_000)),
        resale_share=draw(amounts(0, Decimal("0.9"))),
        months=draw(some.integers(1, 84)),
        load_w=load,
        idle_w=load.times(draw(amounts(Decimal("0.05"), Decimal("0.9")))),
        on_hours=draw(numbers(1, MONTH_H)),
        electricity_usd_per_kwh=draw(numbers(Decimal("0.05"), 1)),
        other_usd_per_month=draw(numbers(0, 100)),
    )


rates = amounts(1, 5000)
shares = numbers(Decimal("0.01"), 1)


@some.composite
def mixes(draw):
    parts = [draw(numbers(Decimal("0.01"), 1)) for _ in range(3)]
    prompt, cached, output = (part / sum(parts) for part in parts)
    return TokenMix(prompt=prompt, cached=cached, output=output)


def make_machine(**values):
    defaults = {
        "price_usd": Amount.exactly(1600),
        "resale_share": Amount.exactly(Decimal("0.5")),
        "months": 40,
        "load_w": Amount.exactly(464),
        "idle_w": Amount.exactly(64),
        "on_hours": Decimal(730),
        "electricity_usd_per_kwh": Decimal("0.2"),
    }
    return Ownership(**defaults | values)


def in_order(amount):
    return amount.low <= amount.expected <= amount.high


@given(machines(), rates, shares, shares)
def test_more_utilisation_never_raises_the_cost_of_a_token(owned, rate, one, other):
    less, more = (share * owned.on_hours for share in sorted((one, other)))

    dear = local_usd_per_million(owned, rate, less)
    cheap = local_usd_per_million(owned, rate, more)

    for end in ("low", "expected", "high"):
        assert getattr(cheap, end) <= getattr(dear, end) * Decimal("1.0000001")


@given(machines(), rates, shares, shares)
def test_more_busy_hours_never_lower_the_cost_of_a_month(owned, rate, one, other):
    less, more = (share * owned.on_hours for share in sorted((one, other)))
    steady = replace(owned, idle_w=owned.idle_w.times(0))

    assert local_usd(steady, less).expected <= local_usd(steady, more).expected


@given(machines(), rates, amounts(Decimal("0.01"), 50))
def test_at_break_even_both_ways_cost_the_same(owned, rate, api):
    tokens = break_even_tokens(owned, rate, api).expected
    busy = break_even_utilization(owned, rate, api).expected
    if busy is None:
        return

    local = local_usd(owned, busy * MONTH_H).expected
    cloud = api.expected * tokens / MILLION

    assert busy * MONTH_H <= owned.on_hours
    assert local == pytest.approx(cloud, rel=Decimal("1e-9"))


@given(machines(), rates, amounts(Decimal("0.01"), 50))
def test_a_favourable_case_never_pays_later(owned, rate, api):
    found = break_even_utilization(owned, rate, api)

    known = [found.low, found.expected, found.high]
    seen = [end for end in known if end is not None]
    assert seen == sorted(seen)
    assert known[: len(seen)] == seen


@given(machines(), rates, shares, mixes(), amounts(1, 20), amounts(Decimal("0.01"), 9))
def test_every_range_is_in_order(owned, rate, share, mix, hourly, api):
    price = ApiPrice(prompt=api, cached=api.times(Decimal("0.1")), output=api.times(3))

    assert in_order(fixed_usd(owned))
    assert in_order(local_usd(owned, share * owned.on_hours))
    assert in_order(local_usd_per_million(owned, rate, share * owned.on_hours))
    assert in_order(api_usd_per_million(price, mix))
    assert in_order(rented_usd_per_million(hourly, rate))
    assert in_order(mixed_rate(rate.times(20), rate, mix))


@given(rates, mixes())
def test_a_mix_is_no_slower_than_answers_alone(decode, mix):
    alone = TokenMix(prompt=Decimal(0), cached=Decimal(0), output=Decimal(1))

    mixed = mixed_rate(decode.times(2), decode, mix)

    assert mixed.expected >= mixed_rate(None, decode, alone).expected


def test_the_published_watts_of_a_card_give_the_bill_of_an_hour_count():
    owned = make_machine(on_hours=Decimal(0))

    assert energy_usd(owned, Decimal(100)).expected == Decimal("9.28")


def test_busy_hours_are_not_paid_a_second_time_as_rest():
    owned = make_machine(on_hours=Decimal(100))

    assert energy_usd(owned, Decimal(100)).expected == Decimal("9.28")
    assert energy_usd(owned, Decimal(0)).expected == Decimal("1.28")


def test_one_case_worked_out_by_hand():
    owned = make_machine()
    rate = Amount.exactly(100)

    fixed = fixed_usd(owned).expected
    even = break_even_tokens(owned, rate, Amount.exactly(1)).expected

    assert fixed == Decimal("20") + Decimal("9.344")
    energy = Decimal("0.4") * Decimal("0.2") / (100 * HOUR_S / MILLION)
    assert even == pytest.approx(fixed / (1 - energy) * MILLION)


def test_tokens_that_cost_less_than_their_energy_never_pay():
    cheap = Amount.exactly(Decimal("0.01"))

    found = break_even_tokens(make_machine(), Amount.exactly(10), cheap)

    assert (found.low, found.expected, found.high) == (None, None, None)


def test_more_than_the_machine_can_make_never_pays():
    owned, rate = make_machine(on_hours=Decimal(10)), Amount.exactly(100)

    assert break_even_tokens(owned, rate, Amount.exactly(1)).expected is not None
    assert break_even_utilization(owned, rate, Amount.exactly(1)).expected is None


def test_prompts_read_at_an_unknown_rate_leave_the_mix_unknown():
    half = Decimal("0.5")
    mix = TokenMix(prompt=half, cached=Decimal(0), output=half)

    assert mixed_rate(None, Amount.exactly(10), mix) is None


def test_nothing_busy_has_no_cost_of_a_token():
    assert local_usd_per_million(make_machine(), Amount.exactly(9), Decimal(0)) is None


@pytest.mark.parametrize(
    ("local", "cloud", "said"),
    [
        ((1, 2, 3), (4, 5, 6), Verdict.LOCAL),
        ((4, 5, 6), (1, 2, 3), Verdict.CLOUD),
        ((1, 2, 3), (3, 4, 5), Verdict.DEPENDS),
        ((3, 4, 5), (1, 2, 3), Verdict.DEPENDS),
    ],
)
def test_the_verdict_is_as_sure_as_the_ranges(local, cloud, said):
    assert verdict(Amount.between(*local), Amount.between(*cloud)) is said


def test_an_unknown_side_leaves_the_verdict_open():
    assert verdict(None, Amount.exactly(1)) is Verdict.UNKNOWN
    assert verdict(Amount.exactly(1), None) is Verdict.UNKNOWN


def test_each_constant_range_is_in_order_and_names_its_source():
    for found in COST_RANGES:
        assert found.low <= found.expected <= found.high
        assert found.source.startswith("https://")


def test_what_is_kept_longer_brings_no_more():
    months = [last for last, _ in RESALE_SHARES]
    shares_left = [resale_share(month).expected for month in months]

    assert shares_left == sorted(shares_left, reverse=True)
    assert resale_share(months[0]).name != resale_share(months[0] + 1).name
