"""How old a measurement is, in whole calendar months."""

import calendar
import datetime

from benchmarks.rules import HIDDEN_MONTHS, STALE_MONTHS


def months_before(today: datetime.date, months: int) -> datetime.date:
    """The last day that lies `months` or more behind `today`.

    >>> months_before(datetime.date(2026, 12, 31), 18)
    datetime.date(2025, 6, 30)
    """
    years, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    last = calendar.monthrange(years, month + 1)[1]
    return datetime.date(years, month + 1, min(today.day, last))


def is_stale(measured_on: datetime.date | None, today: datetime.date) -> bool:
    """Older than the limit. An undated row is not called stale: it says undated."""
    if measured_on is None:
        return False
    return measured_on <= months_before(today, STALE_MONTHS)


def is_off_lists(measured_on: datetime.date | None, today: datetime.date) -> bool:
    """So old that lists leave it out until a reader asks; its page stays."""
    if measured_on is None:
        return False
    return measured_on <= months_before(today, HIDDEN_MONTHS)
