"""Forms that anybody may send without an account, a session or a cookie.

Their pages may be cached, so there is no CSRF token to compare. Instead a form checks
that the browser sent it from this site, that a field hidden from people stayed empty,
and that it was open for a few seconds and not for days; counters in the database bound
how often one sender, and all together, are heard.
"""

import datetime
import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from editorial.models import AttemptCount
from editorial.origin import client_address

SHORTEST_SECONDS = 3
"""Nobody reads and fills in a form faster."""

STEP_SECONDS = 1
"""The same for a page that shows once more what was filled in elsewhere."""

STEP = ", one more step"
"""Behind the purpose in the mark of such a page."""

LONGEST_HOURS = 24
COUNTERS_KEPT_DAYS = 2

_kept_longer: dict[str, int] = {}

FOREIGN = (
    "The browser did not say that this was sent from a page of this site, so nothing "
    "was kept. Your text is below: send it once more from here."
)
FILLED_TRAP = (
    "A field that has to stay empty was filled in, as programs do. It is empty again: "
    "if you are not a program, send the form once more."
)
TOO_FAST = (
    f"The form came back within {SHORTEST_SECONDS} seconds, as programs do. Your text "
    "is below: wait a moment and send it once more."
)
TOO_OLD = (
    f"The form had been open for more than {LONGEST_HOURS} hours. Your text is below: "
    "look whether it still holds and send it once more."
)
UNREADABLE = (
    "The form came back without the mark that it was made with. Your text is below: "
    "send it once more."
)


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def is_from_this_site(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this site sent the request.

    Every browser of today sends one of the two headers with a form. Programs can send
    what they like; the check keeps other sites from using their readers' browsers.
    """
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    own = {_origin(settings.SITE_URL), f"{request.scheme}://{request.get_host()}"}
    return request.headers.get("Origin", "") in own | set(settings.CSRF_TRUSTED_ORIGINS)


class AnonymousForm(forms.Form):
    """Base of such forms. A subclass names its `purpose` and adds its fields."""

    purpose = ""
    began = forms.CharField(required=False, widget=forms.HiddenInput)
    website = forms.CharField(
        label="Leave this field empty",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["began"].initial = self._new_mark()

    @property
    def _signer(self) -> signing.TimestampSigner:
        return signing.TimestampSigner(salt=f"anonymous form: {self.purpose}")

    def _new_mark(self) -> str:
        return self._signer.sign(self.purpose)

    def begin_step(self) -> None:
        """Show once more what was filled in elsewhere, for one press of a button."""
        self._put("began", self._signer.sign(f"{self.purpose}{STEP}"))

    def clean(self):
        data = super().clean()
        if data.pop("website", ""):
            self._put("website", "")
            self.add_error(None, FILLED_TRAP)
        if sentence := self._complaint(data.pop("began", "")):
            self.add_error(None, sentence)
        return data

    def _complaint(self, mark: str) -> str:
        """What is wrong with the time that the form was open; a new one begins."""
        try:
            value = self._signer.unsign(mark, max_age=LONGEST_HOURS * 3600)
        except signing.SignatureExpired:
            self._put("began", self._new_mark())
            return TOO_OLD
        except signing.BadSignature:
            self._put("began", self._new_mark())
            return UNREADABLE
        shortest = STEP_SECONDS if value.endswith(STEP) else SHORTEST_SECONDS
        try:
            self._signer.unsign(mark, max_age=shortest)
        except signing.SignatureExpired:
            return ""
        return TOO_FAST

    def _put(self, name: str, value: str) -> None:
        """Show `value` when the form is drawn again."""
        self.data = self.data.copy()
        self.data[self.add_prefix(name)] = value


@dataclass(frozen=True)
class Limits:
    """How often a form is heard. No number for a network: it is not counted."""

    purpose: str
    per_address_a_day: int
    in_all_an_hour: int
    per_network_a_day: int | None = None


def refusal(request: HttpRequest, limits: Limits) -> str:
    """Count this attempt; a sentence where it is one too many, else empty."""
    now = timezone.now()
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    hour = now.replace(minute=0, second=0, microsecond=0)
    key = sender_key(request, day)
    if _counted(limits.purpose, key, day) > limits.per_address_a_day:
        return (
            f"Your connection has sent {limits.per_address_a_day} of these today, "
            "which is as many as we take. Your text is below: keep it and send it "
            "after midnight UTC."
        )
    most = limits.per_network_a_day
    network = network_key(request, day)
    if most is not None and _counted(limits.purpose, network, day) > most:
        return (
            f"The network that you are in has sent {most} of these today, which is as "
            "many as we take. Your text is below: keep it and send it after midnight "
            "UTC."
        )
    if _counted(limits.purpose, "", hour) > limits.in_all_an_hour:
        after = hour + datetime.timedelta(hours=1)
        return (
            "More of these have come in this hour than we can take. Your text is "
            f"below: keep it and send it after {after:%H:%M} UTC."
        )
    return ""


def _counted(purpose: str, key: str, began_at: datetime.datetime) -> int:
    """The number of attempts in this window, this one among them."""
    rows = AttemptCount.objects.filter(purpose=purpose, key=key, began_at=began_at)
    if not rows.update(count=F("count") + 1):
        try:
            with transaction.atomic():
                AttemptCount.objects.create(purpose=purpose, key=key, began_at=began_at)
        except IntegrityError:  # another process began the window
            rows.update(count=F("count") + 1)
    return rows.values_list("count", flat=True).get()


def sender_key(request: HttpRequest, day: datetime.datetime) -> str:
    """A hash of the sender's address that says nothing without the site's key, and
    another one each day. A household's IPv6 addresses count as one."""
    text = client_address(request) or ""
    return _day_hash(_network_of(text, 64) if ":" in text else text, day)


def network_key(request: HttpRequest, day: datetime.datetime) -> str:
    """The same of the network around the sender: /24 of IPv4, /48 of IPv6."""
    text = client_address(request) or ""
    network = _network_of(text, 48 if ":" in text else 24)
    return _day_hash(f"network {network}", day)


def _network_of(text: str, bits: int) -> str:
    return str(ipaddress.ip_network((text, bits), strict=False)) if text else ""


def _day_hash(text: str, day: datetime.datetime) -> str:
    salt = f"sender on {day:%Y-%m-%d}"
    return salted_hmac(salt, text, algorithm="sha256").hexdigest()


def keep_attempts(purpose: str, *, days: int) -> None:
    """Let the counters of `purpose` stay for longer than those of others."""
    _kept_longer[purpose] = days


def forget_attempts(now: datetime.datetime) -> int:
    """Delete counters of windows long past; answers how many."""
    limit = now - datetime.timedelta(days=COUNTERS_KEPT_DAYS)
    old = AttemptCount.objects.filter(began_at__lt=limit)
    number = old.exclude(purpose__in=_kept_longer).delete()[0]
    for purpose, days in _kept_longer.items():
        limit = now - datetime.timedelta(days=days)
        number += old.filter(purpose=purpose, began_at__lt=limit).delete()[0]
    return number
