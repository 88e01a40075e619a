"""The mails that answer what somebody typed into a form: plain text, to one address."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from newsletter.addresses import (
    confirm_address,
    data_address,
    leave_address,
    preferences_address,
    public_address,
)
from newsletter.consent import CURRENT, words_of
from newsletter.models import Letter, LetterKind, Subscriber
from newsletter.outbox import post_letter
from newsletter.tokens import CONFIRM_DAYS, DATA_HOURS, Wish
from newsletter.watching import target_called


def post_confirmation(subscriber: Subscriber, wish: Wish) -> Letter:
    """A link to the page with the button that begins the subscription."""
    return _post(
        LetterKind.CONFIRM,
        subscriber,
        subject=f"Please confirm: mail from {settings.SITE_NAME}",
        template="confirm",
        context={
            "confirm_url": confirm_address(subscriber, wish),
            "days": CONFIRM_DAYS,
            "target": target_called(wish.watch),
            "wants_digest": wish.wants_digest,
            "consent": words_of(CURRENT),
            "privacy_url": public_address("privacy"),
        },
    )


def post_links(subscriber: Subscriber, *, watch: str = "") -> Letter:
    """For whoever is subscribed and asked again: where to change what they get."""
    return _post(
        LetterKind.LINKS,
        subscriber,
        subject=f"You are subscribed already: {settings.SITE_NAME}",
        template="links",
        context={
            "preferences_url": preferences_address(subscriber, watch=watch),
            "leave_url": leave_address(subscriber),
            "target": target_called(watch),
            "confirmed_at": subscriber.confirmed_at,
        },
    )


def post_data_link(subscriber: Subscriber) -> Letter:
    """A link to what is kept about them, and to erasing it."""
    return _post(
        LetterKind.EXPORT,
        subscriber,
        subject=f"What {settings.SITE_NAME} keeps about you",
        template="my_data",
        context={"data_url": data_address(subscriber), "hours": DATA_HOURS},
    )


def _post(
    kind: LetterKind,
    subscriber: Subscriber,
    *,
    subject: str,
    template: str,
    context: Mapping[str, Any],
) -> Letter:
    values = {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL, **context}
    return post_letter(
        kind,
        address=subscriber.address,
        subject=subject,
        text=render_to_string(f"emails/newsletter/{template}.txt", values),
        subscriber=subscriber,
    )
