"""What one subscriber gets, behind the link in every mail to them."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from newsletter import subscriptions
from newsletter.addresses import leave_address
from newsletter.forms import PreferencesForm
from newsletter.models import Subscriber, SubscriberState
from newsletter.private import behind_token, crumbs, gone
from newsletter.senders import UNPROCESSABLE
from newsletter.spelling import masked
from newsletter.tokens import PREFERENCES, Token
from newsletter.watching import LONGEST_QUERY, find_targets, target_called, watched


class PageForm(forms.Form):
    """What the address of the page asks for beside the page itself."""

    q = forms.CharField(required=False, max_length=LONGEST_QUERY)
    watch = forms.CharField(required=False, max_length=300)
    done = forms.ChoiceField(
        required=False, choices=[(name, name) for name in ("saved", "added", "removed")]
    )

    @classmethod
    def of(cls, data: Any) -> dict[str, str]:
        form = cls(data)
        form.full_clean()
        return {name: form.cleaned_data.get(name, "") for name in form.fields}


@behind_token(PREFERENCES)
def preferences(
    request: HttpRequest, token: Token, subscriber: Subscriber | None
) -> HttpResponse:
    """The page and its forms. Each form changes one thing and leads back here."""
    if subscriber is None or subscriber.state != SubscriberState.ACTIVE:
        return gone(request, PREFERENCES)
    if request.method != "POST":
        return _page(request, subscriber, PreferencesForm(initial=_now(subscriber)))
    try:
        return _changed(request, subscriber)
    except subscriptions.NotSubscribedError:
        return gone(request, PREFERENCES)


def _now(subscriber: Subscriber) -> dict[str, Any]:
    until = subscriber.paused_until
    is_paused = until is not None and until > timezone.now().date()
    return {
        "wants_digest": subscriber.wants_digest,
        "pause": "until" if is_paused else "no",
        "until": until if is_paused else None,
    }


def _changed(request: HttpRequest, subscriber: Subscriber) -> HttpResponse:
    if name := request.POST.get("add"):
        target = target_called(name)
        if target is None or not subscriptions.watch(subscriber, target):
            form = PreferencesForm(initial=_now(subscriber))
            return _page(request, subscriber, form, is_refused=True)
        return redirect(f"{request.path}?done=added#watching")
    if name := request.POST.get("remove"):
        subscriptions.unwatch(subscriber, name)
        return redirect(f"{request.path}?done=removed#watching")
    form = PreferencesForm(request.POST)
    if not form.is_valid():
        return _page(request, subscriber, form)
    subscriptions.set_preferences(
        subscriber,
        wants_digest=form.cleaned_data["wants_digest"],
        paused_until=form.paused_until,
    )
    return redirect(f"{request.path}?done=saved")


def _page(
    request: HttpRequest,
    subscriber: Subscriber,
    form: PreferencesForm,
    *,
    is_refused: bool = False,
) -> HttpResponse:
    asked = PageForm.of(request.GET)
    watches = watched(subscriber.watches.order_by("pk"))
    known = {target.key for _, target in watches if target}
    found = find_targets(asked["q"]) if asked["q"] else []
    offered = target_called(asked["watch"])
    is_offered = offered is not None and offered.key not in known
    context = {
        "form": form,
        "masked": masked(subscriber.address),
        "watches": watches,
        "query": asked["q"],
        "found": [(target, target.key in known) for target in found],
        "offered": offered if is_offered else None,
        "done": asked["done"],
        "is_refused": is_refused,
        "most": subscriptions.MOST_WATCHES,
        "gets_nothing": not (subscriber.wants_digest or watches),
        "leave_url": leave_address(subscriber),
        "page_url": request.path,
        "crumbs": crumbs(),
    }
    status = UNPROCESSABLE if form.errors or is_refused else 200
    return render(request, "newsletter/preferences.html", context, status=status)
