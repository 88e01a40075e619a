"""What was asked for a piece of hardware, as ranges with their dates."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from catalog.measures import grouped, known_date
from catalog.models import PriceObservation
from editorial.vocabularies import CLOUD_KINDS, NEW_KINDS, USED_KINDS, VOLATILE_DAYS

NEW = "new"
USED = "used"
CLOUD = "cloud"

PRICE_GROUPS = {
    NEW: ("New", NEW_KINDS),
    USED: ("Used", USED_KINDS),
    CLOUD: ("Cloud, per hour", CLOUD_KINDS),
}
"""Group to its words and its kinds of prices."""


@dataclass(frozen=True)
class PriceRange:
    """The least and the most that was asked, between two days."""

    low: Decimal
    high: Decimal
    currency: str
    first: PriceObservation
    last: PriceObservation
    count: int

    @property
    def amount(self) -> str:
        if self.low == self.high:
            return grouped(self.low)
        return f"{grouped(self.low)}–{grouped(self.high)}"

    @property
    def when(self) -> str:
        days = [
            known_date(row.observed_on, row.observed_on_precision)
            for row in (self.first, self.last)
        ]
        return days[0] if days[0] == days[1] else f"{days[0]} – {days[1]}"

    def is_old(self, today: datetime.date) -> bool:
        """Whether even the newest is due for a re-check."""
        return (today - self.last.observed_on).days > VOLATILE_DAYS


def price_range(prices: Iterable[PriceObservation], group: str) -> PriceRange | None:
    """The range of one group in its commonest currency; None without a price."""
    kinds = PRICE_GROUPS[group][1]
    rows = [row for row in prices if row.kind in kinds]
    if not rows:
        return None
    currencies = [row.currency for row in rows]
    currency = max(sorted(set(currencies)), key=currencies.count)
    rows = [row for row in rows if row.currency == currency]
    rows.sort(key=lambda row: row.observed_on)
    amounts = [row.amount for row in rows]
    return PriceRange(
        low=min(amounts),
        high=max(amounts),
        currency=currency,
        first=rows[0],
        last=rows[-1],
        count=len(rows),
    )
