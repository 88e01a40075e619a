"""What mail providers report about messages, by the signed requests they send.

Anymail knows each provider's form and checks who sent it: a password for all, and for
Mailgun a signature. What is opened or clicked is not asked for, and not kept where it
comes all the same.
"""

import hashlib
import re
from collections.abc import Callable
from typing import Any

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason
from anymail.webhooks.brevo import BrevoTrackingWebhookView
from anymail.webhooks.mailgun import MailgunTrackingWebhookView
from anymail.webhooks.mailjet import MailjetTrackingWebhookView
from anymail.webhooks.postmark import PostmarkTrackingWebhookView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from newsletter.bounces import take_event
from newsletter.models import MailEventKind

LATER = re.compile(r"\b4\.\d{1,3}\.\d{1,3}\b|^\s*4\d\d\b")
"""A mail server's answer that says: not now."""

SOFT_WORDS = {"softbounce", "soft_bounce", "transient"}
"""What providers call a bounce that may not come again."""

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


class BrevoEvents(TakesEvents, BrevoTrackingWebhookView):
    pass


class MailgunEvents(TakesEvents, MailgunTrackingWebhookView):
    """Its signature is proof enough, also where a password is set for another."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.basic_auth: list[str] = []


class MailjetEvents(TakesEvents, MailjetTrackingWebhookView):
    pass


class PostmarkEvents(TakesEvents, PostmarkTrackingWebhookView):
    pass


VIEWS = {
    "brevo": BrevoEvents,
    "mailgun": MailgunEvents,
    "mailjet": MailjetEvents,
    "postmark": PostmarkEvents,
}


@csrf_exempt  # it comes from the provider, with a password or a signature
def mail_events(request: HttpRequest, provider: str) -> HttpResponse:
    """One provider's reports; no such page where its secret is not set."""
    if provider not in VIEWS or not _has_secret(provider):
        raise Http404
    answer: HttpResponse = VIEWS[provider].as_view()(request)
    return answer


def _has_secret(provider: str) -> bool:
    name = "MAILGUN_WEBHOOK_SIGNING_KEY" if provider == "mailgun" else "WEBHOOK_SECRET"
    return bool(settings.ANYMAIL.get(name))


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
    if event.event_type not in {EventType.BOUNCED, EventType.REJECTED}:
        return None
    if event.event_type == EventType.REJECTED and reason in EARLIER:
        return EARLIER[reason]
    if reason in SOFT_REASONS or _may_pass(event):
        return MailEventKind.SOFT_BOUNCE
    return MailEventKind.HARD_BOUNCE


def _may_pass(event: AnymailTrackingEvent) -> bool:
    raw = event.esp_event if isinstance(event.esp_event, dict) else {}
    words = {str(raw.get(name, "")).lower() for name in ("Type", "event")}
    is_soft = bool(words & SOFT_WORDS) or raw.get("hard_bounce") is False
    return is_soft or bool(LATER.search(event.mta_response or ""))


def key_of(event: AnymailTrackingEvent, kind: MailEventKind, provider: str) -> str:
    """The same when a report is sent again, by what it says or else by its number."""
    told = [event.message_id, event.timestamp and event.timestamp.isoformat()]
    if not all(told):
        told = [event.event_id, *told]
    parts = [provider, kind, event.recipient.casefold(), *map(str, told)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
