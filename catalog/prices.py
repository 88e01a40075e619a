"""What was asked for a piece of hardware, as ranges with their dates: the one place."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from catalog.measures import grouped, known_date
from catalog.models import PriceObservation
from editorial.vocabularies import (
    CLOUD_KINDS,
    NEW_KINDS,
    USED_KINDS,
    VOLATILE_DAYS,
    PriceKind,
)

NEW, USED, UNSTATED, CLOUD = "new", "used", "unstated", "cloud"
USD = "USD"

PRICE_GROUPS: dict[str, tuple[str, Sequence[PriceKind]]] = {
    NEW: ("New", NEW_KINDS),
    USED: ("Used", USED_KINDS),
    UNSTATED: ("Condition not stated", (PriceKind.STREET_UNSTATED,)),
    CLOUD: ("Cloud, by the hour", CLOUD_KINDS),
}
"""Group to its words and its kinds of prices: what one range, and one axis, may span.

The list price belongs to the new ones.
"""
GROUP_OF = {kind: group for group, (_, kinds) in PRICE_GROUPS.items() for kind in kinds}


@dataclass(frozen=True)
class PriceRange:
    """The least and the most that was asked. `rows` begin with the oldest."""

    low: Decimal
    high: Decimal
    unit: str
    rows: Sequence[Any]

    @property
    def amount(self) -> str:
        low, high = price_text(self.low), price_text(self.high)
        return low if low == high else f"{low}–{high}"

    @property
    def when(self) -> str:
        days = [
            known_date(row.observed_on, row.observed_on_precision)
            for row in (self.rows[0], self.rows[-1])
        ]
        return days[0] if days[0] == days[1] else f"{days[0]} – {days[1]}"

    @property
    def observations(self) -> str:
        count = len(self.rows)
        return "1 observation" if count == 1 else f"{count} observations"

    @property
    def sentence(self) -> str:
        """What was asked, between which days, how often: never a bare price."""
        low, high = price_text(self.low), price_text(self.high)
        amount = low if low == high else f"between {low} and {high}"
        return f"Asked {amount} {self.unit}, {self.when} ({self.observations})."

    def is_old(self, today: datetime.date) -> bool:
        """Whether even the newest is due for a re-check."""
        return is_old(self.rows[-1].observed_on, today)


def price_ranges(
    prices: Iterable[PriceObservation],
) -> dict[tuple[str, str], PriceRange]:
    """By group and currency, as far as anything was seen, in the order of the groups.

    Neither new and used, nor buying and renting, nor two currencies share a range.
    """
    found = defaultdict(list)
    for price in prices:
        found[GROUP_OF[PriceKind(price.kind)], price.currency].append(price)
    return {
        key: range_of(found[key], "amount", price_unit(*key))
        for key in sorted(found, key=in_order)
    }


def in_order(key: tuple[str, str]) -> tuple[int, str]:
    """Where a (group, currency) stands among others."""
    group, currency = key
    return list(PRICE_GROUPS).index(group), currency


def range_of(rows: Iterable[Any], field: str, unit: str) -> PriceRange:
    """The range of `field` in `rows`, of which there is at least one."""
    ordered = sorted(rows, key=lambda row: row.observed_on)
    amounts = [getattr(row, field) for row in ordered]
    return PriceRange(min(amounts), max(amounts), unit, ordered)


def price_label(group: str) -> str:
    """What a column or a line of such prices is called.

    >>> price_label(NEW), price_label(CLOUD)
    ('Price, new', 'Cloud price')
    """
    name = PRICE_GROUPS[group][0].lower()
    return "Cloud price" if group == CLOUD else f"Price, {name}"


def price_unit(group: str, currency: str = USD) -> str:
    return f"{currency} an hour" if group == CLOUD else currency


def price_text(amount: Decimal) -> str:
    """An amount with cents only where it has them, but never just one digit of them.

    >>> price_text(Decimal("1599.00")), price_text(Decimal("0.3800"))
    ('1\\u202f599', '0.38')
    """
    shown = grouped(amount)
    _, point, cents = shown.partition(".")
    return shown + "0" if point and len(cents) == 1 else shown


def is_old(day: datetime.date, today: datetime.date) -> bool:
    """Whether a price that was seen on `day` is due for a re-check."""
    return (today - day).days > VOLATILE_DAYS
