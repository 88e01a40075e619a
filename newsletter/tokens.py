"""Signed texts in the addresses that mails carry.

A token holds a subscriber's random number and what it is good for, never an address.
It needs no row: whether it still means anything follows from the subscriber's own row.
"""

import uuid
from dataclasses import dataclass

from django.core import signing

from newsletter.models import Subscriber

CONFIRM_DAYS = 7
DATA_HOURS = 1

CONFIRM, LEAVE, PREFERENCES, DATA = "confirm", "leave", "preferences", "data"
LIFETIMES = {CONFIRM: CONFIRM_DAYS * 86_400, DATA: DATA_HOURS * 3600}
"""In seconds. A link that is in every mail has no end: old mails keep theirs."""


@dataclass(frozen=True)
class Wish:
    """What a confirmation switches on: the digest, something to watch, or both."""

    wants_digest: bool = True
    watch: str = ""


@dataclass(frozen=True)
class Token:
    subscriber: uuid.UUID
    wish: Wish


def _salt(purpose: str) -> str:
    return f"newsletter.{purpose}"


def make_token(purpose: str, subscriber: Subscriber, wish: Wish | None = None) -> str:
    values: list[str | int] = [subscriber.uid.hex]
    if wish is not None:
        values += [int(wish.wants_digest), wish.watch]
    return signing.dumps(values, salt=_salt(purpose), compress=True)


def read_token(purpose: str, text: str) -> Token | None:
    """What `text` says; None where it is not ours, for something else, or too old."""
    try:
        uid, *wish = signing.loads(
            text, salt=_salt(purpose), max_age=LIFETIMES.get(purpose)
        )
    except signing.BadSignature:
        return None
    wants_digest, watch = wish or (1, "")
    return Token(uuid.UUID(uid), Wish(bool(wants_digest), watch))
