"""Dated price observations: each kind of offer with its range, rows and chart."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from catalog.details.price_charts import PriceChart, price_chart
from catalog.measures import known_date
from catalog.models import PriceObservation
from catalog.prices import (
    PRICE_GROUPS,
    PriceRange,
    is_old,
    price_ranges,
    price_text,
)
from editorial.reports.claim_pages import short
from editorial.vocabularies import PriceKind


@dataclass(frozen=True)
class PriceRow:
    """One dated observation."""

    kind: str
    amount: str
    currency: str
    seller: str
    when: str
    source_url: str
    is_old: bool
    place: str


@dataclass(frozen=True)
class PriceGroup:
    """Offers of one sort in one currency, the newest first."""

    title: str
    range: str
    is_old: bool
    rows: list[PriceRow]
    chart: PriceChart | None


def price_groups(
    prices: Iterable[PriceObservation], *, today: datetime.date
) -> list[PriceGroup]:
    """The groups that have an observation; old ones are marked, not hidden."""
    return [
        _group(PRICE_GROUPS[group][0], currency, found, today)
        for (group, currency), found in price_ranges(prices).items()
    ]


def _group(
    title: str, currency: str, found: PriceRange, today: datetime.date
) -> PriceGroup:
    prices = sorted(
        found.rows, key=lambda row: (-row.observed_on.toordinal(), row.amount)
    )
    rows = [
        PriceRow(
            kind=price.get_kind_display(),
            amount=price_text(price.amount),
            currency=price.currency,
            seller=price.seller,
            when=known_date(price.observed_on, price.observed_on_precision),
            source_url=price.source.url,
            is_old=is_old(price.observed_on, today),
            place=f"price-{short(price.uid)}",
        )
        for price in prices
    ]
    offers = [
        (
            PriceKind(price.kind),
            price.observed_on,
            float(price.amount),
            f"{row.amount} {row.currency}, {row.kind}, {row.seller}, {row.when}",
        )
        for price, row in zip(prices, rows, strict=True)
    ]
    return PriceGroup(
        title=title,
        range=found.sentence,
        is_old=found.is_old(today),
        rows=rows,
        chart=price_chart(offers, currency),
    )
