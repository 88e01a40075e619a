"""The public archive: every issue, one issue, its versions, and a feed."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from editorial.conditional import PUBLIC_MAX_AGE, conditional
from editorial.feeds import PublishedTextsFeed
from editorial.models import Publication
from editorial.reading import Gone, Moved, live_page, whereabouts
from editorial.version_pages import versions_page
from newsletter.digest.addresses import ARCHIVE, DIGEST
from newsletter.digest.pages import CRUMBS, render_digest

ISSUES_PER_PAGE = 24
FEED_ENTRIES = 24
GONE = 410


def live_issues() -> Any:
    """Every issue that readers see, the newest first, without the bodies."""
    return Publication.objects.live().of_kind(DIGEST).for_listing()


@require_safe
def digest_list(request: HttpRequest) -> HttpResponse:
    pages = Paginator(live_issues(), ISSUES_PER_PAGE)
    context = {
        "page": pages.get_page(request.GET.get("page")),
        "crumbs": [("Home", "/")],
        "canonical_url": f"{settings.SITE_URL}{ARCHIVE}",
    }
    return conditional(request, render(request, "newsletter/digest_list.html", context))


@require_safe
def digest_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One issue; 410 where it was withdrawn."""
    path = f"{ARCHIVE}{slug}/"
    page = live_page(path)
    if page is not None:
        return conditional(request, render_digest(request, page))
    fate = whereabouts(path)
    if isinstance(fate, Moved):
        response = redirect(fate.path, permanent=True)
        patch_cache_control(response, public=True, max_age=PUBLIC_MAX_AGE)
        return response
    if isinstance(fate, Gone):
        context = {"gone": fate, "crumbs": CRUMBS}
        return render(request, "newsletter/digest_gone.html", context, status=GONE)
    raise Http404


@require_safe
def digest_history(request: HttpRequest, slug: str) -> HttpResponse:
    page = live_page(f"{ARCHIVE}{slug}/")
    if page is None:
        raise Http404
    return versions_page(request, page, crumbs=CRUMBS)


class DigestFeed(PublishedTextsFeed):
    """The newest issues, each once: a corrected one keeps its entry."""

    def title(self) -> str:
        return f"{settings.SITE_NAME}: newsletter"

    def subtitle(self) -> str:
        return "What changed on the site, once a month."

    def link(self) -> str:
        return reverse("newsletter:digest_list")

    def items(self) -> Any:
        return live_issues()[:FEED_ENTRIES]
