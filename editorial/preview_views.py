"""A draft shown to somebody who has its link, and what they say about it.

No session begins and no cookie is set: whoever posts is asked where the form came from
instead of for a token.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from editorial.comments import CommentRefusedError
from editorial.models import PreviewLink
from editorial.preview_comments import comment_through
from editorial.preview_forms import ReaderCommentForm
from editorial.preview_links import count_opening, document_of, link_called
from editorial.reading import preview_page, unkept
from editorial.registry import document_kind

NOTE = "A draft: not published."
NOT_FROM_HERE = "Your browser did not say that this page sent it. Send it again."
NOT_FOUND = 404
REFUSED = 403
View = Callable[..., HttpResponse]


def behind_a_link(view: View) -> View:
    """Give `view` the link. Wrong, expired and revoked ones get one answer."""

    @wraps(view)
    def wrapped(request: HttpRequest, secret: str) -> HttpResponse:
        link = link_called(secret)
        document = None if link is None else document_of(link)
        if link is None or document is None:
            template = "editorial/preview_ended.html"
            return _private(render(request, template, status=NOT_FOUND))
        return _private(view(request, link, document))

    return wrapped


def _private(response: HttpResponse) -> HttpResponse:
    """Not for search engines, not for caches, and the address goes nowhere else."""
    add_never_cache_headers(response)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response


def is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that this page itself sent the request.

    Without referrers a browser sends `Origin: null`; then Sec-Fetch-Site tells. Where a
    browser sends neither, nothing can be told, and the request is refused.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return bool(site == "same-origin")
    origin = urlsplit(request.headers.get("Origin", ""))
    return bool(origin.netloc) and origin.netloc == request.get_host()


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@behind_a_link
def shared_preview(
    request: HttpRequest, link: PreviewLink, document: Any
) -> HttpResponse:
    """The page under a bar that says what it is, over a form for a remark."""
    form = ReaderCommentForm(request.POST or None, link=link)
    status = 200
    if request.method == "POST":
        if not is_from_here(request):
            form.add_error(None, NOT_FROM_HERE)
            status = REFUSED
        elif form.is_valid():
            try:
                comment_through(link, **form.comment())
            except CommentRefusedError as error:
                form.add_error(None, str(error))
            else:
                return redirect(f"{request.path}?said=1#your-comment")
    return _preview(request, link, document, form, status=status)


def _preview(
    request: HttpRequest,
    link: PreviewLink,
    document: Any,
    form: ReaderCommentForm,
    *,
    status: int,
) -> HttpResponse:
    """The public page, told through the request that it is shown by a link."""
    request.shared_preview = {
        "link": link,
        "form": form,
        "is_said": request.method != "POST" and "said" in request.GET,
    }
    kind = document_kind(link.kind)
    page = preview_page(document, link.body, by_name=document.author_name, note=NOTE)
    response = kind.render(request, unkept(page))
    response.status_code = status
    return response


@csrf_exempt
@require_POST
@behind_a_link
def preview_opened(
    request: HttpRequest, link: PreviewLink, document: Any
) -> HttpResponse:
    """Counts one opening; the page's script asks for it.

    A GET changes nothing: so a mail program that fetches links to look at them is not
    taken for a reader.
    """
    if is_from_here(request):
        count_opening(link)
    return HttpResponse(status=204)
