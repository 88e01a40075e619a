"""Facts as readers see them: numbers with units, dates as exact as they are known."""

import datetime
from decimal import Decimal
from functools import lru_cache

from django.utils.formats import date_format

from catalog.importing.fields import plain
from catalog.models import GIB

NOTHING = ""


def grouped(number: Decimal | int | None) -> str:
    """A number with thin spaces between thousands; nothing for None.

    >>> grouped(Decimal("26401.00"))
    '26\\u202f401'
    """
    if number is None:
        return NOTHING
    whole, _, rest = plain(Decimal(number)).partition(".")
    shown = f"{int(whole):,}".replace(",", "\u202f")
    return f"{shown}.{rest}" if rest else shown


def gib(count: int | None) -> str:
    """Bytes in binary gigabytes, as vendors print memory.

    >>> gib(25769803776)
    '24'
    """
    return NOTHING if count is None else plain(round(Decimal(count) / GIB, 2))


def gigabytes(count: int | None) -> str:
    """Bytes in decimal gigabytes, as file sizes are printed.

    >>> gigabytes(4920739232)
    '4.92'
    """
    if count is None:
        return NOTHING
    number = Decimal(count) / 10**9
    return grouped(round(number, 2 if number < 100 else 0))


def billions(count: int | None) -> str:
    """A count of parameters in billions, to three figures.

    >>> billions(8030300000)
    '8.03'
    """
    if count is None:
        return NOTHING
    number = Decimal(count) / 10**9
    return grouped(round(number, 2 if number < 100 else 0))


@lru_cache(maxsize=4096)
def known_date(day: datetime.date | None, precision: str) -> str:
    """A date without the part that nobody knows.

    >>> known_date(datetime.date(2023, 10, 1), "month")
    'Oct 2023'
    """
    if day is None:
        return NOTHING
    return date_format(day, {"day": "j M Y", "month": "M Y", "year": "Y"}[precision])
