"""Confirming and leaving: pages with one button behind a link in a mail."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from newsletter import subscriptions
from newsletter.addresses import leave_address, preferences_address
from newsletter.consent import CURRENT, words_of
from newsletter.forms import LeaveForm
from newsletter.models import Subscriber, SubscriberState
from newsletter.private import behind_token, crumbs, gone
from newsletter.senders import client_hash
from newsletter.spelling import masked
from newsletter.tokens import CONFIRM, LEAVE, Token
from newsletter.watching import target_called

ONE_CLICK = "List-Unsubscribe"
"""The field that a mail program sends in its one click (RFC 8058)."""


@behind_token(CONFIRM)
def confirm(
    request: HttpRequest, token: Token, subscriber: Subscriber | None
) -> HttpResponse:
    """Only the button confirms: programs that look at links in mails press none."""
    if subscriber is None:
        return gone(request, CONFIRM)
    is_new = False
    if request.method == "POST":
        try:
            is_new = subscriptions.confirm(
                subscriber, wish=token.wish, client_hash=client_hash(request)
            )
        except subscriptions.NotSubscribedError:
            return gone(request, CONFIRM)
        subscriber.refresh_from_db()
    is_active = subscriber.state == SubscriberState.ACTIVE
    if not is_active and subscriber.expires_at is None:
        return gone(request, CONFIRM)
    context = {
        "is_active": is_active,
        "is_new": is_new,
        "masked": masked(subscriber.address),
        "wants_digest": token.wish.wants_digest,
        "target": target_called(token.wish.watch),
        "consent": words_of(CURRENT),
        "preferences_url": preferences_address(subscriber) if is_active else "",
        "crumbs": crumbs(),
    }
    return render(request, "newsletter/confirm.html", context)


@behind_token(LEAVE)
def leave(
    request: HttpRequest, token: Token, subscriber: Subscriber | None
) -> HttpResponse:
    """A mail program's one click, or a page with a button and a reason if they like.

    No cookie, no origin, no second page. Whoever was erased has left.
    """
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if subscriber is not None:
            subscriptions.leave(subscriber, **form.said())
        if ONE_CLICK in request.POST:
            return HttpResponse("You get no more mail.\n", content_type="text/plain")
        subscriber = Subscriber.objects.filter(uid=token.subscriber).first()
    is_active = subscriber is not None and subscriber.state == SubscriberState.ACTIVE
    is_waiting = subscriber is not None and subscriber.state == SubscriberState.PENDING
    context = {
        "form": form,
        "is_gone": not (is_active or is_waiting),
        "has_said": bool(subscriber and subscriber.leave_reason),
        "is_known": subscriber is not None,
        "masked": masked(subscriber.address) if subscriber else "",
        "preferences_url": preferences_address(subscriber) if is_active else "",
        "leave_url": leave_address(subscriber) if subscriber else "",
        "crumbs": crumbs(),
    }
    return render(request, "newsletter/leave.html", context)
