"""Each input of the reckoning as a range, with where it comes from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median
from typing import Any

from calculators.cost.money import plain_amount
from calculators.measured_rows import ODD_HOST
from calculators.pricing import COUNTED_DAYS, CountedPrice
from catalog.measures import known_date
from catalog.prices import USD, is_old
from editorial.vocabularies import PriceKind
from estimator.cost import Amount, of_constant
from estimator.cost_constants import (
    CACHED_SHARE,
    HOST_WATTS,
    IDLE_SHARE,
    LOAD_SHARE,
    resale_share,
)

YOURS = "your figure"


@dataclass(frozen=True)
class Input:
    """A line of the table of inputs. `amount` None is drawn as a dash."""

    label: str
    unit: str
    amount: Amount | None
    origin: str
    source_url: str = ""
    when: str = ""
    is_old: bool = False

    @property
    def shown(self) -> str:
        return plain_amount(self.amount)


def given(label: str, unit: str, value: Decimal | int) -> Input:
    return Input(label, unit, Amount.exactly(value), YOURS)


def price_input(
    price: CountedPrice | None, count: int, today: date, *, is_unclear: bool
) -> Input:
    """`is_unclear`: prices are known, but not for which size of memory."""
    label = "Price" if count == 1 else f"Price of {count}"
    if price is None:
        words = "no dated price was seen"
        if is_unclear:
            words = "the prices seen do not say for which size of memory"
        return Input(label, USD, None, words)
    return Input(
        label,
        USD,
        price.amount.times(count),
        f"{price.words}, {price.seller}",
        price.source_url,
        price.seen.when,
        price.is_old(today),
    )


def resale_input(months: int) -> Input:
    found = resale_share(months)
    return Input(
        "Resale",
        "% of the price",
        of_constant(found).times(100),
        f"used prices of October 2023 over launch prices, {found.note}",
        found.source,
    )


def load_input(rows: Sequence[Any], model: str, board_w: int | None) -> Input:
    """Measured where somebody did: with the same model, else with any.

    Many cards were measured in a small board; for those an ordinary computer is added.
    """
    label, host = "Watts under load", of_constant(HOST_WATTS)
    added = f"{HOST_WATTS.low:.0f} to {HOST_WATTS.high:.0f} W added for a computer"
    own = [row for row in rows if row.ai_model and row.ai_model.slug == model]
    found = own or list(rows)
    if found:
        watts = [
            Amount.exactly(row.power_w) + host
            if _is_small(row)
            else Amount.exactly(row.power_w)
            for row in found
        ]
        about = "this model" if own else "other models"
        small = f", in a small board: {added}" if any(map(_is_small, found)) else ""
        return Input(
            label,
            "W",
            Amount(
                min(each.low for each in watts),
                Decimal(median(each.expected for each in watts)),
                max(each.high for each in watts),
            ),
            f"measured with {about}, {_rows(len(found))}, at the wall{small}",
            found[-1].source.url,
            known_date(found[-1].measured_on, found[-1].measured_on_precision),
        )
    if board_w is None:
        return Input(label, "W", None, "neither measured nor printed by the maker")
    return Input(
        label,
        "W",
        of_constant(LOAD_SHARE).times(board_w) + host,
        f"not measured: board power of {board_w} W times the share that other cards "
        f"drew, {added}",
        LOAD_SHARE.source,
    )


def _is_small(row: Any) -> bool:
    """Whether the card was measured in a small board instead of a computer."""
    return ODD_HOST.search(f"{row.hardware_name}; {row.notes}") is not None


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count} rows"


def idle_input(load: Amount | None) -> Input:
    label = "Watts at rest"
    if load is None:
        return Input(label, "W", None, "follows from the watts under load")
    return Input(
        label,
        "W",
        load.times(of_constant(IDLE_SHARE)),
        f"not measured: {IDLE_SHARE.low:.0%} to {IDLE_SHARE.high:.0%} of those under "
        "load",
        IDLE_SHARE.source.split(" and ")[0],
    )


def rent_input(rows: Iterable[Any], kind: PriceKind, count: int, today: date) -> Input:
    """What an hour of the same cards was asked for, in one kind of offer."""
    label = "Rent" if kind == PriceKind.CLOUD_HOUR else "Rent, spot"
    offers = [row for row in rows if row.kind == kind and row.currency == USD]
    if not offers:
        return Input(label, "USD/h", None, "no dated price was seen")
    newest = max(row.observed_on for row in offers)
    recent = [row for row in offers if (newest - row.observed_on).days <= COUNTED_DAYS]
    last = max(recent, key=lambda row: row.observed_on)
    amounts = [row.amount for row in recent]
    hourly = Amount(min(amounts), Decimal(median(amounts)), max(amounts))
    return Input(
        label,
        "USD/h",
        hourly.times(count),
        f"{len(recent)} offers, {_names([row.seller for row in recent])}",
        last.source.url,
        known_date(last.observed_on, last.observed_on_precision),
        is_old(last.observed_on, today),
    )


def _names(sellers: Sequence[str]) -> str:
    names = sorted(set(sellers))
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return ", ".join(names[:3]) + more


CACHED_WORDS = (
    f"{CACHED_SHARE.low:.0%} to {CACHED_SHARE.high:.0%} of the prompt price; "
    "no provider's own price is kept"
)
