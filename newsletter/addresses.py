"""The addresses of a subscriber's own pages."""

from django.conf import settings
from django.core import signing

from newsletter.models import Subscriber


def _token(subscriber: Subscriber, purpose: str) -> str:
    return signing.Signer(salt=f"newsletter {purpose}").sign(subscriber.uid.hex)


def leave_address(subscriber: Subscriber) -> str:
    return f"{settings.SITE_URL}/newsletter/leave/{_token(subscriber, 'leave')}/"


def preferences_address(subscriber: Subscriber) -> str:
    token = _token(subscriber, "preferences")
    return f"{settings.SITE_URL}/newsletter/preferences/{token}/"
