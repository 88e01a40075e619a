"""The life of a subscription: asked for, confirmed, changed, left, erased."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from editorial.audit import record
from editorial.models import EventAction
from newsletter.consent import ASKED, CONFIRMED, CURRENT, words_of
from newsletter.letters import post_confirmation, post_data_link, post_links
from newsletter.limits import (
    DATA_LETTERS,
    LETTERS,
    MOST_UNCONFIRMED,
    forget_unconfirmed,
    may_write,
)
from newsletter.models import (
    AddressRequest,
    Consent,
    Letter,
    MailEvent,
    Subscriber,
    SubscriberState,
    Suppression,
    SuppressionReason,
    Watch,
)
from newsletter.spelling import address_hash, address_hashes
from newsletter.tokens import CONFIRM_DAYS, Wish
from newsletter.watching import Target, target_called

LEFT_KEPT_DAYS = 180
"""Days for which the row of somebody who left is kept, to answer a complaint."""

MOST_WATCHES = 50


class NotSubscribedError(Exception):
    """The address was never confirmed, has left, or its link is used up."""


@transaction.atomic
def subscribe(asked: AddressRequest) -> Letter | None:
    """Answer a sign-up by the mail that it calls for; None where it calls for none.

    A new address gets a link to confirm, one that is subscribed its links. One that
    bounced or complained gets nothing, and nobody gets more than the limits allow.
    """
    if _is_barred(asked.address_key):
        return None
    now = timezone.now()
    wish = Wish(asked.wants_digest, asked.watch)
    row = _locked(address_key=asked.address_key)
    if row is not None and row.state == SubscriberState.ACTIVE:
        if not may_write(LETTERS, row.address_key, now):
            return None
        return post_links(row, watch=wish.watch)
    if not may_write(LETTERS, asked.address_key, now, most=MOST_UNCONFIRMED):
        return None
    if row is None:
        row, _ = Subscriber.objects.get_or_create(
            address_key=asked.address_key, defaults={"address": asked.address}
        )
    row.expires_at = now + datetime.timedelta(days=CONFIRM_DAYS)
    row.save(update_fields=["expires_at"])
    _note_consent(row, ASKED, asked.consent_version, asked.client_hash, asked.asked_at)
    return post_confirmation(row, wish)


@transaction.atomic
def confirm(subscriber: Subscriber, *, wish: Wish, client_hash: str) -> bool:
    """Begin the subscription; False where it had begun before.

    Raises NotSubscribedError where nobody waits for a confirmation any more.
    """
    row = _locked(pk=subscriber.pk)
    if row is not None and row.state == SubscriberState.ACTIVE:
        return False
    now = timezone.now()
    if row is None or row.expires_at is None or row.expires_at <= now:
        raise NotSubscribedError
    row.state = SubscriberState.ACTIVE
    row.confirmed_at = now
    row.expires_at = row.left_at = row.paused_until = None
    row.leave_reason = row.leave_remark = ""
    row.wants_digest = wish.wants_digest
    row.save()
    target = target_called(wish.watch)
    if target is not None:
        _add_watch(row, target)
    _note_consent(row, CONFIRMED, CURRENT, client_hash, now)
    hashes = address_hashes(row.address_key)
    erased = Suppression.objects.of(hashes).filter(reason=SuppressionReason.ERASED)
    erased.delete()
    forget_unconfirmed(row.address_key, now)
    return True


@transaction.atomic
def leave(subscriber: Subscriber, *, reason: str = "", remark: str = "") -> None:
    """End all mail at once. Said twice it is the same; a reason may come later.

    Nothing is kept of somebody who never confirmed.
    """
    row = _locked(pk=subscriber.pk)
    if row is None:
        return
    if row.state == SubscriberState.PENDING:
        row.delete()
        return
    if row.state == SubscriberState.ACTIVE:
        row.state = SubscriberState.LEFT
        row.left_at = timezone.now()
        row.paused_until = None
        row.watches.all().delete()
    row.expires_at = None
    row.leave_reason = reason or row.leave_reason
    row.leave_remark = remark or row.leave_remark
    row.save()


@transaction.atomic
def set_preferences(
    subscriber: Subscriber, *, wants_digest: bool, paused_until: datetime.date | None
) -> None:
    """What an active subscriber gets, and from when on. Raises NotSubscribedError."""
    row = _active(subscriber)
    row.wants_digest = wants_digest
    row.paused_until = paused_until
    row.save(update_fields=["wants_digest", "paused_until"])


@transaction.atomic
def watch(subscriber: Subscriber, target: Target) -> bool:
    """Tell them of changes of `target`; False where their list is full.

    Raises NotSubscribedError.
    """
    return _add_watch(_active(subscriber), target)


@transaction.atomic
def unwatch(subscriber: Subscriber, key: str) -> None:
    """Take off their list what `key` names, as `Watch.key` does.

    Raises NotSubscribedError. What is not on the list is simply not on it.
    """
    row = _active(subscriber)
    for each in row.watches.all():
        if each.key == key:
            each.delete()


@transaction.atomic
def offer_data(asked: AddressRequest) -> Letter | None:
    """A link to what is kept about the address, if anything is; once a day."""
    row = _locked(address_key=asked.address_key)
    if row is None or _is_barred(asked.address_key):
        return None
    if not may_write(DATA_LETTERS, row.address_key, timezone.now()):
        return None
    return post_data_link(row)


@transaction.atomic
def erase(subscriber: Subscriber, *, by: Any = None) -> None:
    """Delete whatever names them; a keyed hash stays, so that nothing more is sent.

    `by` is whoever of the desk does it at somebody's wish; that is in the trail,
    without the address. What is erased already stays so.
    """
    row = _locked(pk=subscriber.pk)
    if row is None:
        return
    mark = address_hash(row.address_key)
    own = Q(subscriber=row) | Q(address__iexact=row.address)
    Letter.objects.filter(own).delete()
    AddressRequest.objects.filter(address_key=row.address_key).delete()
    MailEvent.objects.of(address_hashes(row.address_key)).delete()
    Suppression.objects.get_or_create(
        address_hash=mark, defaults={"reason": SuppressionReason.ERASED}
    )
    row.delete()
    if by is not None:
        record(EventAction.SUBSCRIBER_ERASE, subject=f"{mark[:12]}…", by=by)


def erase_unconfirmed(now: datetime.datetime) -> int:
    """Erase whoever did not confirm in time; answers how many."""
    return _erased(Subscriber.objects.overdue(now))


def erase_left(now: datetime.datetime) -> int:
    """Erase whoever left long enough ago; answers how many."""
    limit = now - datetime.timedelta(days=LEFT_KEPT_DAYS)
    return _erased(Subscriber.objects.left_by(limit))


def _erased(rows: Any) -> int:
    return int(rows.delete()[1].get(Subscriber._meta.label, 0))


def _locked(**wanted: Any) -> Subscriber | None:
    return Subscriber.objects.select_for_update().filter(**wanted).first()


def _active(subscriber: Subscriber) -> Subscriber:
    row = _locked(pk=subscriber.pk)
    if row is None or row.state != SubscriberState.ACTIVE:
        raise NotSubscribedError
    return row


def _is_barred(key: str) -> bool:
    return bool(Suppression.objects.of(address_hashes(key)).barring().exists())


def _add_watch(row: Subscriber, target: Target) -> bool:
    if row.watches.count() >= MOST_WATCHES:
        return False
    Watch.objects.get_or_create(subscriber=row, type=target.type, target_uid=target.uid)
    return True


def _note_consent(
    row: Subscriber,
    step: str,
    version: str,
    client_hash: str,
    moment: datetime.datetime,
) -> None:
    Consent.objects.create(
        subscriber=row,
        step=step,
        version=version,
        text=words_of(version),
        given_at=moment,
        client_hash=client_hash,
    )
