"""Hosted prices of a model, provider by provider, for one mix of tokens."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median
from typing import Any

from calculators.cost.money import money
from catalog.measures import known_date
from catalog.prices import is_old
from estimator.cost import Amount, ApiPrice, TokenMix, api_usd_per_million, of_constant
from estimator.cost_constants import CACHED_SHARE

YOUR_API = "Your API"


@dataclass(frozen=True)
class Offer:
    """What one provider last asked, in US dollars for a million tokens."""

    provider: str
    prompt: str
    output: str
    mixed: Amount | None
    """None: it names no price for the answers."""
    when: str = ""
    is_old: bool = False
    source_url: str = ""


def offers_of(rows: Iterable[Any], mix: TokenMix, today: date) -> list[Offer]:
    """The newest price of each provider, cheapest first. Free allowances do not count.

    The catalogue has no prices of cached tokens: they are a share of the prompt's.
    """
    newest = {row.provider: row for row in rows}
    offers = [
        _offer(row, mix, today)
        for row in newest.values()
        if row.input_usd_per_million_tokens > 0
    ]
    dear = Decimal("Infinity")
    return sorted(offers, key=lambda each: each.mixed.expected if each.mixed else dear)


def _offer(row: Any, mix: TokenMix, today: date) -> Offer:
    prompt, output = row.input_usd_per_million_tokens, row.output_usd_per_million_tokens
    mixed = None
    if output is not None or not mix.output:
        mixed = mixed_price(prompt, None, output or Decimal(0), mix)
    return Offer(
        row.provider,
        money(prompt),
        money(output),
        mixed,
        known_date(row.observed_on, row.observed_on_precision),
        is_old(row.observed_on, today),
        row.source.url,
    )


def mixed_price(
    prompt: Decimal, cached: Decimal | None, output: Decimal, mix: TokenMix
) -> Amount:
    fresh = Amount.exactly(prompt)
    known = None if cached is None else Amount.exactly(cached)
    price = ApiPrice(
        prompt=fresh,
        cached=known or fresh.times(of_constant(CACHED_SHARE)),
        output=Amount.exactly(output),
    )
    return api_usd_per_million(price, mix)


def all_offers(offers: Iterable[Offer]) -> Amount | None:
    """From the cheapest to the dearest, the middle one expected."""
    mixed = [each.mixed for each in offers if each.mixed is not None]
    if not mixed:
        return None
    return Amount(
        min(each.low for each in mixed),
        Decimal(median(each.expected for each in mixed)),
        max(each.high for each in mixed),
    )
