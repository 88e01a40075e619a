"""Addresses that mail does not reach, or that do not want it: who is written off when.

A hard bounce and a complaint count at once, soft bounces from the third in 30 days on.
A report that comes twice counts once. Only a keyed hash of the address is kept.
"""

import datetime

from django.db import transaction
from django.utils import timezone

from newsletter.models import (
    MailEvent,
    MailEventKind,
    Subscriber,
    SubscriberState,
    Suppression,
    SuppressionReason,
)
from newsletter.spelling import address_hash, key_of

SOFT_LIMIT = 3
SOFT_DAYS = 30
EVENTS_KEPT_DAYS = 400

REASONS = {
    MailEventKind.HARD_BOUNCE: SuppressionReason.HARD_BOUNCE,
    MailEventKind.COMPLAINT: SuppressionReason.COMPLAINT,
}


@transaction.atomic
def take_event(kind: MailEventKind, *, address: str, key: str) -> bool:
    """Keep what a provider reports, and act on it; False where it was known.

    `key` is the same whenever the provider sends the same report.
    """
    address_key = key_of(address)
    hashed = address_hash(address_key)
    _, is_new = MailEvent.objects.get_or_create(
        key=key, defaults={"kind": kind, "address_hash": hashed}
    )
    if not is_new:
        return False
    if kind == MailEventKind.LEAVE:
        _leave(address_key)
    elif kind in REASONS:
        _suppress(hashed, address_key, REASONS[kind])
    elif _soft_count(hashed) >= SOFT_LIMIT:
        _suppress(hashed, address_key, SuppressionReason.SOFT_BOUNCES)
    return True


def _soft_count(hashed: str) -> int:
    since = timezone.now() - datetime.timedelta(days=SOFT_DAYS)
    return int(MailEvent.objects.soft_bounces_of(hashed, since=since).count())


def _suppress(hashed: str, address_key: str, reason: SuppressionReason) -> None:
    row, is_new = Suppression.objects.get_or_create(
        address_hash=hashed, defaults={"reason": reason}
    )
    if not is_new and row.reason == SuppressionReason.ERASED:
        row.reason, row.since = reason, timezone.now()
        row.save(update_fields=["reason", "since"])
    _leave(address_key)


def _leave(address_key: str) -> None:
    people = Subscriber.objects.filter(address_key=address_key)
    people.exclude(state=SubscriberState.LEFT).update(
        state=SubscriberState.LEFT, left_at=timezone.now()
    )


def forget_events(now: datetime.datetime) -> None:
    """Delete reports that count for nothing any more."""
    limit = now - datetime.timedelta(days=EVENTS_KEPT_DAYS)
    MailEvent.objects.older_than(limit).delete()
