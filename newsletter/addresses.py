"""Each subscriber's own addresses on the site, whole, as mails need them."""

from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from newsletter.models import Subscriber
from newsletter.tokens import CONFIRM, DATA, LEAVE, PREFERENCES, Wish, make_token


def leave_address(subscriber: Subscriber) -> str:
    """Where one click ends all mail: for `List-Unsubscribe` and the foot of mails."""
    return _whole("newsletter:leave", make_token(LEAVE, subscriber))


def preferences_address(subscriber: Subscriber, *, watch: str = "") -> str:
    """The page of what they get; with `watch` it offers to watch that as well."""
    address = _whole("newsletter:preferences", make_token(PREFERENCES, subscriber))
    return f"{address}?{urlencode({'watch': watch})}" if watch else address


def confirm_address(subscriber: Subscriber, wish: Wish) -> str:
    return _whole("newsletter:confirm", make_token(CONFIRM, subscriber, wish))


def data_address(subscriber: Subscriber) -> str:
    return _whole("newsletter:my_data_open", make_token(DATA, subscriber))


def public_address(name: str) -> str:
    """A page that is the same for everybody."""
    return f"{settings.SITE_URL}{reverse(name)}"


def _whole(name: str, token: str) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=[token])}"
