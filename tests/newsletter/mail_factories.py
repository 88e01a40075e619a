"""Subscribers, mailings and letters, as tests of sending need them."""

import itertools

from newsletter.building import build
from newsletter.mailings import start_mailing
from newsletter.marks import LEAVE, PREFERENCES, DrawnMail
from newsletter.models import Mailing, MailingKind, Subscriber, SubscriberState, Watch

_numbers = itertools.count(1)


def make_readers(number):
    rows = [
        Subscriber(
            address=f"reader-{each}@example.org",
            address_key=f"reader-{each}@example.org",
            state=SubscriberState.ACTIVE,
        )
        for each in range(number)
    ]
    return Subscriber.objects.bulk_create(rows)


def watch(reader, target_uid, type_="engine"):
    return Watch.objects.create(subscriber=reader, type=type_, target_uid=target_uid)


def drawn_mail(subject="What changed in November"):
    return DrawnMail(
        subject=subject,
        html=f'<p>News. <a href="{LEAVE}">Leave</a> <a href="{PREFERENCES}">…</a></p>',
        text=f"News.\nLeave: {LEAVE}\nPreferences: {PREFERENCES}\n",
    )


def make_mailing(kind=MailingKind.DIGEST, *, key="", per_second=1000, **options):
    """A mailing that began just now; nobody has a row of it yet."""
    key = key or f"mailing-{next(_numbers)}"
    mailing = start_mailing(kind, drawn_mail(), key=key, **options)
    mailing.per_second = per_second
    mailing.save()
    return mailing


def make_built_mailing(**options):
    """A mailing with a letter for each reader that there is."""
    mailing = make_mailing(**options)
    build(mailing)
    return Mailing.objects.get(pk=mailing.pk)
