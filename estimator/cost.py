"""What tokens cost on a machine of one's own, from an API, on a rented card.

Money is Decimal, in US dollars. Nothing is one number: every result is a range, whose
low end takes everything favourable and whose high end everything unfavourable. The
formulas are F38, printed from `cost_constants.COST_FORMULAS`.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Self

from estimator.cost_constants import HOURS_PER_MONTH, ConstantRange

MILLION = Decimal(1_000_000)
HOUR_S = Decimal(3600)
KILO = Decimal(1000)
MONTH_H = Decimal(str(HOURS_PER_MONTH.value))


class Verdict(StrEnum):
    LOCAL = "a machine of one's own costs less"
    CLOUD = "stay in the cloud"
    DEPENDS = "the ranges overlap"
    UNKNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity as a range, `low` <= `expected` <= `high`. The owner says the unit."""

    low: Decimal
    expected: Decimal
    high: Decimal

    @classmethod
    def exactly(cls, value: Decimal | int) -> Self:
        return cls(*(Decimal(value),) * 3)

    @classmethod
    def between(cls, low: float, expected: float, high: float) -> Self:
        """From floats, at the digits they print."""
        return cls(*(Decimal(str(value)) for value in (low, expected, high)))

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(
            self.low + other.low, self.expected + other.expected, self.high + other.high
        )

    def times(self, factor: "Amount | Decimal | int") -> "Amount":
        """By a factor that is not negative."""
        by = factor if isinstance(factor, Amount) else Amount.exactly(factor)
        return Amount(
            self.low * by.low, self.expected * by.expected, self.high * by.high
        )

    def over(self, divisor: "Amount") -> "Amount":
        """Divided by a range above zero: least by most, most by least."""
        return Amount(
            self.low / divisor.high,
            self.expected / divisor.expected,
            self.high / divisor.low,
        )


def of_constant(found: ConstantRange) -> Amount:
    """A constant that is a range, as Decimals."""
    return Amount.between(found.low, found.expected, found.high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ownership:
    """A machine of one's own, and how long it is on."""

    price_usd: Amount
    """All that is bought, in US dollars."""
    resale_share: Amount
    """Share of the price that the sale brings back, 0 to 1."""
    months: int
    load_w: Amount
    """Whole machine while it answers, watts at the wall."""
    idle_w: Amount
    """Whole machine while it waits, watts at the wall."""
    on_hours: Decimal
    """Hours of a month that it is on, busy or not."""
    electricity_usd_per_kwh: Decimal
    other_usd_per_month: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenMix:
    """Shares of all tokens; together 1."""

    prompt: Decimal
    cached: Decimal
    """Prompt tokens whose state is still there from an earlier request."""
    output: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiPrice:
    """US dollars for a million tokens of each sort."""

    prompt: Amount
    cached: Amount
    output: Amount


@dataclass(frozen=True, slots=True)
class BreakEven:
    """From where on a machine of one's own costs less. None: it never does."""

    low: Decimal | None
    expected: Decimal | None
    high: Decimal | None


def depreciation_usd(owned: Ownership) -> Amount:
    """Loss of value, US dollars a month.

    >>> card = Amount.exactly(1600)
    >>> machine = Ownership(
    ...     price_usd=card, resale_share=Amount.between(0.4, 0.5, 0.6), months=40,
    ...     load_w=Amount.exactly(400), idle_w=Amount.exactly(50),
    ...     on_hours=Decimal(100), electricity_usd_per_kwh=Decimal("0.20"))
    >>> f"{depreciation_usd(machine).expected:.2f} USD a month"
    '20.00 USD a month'
    """
    kept = owned.resale_share
    lost = Amount(1 - kept.high, 1 - kept.expected, 1 - kept.low)
    return owned.price_usd.times(lost).times(Decimal(1) / owned.months)


def energy_usd(owned: Ownership, busy_hours: Decimal) -> Amount:
    """Electricity, US dollars a month, for `busy_hours` of a month under load.

    Idle watts are paid for the hours that it is on and not busy. Source: F38, with the
    busy hours taken out of those at rest, so that none is counted twice. 464 W at the
    wall (RTX 4090, published) for 100 h at 0.20 USD/kWh are 9.28 USD.
    """
    idle_hours = max(owned.on_hours - busy_hours, Decimal(0))
    watt_hours = owned.load_w.times(busy_hours) + owned.idle_w.times(idle_hours)
    return watt_hours.times(owned.electricity_usd_per_kwh / KILO)


def fixed_usd(owned: Ownership) -> Amount:
    """What a month costs before the first token: loss of value, rest, other costs."""
    other = Amount.exactly(owned.other_usd_per_month)
    return depreciation_usd(owned) + energy_usd(owned, Decimal(0)) + other


def local_usd(owned: Ownership, busy_hours: Decimal) -> Amount:
    """A machine of one's own, US dollars a month (F38a)."""
    other = Amount.exactly(owned.other_usd_per_month)
    return depreciation_usd(owned) + energy_usd(owned, busy_hours) + other


def mixed_rate(prefill: Amount | None, decode: Amount, mix: TokenMix) -> Amount | None:
    """Tokens a second of the mix (F38e). None: prompts are read at an unknown rate.

    Cached tokens count as tokens and take no time. Give the rates of one stream, or
    the sums over all requests; never one of each. With nine prompt tokens read at
    900/s to each token written at 100/s, the mix takes 0.9/900 + 0.1/100 s a token.

    >>> mix = TokenMix(
    ...     prompt=Decimal("0.9"), cached=Decimal(0), output=Decimal("0.1"))
    >>> rate = mixed_rate(Amount.exactly(900), Amount.exactly(100), mix)
    >>> f"{rate.expected:.0f} tokens/s"
    '500 tokens/s'
    """
    if mix.prompt and prefill is None:
        return None
    if not mix.prompt and not mix.output:
        return None
    rates = []
    for name in ("low", "expected", "high"):
        seconds = mix.output / getattr(decode, name)
        if mix.prompt:
            seconds += mix.prompt / getattr(prefill, name)
        rates.append(1 / seconds)
    return Amount(*rates)


def local_usd_per_million(
    owned: Ownership, rate: Amount, busy_hours: Decimal
) -> Amount | None:
    """US dollars for a million tokens at so many busy hours a month (F38d).

    None for no busy hours. `rate` is in tokens a second of the same mix that an API
    would bill.
    """
    if busy_hours <= 0:
        return None
    millions = rate.times(HOUR_S * busy_hours / MILLION)
    return local_usd(owned, busy_hours).over(millions)


def api_usd_per_million(price: ApiPrice, mix: TokenMix) -> Amount:
    """US dollars for a million tokens of the mix (F38b).

    >>> price = ApiPrice(prompt=Amount.exactly(1), cached=Amount.between(.1, .1, .5),
    ...                  output=Amount.exactly(3))
    >>> api_usd_per_million(price, TokenMix(
    ...     prompt=Decimal("0.5"), cached=Decimal("0.3"), output=Decimal("0.2")))
    Amount(low=Decimal('1.13'), expected=Decimal('1.13'), high=Decimal('1.25'))
    """
    return (
        price.prompt.times(mix.prompt)
        + price.cached.times(mix.cached)
        + price.output.times(mix.output)
    )


def rented_usd_per_million(hourly_usd: Amount, rate: Amount) -> Amount:
    """US dollars for a million tokens on cards rented while they work (F38c).

    A card at 2 USD an hour that makes 1000 tokens a second: 0.56 USD.
    """
    return hourly_usd.over(rate.times(HOUR_S / MILLION))


def energy_usd_per_million(owned: Ownership, rate: Amount) -> Amount:
    """Energy that a million tokens add to a machine that is on anyway."""
    idle, load = owned.idle_w, owned.load_w
    added = Amount(
        max(load.low - idle.low, Decimal(0)),
        max(load.expected - idle.expected, Decimal(0)),
        max(load.high - idle.high, Decimal(0)),
    )
    hourly = added.times(owned.electricity_usd_per_kwh / KILO)
    return hourly.over(rate.times(HOUR_S / MILLION))


def break_even_tokens(owned: Ownership, rate: Amount, api: Amount) -> BreakEven:
    """Tokens a month from which on a machine of one's own costs less (F38f).

    `api` in US dollars a million of the same mix. Low: cheap machine against dear
    tokens; high: the other way round; None: a token costs less than its energy. Whether
    the machine can make so many is not asked here: beyond that a lower idle power is no
    advantage any more, and the ends need not be in order.
    """
    fixed, energy = fixed_usd(owned), energy_usd_per_million(owned, rate)
    return BreakEven(
        _crossing(fixed.low, api.high - energy.low),
        _crossing(fixed.expected, api.expected - energy.expected),
        _crossing(fixed.high, api.low - energy.high),
    )


def _crossing(fixed: Decimal, saved_per_million: Decimal) -> Decimal | None:
    return fixed / saved_per_million * MILLION if saved_per_million > 0 else None


def break_even_utilization(owned: Ownership, rate: Amount, api: Amount) -> BreakEven:
    """The same as a share of the month that the machine is busy, 0 to 1.

    None where the tokens take longer than the hours it is on: it never pays.
    """
    found = break_even_tokens(owned, rate, api)
    return BreakEven(
        _share(owned, found.low, rate.high),
        _share(owned, found.expected, rate.expected),
        _share(owned, found.high, rate.low),
    )


def _share(owned: Ownership, tokens: Decimal | None, rate: Decimal) -> Decimal | None:
    if tokens is None:
        return None
    hours = tokens / rate / HOUR_S
    return hours / MONTH_H if hours <= owned.on_hours else None


def verdict(local: Amount | None, cloud: Amount | None) -> Verdict:
    """Which costs less, over the whole ranges. Equal ends overlap.

    >>> print(verdict(Amount.between(5, 6, 7), Amount.between(1, 2, 3)))
    stay in the cloud
    """
    if local is None or cloud is None:
        return Verdict.UNKNOWN
    if local.high < cloud.low:
        return Verdict.LOCAL
    if cloud.high < local.low:
        return Verdict.CLOUD
    return Verdict.DEPENDS
