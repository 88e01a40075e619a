"""The rows of a mailing, written in lots: may be stopped at any time and goes on."""

import datetime
from itertools import chain
from typing import Any

from django.db import transaction
from django.utils import timezone

from newsletter.models import (
    Letter,
    Mailing,
    MailingKind,
    MailingState,
    Subscriber,
    Suppression,
)
from newsletter.spelling import address_hashes

LOT = 1000
"""Subscribers whose rows are written in one transaction."""


def build(mailing: Mailing) -> None:
    """Write what is left of the rows of `mailing`. Several may do it at once."""
    while build_lot(mailing.pk):
        pass


def build_some() -> bool:
    """One lot of the oldest mailing that is not built; False where all are."""
    pk = Mailing.objects.building().order_by("pk").values_list("pk", flat=True).first()
    if pk is None:
        return False
    build_lot(pk)
    return True


@transaction.atomic
def build_lot(pk: int) -> bool:
    """Write the rows of the next lot; False where there is nothing left to write.

    The lock on the mailing makes others wait, and its `built_to` tells them where we
    stopped. The constraint of the table says once more that nobody gets two rows.
    """
    rows = Mailing.objects.building().defer("html", "text").select_for_update()
    mailing = rows.filter(pk=pk).first()
    if mailing is None:
        return False
    lot = list(
        recipients(mailing, timezone.now().date())
        .filter(pk__gt=mailing.built_to)
        .order_by("pk")
        .values_list("pk", "address", "address_key")[:LOT]
    )
    if not lot:
        mailing.state = MailingState.SENDING
        mailing.built_at = timezone.now()
        mailing.save(update_fields=["state", "built_at"])
        return False
    _write(mailing, lot)
    mailing.built_to = lot[-1][0]
    mailing.save(update_fields=["built_to"])
    return True


def recipients(mailing: Mailing, today: datetime.date) -> Any:
    """Whoever wants `mailing` on that day."""
    if mailing.kind == MailingKind.DIGEST:
        return Subscriber.objects.wanting_digest(today)
    return Subscriber.objects.watching(mailing.targets, today)


def _write(mailing: Mailing, lot: list[tuple[int, str, str]]) -> None:
    hashes = {pk: address_hashes(key) for pk, _, key in lot}
    rows = Suppression.objects.barring().of(chain.from_iterable(hashes.values()))
    barred = set(rows.values_list("address_hash", flat=True))
    Letter.objects.bulk_create(
        (
            Letter(
                kind=mailing.kind, mailing=mailing, subscriber_id=pk, address=address
            )
            for pk, address, _ in lot
            if barred.isdisjoint(hashes[pk])
        ),
        ignore_conflicts=True,
    )
