"""Pages behind a signed link: not for caches, search engines, or other sites."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from newsletter.models import Subscriber
from newsletter.tokens import read_token

NOT_FOUND, GONE = 404, 410
View = Callable[..., HttpResponse]


def behind_token(purpose: str) -> Callable[[View], View]:
    """Give a view the token, and the subscriber or None where they were erased.

    The token is all the proof that it needs: another site cannot know it, so no form
    behind it carries a token against forgery, which would need a cookie.
    """

    def decorate(view: View) -> View:
        @csrf_exempt
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def wrapped(request: HttpRequest, token: str) -> HttpResponse:
            known = read_token(purpose, token)
            if known is None:
                return private(gone(request, purpose, status=NOT_FOUND))
            row = Subscriber.objects.filter(uid=known.subscriber).first()
            return private(view(request, known, row))

        return wrapped

    return decorate


def gone(request: HttpRequest, purpose: str, *, status: int = GONE) -> HttpResponse:
    """The link means nothing any more: what to do instead."""
    context: dict[str, Any] = {"purpose": purpose, "crumbs": crumbs()}
    return render(request, "newsletter/gone.html", context, status=status)


def private(response: HttpResponse) -> HttpResponse:
    add_never_cache_headers(response)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response


def crumbs() -> list[tuple[str, str]]:
    return [("Home", "/"), ("Newsletter", "/newsletter/")]
