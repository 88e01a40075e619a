"""What mail providers report about messages, by the signed requests they send.

Anymail knows each provider's form and checks who sent it, by a password or a
signature. What is opened or clicked is not asked for, and not kept where it comes all
the same.
"""

import hashlib
import re
from collections.abc import Callable
from typing import Any

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason
from anymail.webhooks.brevo import BrevoTrackingWebhookView
from anymail.webhooks.mailersend import MailerSendTrackingWebhookView
from anymail.webhooks.mailgun import MailgunTrackingWebhookView
from anymail.webhooks.mailjet import MailjetTrackingWebhookView
from anymail.webhooks.mailtrap import MailtrapTrackingWebhookView
from anymail.webhooks.mandrill import MandrillCombinedWebhookView
from anymail.webhooks.postmark import PostmarkTrackingWebhookView
from anymail.webhooks.resend import ResendTrackingWebhookView
from anymail.webhooks.sparkpost import SparkPostTrackingWebhookView
from anymail.webhooks.unisender_go import UnisenderGoTrackingWebhookView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from newsletter.bounces import take_event
from newsletter.models import MailEventKind

LATER = re.compile(r"\b4\.\d{1,3}\.\d{1,3}\b|^\s*4\d\d\b")
"""A mail server's answer that says: not now."""

SOFT_WORDS = {
    *("softbounce", "soft_bounce", "soft_bounced", "soft bounce", "transient"),
}
HARD_WORDS = {"hardbounce", "hard_bounce", "hard_bounced", "permanent"}
"""What providers call a bounce that may not come again, and one that will."""

SOFT_REASONS = {RejectReason.BLOCKED, RejectReason.TIMED_OUT, RejectReason.OTHER, None}

EARLIER = {
    RejectReason.SPAM: MailEventKind.COMPLAINT,
    RejectReason.UNSUBSCRIBED: MailEventKind.LEAVE,
}
"""What a provider that does not even try remembers of an address."""


class TakesEvents:
    """Before a view of Anymail's: acts on the events instead of sending a signal."""

    run_validators: Callable[[HttpRequest], None]
    parse_events: Callable[[HttpRequest], list[AnymailTrackingEvent]]
    esp_name: str

    def post(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        self.run_validators(request)
        for event in self.parse_events(request):
            receive(event, provider=self.esp_name)
        return HttpResponse()


class TakesSignedEvents(TakesEvents):
    """A signature is proof enough, also where a password is set for others."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.basic_auth: list[str] = []


OF_ANYMAIL = {
    "brevo": BrevoTrackingWebhookView,
    "mailersend": MailerSendTrackingWebhookView,
    "mailgun": MailgunTrackingWebhookView,
    "mailjet": MailjetTrackingWebhookView,
    "mailtrap": MailtrapTrackingWebhookView,
    "mandrill": MandrillCombinedWebhookView,
    "postmark": PostmarkTrackingWebhookView,
    "resend": ResendTrackingWebhookView,
    "sparkpost": SparkPostTrackingWebhookView,
    "unisender-go": UnisenderGoTrackingWebhookView,
}
SIGNING_KEYS = {
    "mailersend": "MAILERSEND_SIGNING_SECRET",
    "mailgun": "MAILGUN_WEBHOOK_SIGNING_KEY",
    "mandrill": "MANDRILL_WEBHOOK_KEY",
    "unisender-go": "UNISENDER_GO_API_KEY",
}
"""The settings of those whose reports are signed. The others send a password."""


def _view(provider: str) -> type:
    takes = TakesSignedEvents if provider in SIGNING_KEYS else TakesEvents
    return type(f"{provider.title()}Events", (takes, OF_ANYMAIL[provider]), {})


VIEWS: dict[str, Any] = {provider: _view(provider) for provider in OF_ANYMAIL}


@csrf_exempt  # it comes from the provider, with a password or a signature
def mail_events(request: HttpRequest, provider: str) -> HttpResponse:
    """One provider's reports; no such page where its secret is not set."""
    if provider not in VIEWS or not _has_secret(provider):
        raise Http404
    answer: HttpResponse = VIEWS[provider].as_view()(request)
    return answer


def _has_secret(provider: str) -> bool:
    return bool(settings.ANYMAIL.get(SIGNING_KEYS.get(provider, "WEBHOOK_SECRET")))


def receive(event: AnymailTrackingEvent, *, provider: str) -> None:
    """Act on one report, if it is one that counts."""
    kind = kind_of(event)
    if kind is not None and event.recipient and "@" in event.recipient:
        take_event(kind, address=event.recipient, key=key_of(event, kind, provider))


def kind_of(event: AnymailTrackingEvent) -> MailEventKind | None:
    """What the report says of the address; None where nothing.

    A delay is not a failure: most such mail arrives. What a provider gives up for a
    reason that may pass is a soft bounce.
    """
    reason = event.reject_reason
    if event.event_type == EventType.COMPLAINED:
        return MailEventKind.COMPLAINT
    if event.event_type == EventType.UNSUBSCRIBED:
        return MailEventKind.LEAVE
    words = _words_of(event.esp_event)
    if event.event_type == EventType.DEFERRED and "soft bounce" in words:
        return MailEventKind.SOFT_BOUNCE
    if event.event_type not in {EventType.BOUNCED, EventType.REJECTED}:
        return None
    if event.event_type == EventType.REJECTED and reason in EARLIER:
        return EARLIER[reason]
    is_soft = _may_pass(event, words)
    return MailEventKind.SOFT_BOUNCE if is_soft else MailEventKind.HARD_BOUNCE


def _may_pass(event: AnymailTrackingEvent, words: set[str]) -> bool:
    if words & SOFT_WORDS or LATER.search(event.mta_response or ""):
        return True
    return event.reject_reason in SOFT_REASONS and not words & HARD_WORDS


def _words_of(raw: Any) -> set[str]:
    """The words with which a provider names the sort of its report, in small letters.

    They stand in the report, in its `data` or, for a bounce, one step further in.
    """
    found = set()
    for name in ("", "data", "bounce"):
        raw = raw.get(name) if name and isinstance(raw, dict) else raw
        if isinstance(raw, dict):
            found |= {
                str(raw.get(key, "")).lower() for key in ("Type", "type", "event")
            }
            if raw.get("hard_bounce") is False:
                found.add("soft_bounce")
    return found


def key_of(event: AnymailTrackingEvent, kind: MailEventKind, provider: str) -> str:
    """The same when a report is sent again, by what it says or else by its number."""
    told = [event.message_id, event.timestamp and event.timestamp.isoformat()]
    if not all(told):
        told = [event.event_id, *told]
    parts = [provider, kind, event.recipient.casefold(), *map(str, told)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
