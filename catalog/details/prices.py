"""Dated price observations: three kinds of offer, each with its range and chart."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from catalog.details.price_charts import PriceChart, Shape, price_chart
from catalog.measures import grouped, known_date
from catalog.models import PriceObservation
from editorial.vocabularies import CLOUD_KINDS, NEW_KINDS, USED_KINDS, PriceKind

GROUPS = {
    "New": NEW_KINDS,
    "Used, or condition not stated": (*USED_KINDS, PriceKind.STREET_UNSTATED),
    "Rented, for an hour": CLOUD_KINDS,
}
"""What may share an axis. The list price belongs to the new ones."""

SHAPES = {
    PriceKind.MSRP: Shape.DIAMOND,
    PriceKind.STREET_NEW: Shape.CIRCLE,
    PriceKind.STREET_USED: Shape.CIRCLE,
    PriceKind.STREET_UNSTATED: Shape.TRIANGLE,
    PriceKind.CLOUD_HOUR: Shape.CIRCLE,
    PriceKind.MARKETPLACE_HOUR: Shape.TRIANGLE,
}


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


@dataclass(frozen=True)
class PriceGroup:
    """Offers of one sort in one currency, the newest first."""

    title: str
    range: str
    is_old: bool
    rows: list[PriceRow]
    chart: PriceChart | None


def price_text(amount: Decimal) -> str:
    """An amount with cents only where it has them, but never just one digit of them.

    >>> price_text(Decimal("1599.00")), price_text(Decimal("0.3800"))
    ('1\\u202f599', '0.38')
    """
    shown = grouped(amount)
    _, point, cents = shown.partition(".")
    return shown + "0" if point and len(cents) == 1 else shown


def price_groups(
    prices: Iterable[PriceObservation], *, today: datetime.date, volatile_days: int
) -> list[PriceGroup]:
    """The groups that have an observation; old ones are marked, not hidden."""
    prices = list(prices)
    groups = []
    for title, kinds in GROUPS.items():
        offers = [price for price in prices if price.kind in kinds]
        for currency in sorted({price.currency for price in offers}):
            same = [price for price in offers if price.currency == currency]
            same.sort(key=lambda row: (-row.observed_on.toordinal(), row.amount))
            limit = today - datetime.timedelta(days=volatile_days)
            groups.append(_group(title, same, limit))
    return groups


def _group(title: str, prices: list[Any], oldest_fresh: datetime.date) -> PriceGroup:
    rows = [
        PriceRow(
            kind=price.get_kind_display(),
            amount=price_text(price.amount),
            currency=price.currency,
            seller=price.seller,
            when=known_date(price.observed_on, price.observed_on_precision),
            source_url=price.source.url,
            is_old=price.observed_on < oldest_fresh,
        )
        for price in prices
    ]
    marks = [
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
        range=range_sentence(prices),
        is_old=all(row.is_old for row in rows),
        rows=rows,
        chart=price_chart(marks, SHAPES, prices[0].currency),
    )


def range_sentence(prices: list[Any]) -> str:
    """What was asked, between which days, by how many: never a bare price.

    `prices` are of one currency, at least one.
    """
    amounts = sorted(price.amount for price in prices)
    low, high = price_text(amounts[0]), price_text(amounts[-1])
    currency = prices[0].currency
    asked = f"between {low} and {high} {currency}" if low != high else f"{low} "
    if low == high:
        asked += currency
    days = sorted((price.observed_on, price.observed_on_precision) for price in prices)
    first, last = _month(*days[0]), _month(*days[-1])
    when = f"{first} – {last}" if first != last else known_date(*days[-1])
    count = f"{len(prices)} observations" if len(prices) > 1 else "one observation"
    return f"Asked {asked}, {when} ({count})."


def _month(day: datetime.date, precision: str) -> str:
    return known_date(day, "year" if precision == "year" else "month")
