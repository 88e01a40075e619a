"""The sign-up: its page, the form in the foot of every page, and programs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from editorial.anonymous_forms import refusal
from editorial.conditional import conditional
from newsletter.asking import ask_to_subscribe
from newsletter.consent import CURRENT, words_of
from newsletter.forms import AskedForm, SignUpForm
from newsletter.limits import SIGN_UP_LIMITS
from newsletter.private import crumbs
from newsletter.senders import (
    FORBIDDEN,
    NOT_FROM_HERE,
    TOO_MANY,
    UNPROCESSABLE,
    client_hash,
    is_welcome,
    refused_json,
    wants_json,
)
from newsletter.tokens import CONFIRM_DAYS

ACCEPTED = 202


@csrf_exempt  # without a session there is no token; the form checks the origin itself
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """Take an address, and say the same whoever it belongs to."""
    if request.method == "POST":
        response = _received(request)
        patch_vary_headers(response, ["Accept"])
        add_never_cache_headers(response)
        return response
    form = SignUpForm(target=AskedForm.of(request.GET))
    return _form_page(request, form)


def _received(request: HttpRequest) -> HttpResponse:
    form = SignUpForm(request.POST)
    is_valid = form.is_valid()
    if not is_welcome(request):
        form.add_error(None, NOT_FROM_HERE)
        return _refused(request, form, FORBIDDEN)
    if not is_valid:
        return _refused(request, form, UNPROCESSABLE)
    if form.needs_step:
        return _form_page(request, form, is_step=True)
    if sentence := refusal(request, SIGN_UP_LIMITS):
        form.add_error(None, sentence)
        return _refused(request, form, TOO_MANY)
    ask_to_subscribe(form.address, client_hash=client_hash(request), wish=form.wish)
    if wants_json(request):
        return JsonResponse({"status": "asked"}, status=ACCEPTED)
    return redirect("newsletter:sign_up_asked")


def _refused(request: HttpRequest, form: SignUpForm, status: int) -> HttpResponse:
    if wants_json(request):
        return refused_json(form, status)
    return _form_page(request, form, status=status)


def _form_page(
    request: HttpRequest, form: SignUpForm, *, status: int = 200, is_step: bool = False
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "target": form.target,
        "is_step": is_step,
        "consent": words_of(CURRENT),
        "confirm_days": CONFIRM_DAYS,
        "crumbs": [("Home", "/")],
        "canonical_url": f"{settings.SITE_URL}{reverse('newsletter:sign_up')}",
    }
    response = render(request, "newsletter/sign_up.html", context, status=status)
    add_never_cache_headers(response)
    return response


@require_safe
def sign_up_mark(request: HttpRequest) -> HttpResponse:
    """The mark of this moment, for the foot of a page and for programs, with the words
    that a program has to show before it takes an address."""
    consent = {"version": CURRENT, "text": words_of(CURRENT)}
    body = {"began": SignUpForm()["began"].value(), "consent": consent}
    response = JsonResponse(body)
    add_never_cache_headers(response)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def sign_up_asked(request: HttpRequest) -> HttpResponse:
    """What happens next, in the same words for everybody."""
    context = {"confirm_days": CONFIRM_DAYS, "crumbs": crumbs()}
    page = render(request, "newsletter/asked.html", context)
    return conditional(request, page)
