"""Stopping mail about one text by the link in the mail, without logging in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from editorial.comment_mail import read_mute_token
from editorial.comments import set_muted


@csrf_exempt  # RFC 8058: mail programs post here without a cookie; the token is signed
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mute_comments(request: HttpRequest, token: str) -> HttpResponse:
    """A page with one button; pressing it, or a mail program's one click, mutes."""
    known = read_mute_token(token)
    if known is not None and request.method == "POST":
        person, document = known
        set_muted(document, by=person, is_muted=True)
    context = {
        "document": known[1] if known else None,
        "is_muted": known is not None and request.method == "POST",
    }
    status = 200 if known else 404
    response = render(request, "editorial/mute.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
