"""Which of the dated prices count for a ranking, and how: the one rule."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from statistics import median
from typing import Any

from catalog.models import Hardware, HardwareKind
from catalog.prices import (
    GROUP_OF,
    NEW,
    PRICE_GROUPS,
    UNSTATED,
    USED,
    PriceRange,
    price_text,
    price_unit,
    range_of,
)
from editorial.vocabularies import VOLATILE_DAYS, PriceKind
from estimator.cost import Amount

COUNTED_DAYS = VOLATILE_DAYS
"""Prices seen within so many days of the newest one count together with it."""
CONDITIONS: dict[str, tuple[str, tuple[str, ...]]] = {
    "any": ("New or used", (NEW, USED, UNSTATED)),
    "new": ("New only", (NEW,)),
    "used": ("Used only", (USED,)),
}
"""Parameter to its words and the groups of prices that it allows."""


@dataclass(frozen=True)
class CountedPrice:
    """What one piece was last asked for, in one condition, in US dollars."""

    group: str
    seen: PriceRange
    is_list_price: bool
    """Only the maker's price at launch is known."""

    @cached_property
    def expected(self) -> Decimal:
        return Decimal(median(row.amount for row in self.seen.rows))

    @property
    def amount(self) -> Amount:
        return Amount(self.seen.low, self.expected, self.seen.high)

    @property
    def newest(self) -> Any:
        return self.seen.rows[-1]

    @property
    def source_url(self) -> str:
        return str(self.newest.source.url)

    @property
    def words(self) -> str:
        """The condition, as it stands beside the amount."""
        if self.is_list_price:
            return "list price"
        return PRICE_GROUPS[self.group][0].lower()

    @property
    def seller(self) -> str:
        count = len(self.seen.rows)
        return self.newest.seller if count == 1 else f"{count} sellers or days"

    def is_old(self, today: date) -> bool:
        return self.seen.is_old(today)

    def shown(self, count: int = 1) -> str:
        """The range for `count` pieces, as "704" or "1 400–1 500"."""
        low, high = self.seen.low * count, self.seen.high * count
        if low == high:
            return price_text(low)
        return f"{price_text(low)}–{price_text(high)}"


def counted_prices(hardware: Hardware, offers: Iterable[Any]) -> list[CountedPrice]:
    """The prices of `hardware` that count, one for each condition, cheapest first.

    A list price counts only where nobody's asking price was seen. None count for a
    chip that is sold with several sizes of memory: an observation does not say which.
    """
    if hardware.kind == HardwareKind.APPLE_SOC:
        return []
    groups: dict[str, list[Any]] = {}
    for offer in offers:
        group = GROUP_OF[PriceKind(offer.kind)]
        if group in (NEW, USED, UNSTATED):
            groups.setdefault(group, []).append(offer)
    found = [_counted(group, rows) for group, rows in groups.items()]
    return sorted(found, key=lambda price: (price.expected, price.group))


def _counted(group: str, offers: list[Any]) -> CountedPrice:
    street = [offer for offer in offers if offer.kind != PriceKind.MSRP]
    rows = street or offers
    newest = max(row.observed_on for row in rows)
    recent = [row for row in rows if (newest - row.observed_on).days <= COUNTED_DAYS]
    return CountedPrice(
        group, range_of(recent, "amount", price_unit(group)), is_list_price=not street
    )


def price_in(prices: Iterable[CountedPrice], condition: str) -> CountedPrice | None:
    """The cheapest of `prices` that a condition allows."""
    allowed = CONDITIONS[condition][1]
    return next((price for price in prices if price.group in allowed), None)
