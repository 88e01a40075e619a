"""What is kept about an address, shown and erased behind a fresh mail."""

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from editorial.anonymous_forms import refusal
from editorial.conditional import conditional
from newsletter.asking import ask_for_data
from newsletter.forms import DataForm
from newsletter.kept_data import export
from newsletter.limits import DATA_LIMITS
from newsletter.models import Subscriber
from newsletter.private import behind_token, crumbs, gone
from newsletter.senders import (
    FORBIDDEN,
    NOT_FROM_HERE,
    TOO_MANY,
    UNPROCESSABLE,
    client_hash,
    is_welcome,
)
from newsletter.spelling import masked
from newsletter.subscriptions import LEFT_KEPT_DAYS, erase
from newsletter.tokens import DATA, DATA_HOURS, Token

FILE_NAME = "what-we-keep.json"


@csrf_exempt  # as the sign-up: no session, and the form checks the origin itself
@require_http_methods(["GET", "HEAD", "POST"])
def my_data(request: HttpRequest) -> HttpResponse:
    """Ask for the address; the answer is a mail, and the same for every address."""
    if request.method != "POST":
        return _form_page(request, DataForm())
    form = DataForm(request.POST)
    is_valid = form.is_valid()
    if not is_welcome(request):
        form.add_error(None, NOT_FROM_HERE)
        return _form_page(request, form, status=FORBIDDEN)
    if not is_valid:
        return _form_page(request, form, status=UNPROCESSABLE)
    if sentence := refusal(request, DATA_LIMITS):
        form.add_error(None, sentence)
        return _form_page(request, form, status=TOO_MANY)
    ask_for_data(form.address, client_hash=client_hash(request))
    response = redirect("newsletter:my_data_asked")
    add_never_cache_headers(response)
    return response


def _form_page(
    request: HttpRequest, form: DataForm, *, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "hours": DATA_HOURS,
        "crumbs": crumbs(),
        "canonical_url": f"{settings.SITE_URL}{reverse('newsletter:my_data')}",
    }
    response = render(request, "newsletter/my_data.html", context, status=status)
    add_never_cache_headers(response)
    return response


@require_safe
def my_data_asked(request: HttpRequest) -> HttpResponse:
    context = {"hours": DATA_HOURS, "crumbs": crumbs()}
    page = render(request, "newsletter/my_data_asked.html", context)
    return conditional(request, page)


@behind_token(DATA)
def my_data_open(
    request: HttpRequest, token: Token, subscriber: Subscriber | None
) -> HttpResponse:
    """Two buttons: read everything, erase everything."""
    if request.method == "POST" and "erase" in request.POST:
        if subscriber is not None:
            erase(subscriber)
        return render(request, "newsletter/erased.html", {"crumbs": crumbs()})
    if subscriber is None:
        return gone(request, DATA)
    if request.method == "POST":
        return _file(subscriber)
    context = {
        "masked": masked(subscriber.address),
        "data": export(subscriber),
        "left_kept_days": LEFT_KEPT_DAYS,
        "crumbs": crumbs(),
    }
    return render(request, "newsletter/my_data_open.html", context)


def _file(subscriber: Subscriber) -> HttpResponse:
    text = json.dumps(export(subscriber), indent=2, ensure_ascii=False)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response
