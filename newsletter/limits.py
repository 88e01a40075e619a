"""How often a form is heard, and how often one address is written to on request."""

import datetime
from typing import Any

from editorial.anonymous_forms import Limits
from editorial.models import AttemptCount
from newsletter.spelling import address_hash, address_hashes

SIGN_UP_LIMITS = Limits(
    "newsletter sign-up",
    per_address_a_day=20,
    per_network_a_day=100,
    in_all_an_hour=500,
)
DATA_LIMITS = Limits(
    "newsletter data", per_address_a_day=20, per_network_a_day=100, in_all_an_hour=500
)

LETTERS = "newsletter letters"
DATA_LETTERS = "newsletter data mails"

MOST_UNCONFIRMED = 3
DAYS_COUNTED = 30
COUNTERS_KEPT_DAYS = DAYS_COUNTED + 1


def may_write(
    purpose: str, key: str, now: datetime.datetime, *, most: int | None = None
) -> bool:
    """Whether a mail may go to the address, which is counted with that.

    One a day, and no more than `most` in 30 days. A day in which one was sent is a row
    under the address's keyed hash, so it stays when the address itself is erased. Two
    workers at once cannot both make the row: the second waits, and finds it.
    """
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    rows = _rows(purpose, key)
    if rows.filter(began_at=day).exists():
        return False
    first = day - datetime.timedelta(days=DAYS_COUNTED - 1)
    if most is not None and rows.filter(began_at__gte=first).count() >= most:
        return False
    _, is_first = AttemptCount.objects.get_or_create(
        purpose=purpose, key=address_hash(key), began_at=day
    )
    return is_first


def forget_unconfirmed(key: str, now: datetime.datetime) -> None:
    """A confirmed address may ask again later: only today's mail stays counted."""
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    _rows(LETTERS, key).filter(began_at__lt=day).delete()


def _rows(purpose: str, key: str) -> Any:
    return AttemptCount.objects.filter(purpose=purpose, key__in=address_hashes(key))
