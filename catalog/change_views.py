"""The change history of one fact: as pages, and as Atom."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.views.decorators.http import require_safe

from catalog.changes import Change
from catalog.detail_views import found
from catalog.details.pages import crumbs_to
from catalog.history import MOST_VERSIONS, change_log, cited_by
from catalog.lookup import MODELS
from catalog.tracked import TRACKED
from editorial.conditional import conditional

CHANGES_PER_PAGE = 50
FEED_ENTRIES = 50
VERSIONS_READ = 5_000
"""More than a fact will have in ten years of weekly imports."""


def _changes(fact_type: str, fact: Any, most: int = MOST_VERSIONS) -> list[Change]:
    cited = cited_by([fact.uid])
    return change_log(fact, TRACKED[fact_type], citations=cited, most=most)


def _fact(fact_type: str, slug: str) -> Any:
    return found(MODELS[fact_type]._default_manager.defer("imported"), fact_type, slug)


@require_safe
def fact_changes(
    request: HttpRequest, slug: str, *, fact_type: str, name: str
) -> HttpResponse:
    """Every change that is kept, the newest first."""
    fact = _fact(fact_type, slug)
    if fact.slug != slug:
        return redirect(f"catalog:{name}_changes", fact.slug, permanent=True)
    log = _changes(fact_type, fact, VERSIONS_READ)
    pages = Paginator(log, CHANGES_PER_PAGE)
    path = reverse(f"catalog:{name}_changes", args=[fact.slug])
    context = {
        "fact": fact,
        "page": pages.get_page(request.GET.get("page")),
        "feed_path": reverse(f"catalog:{name}_changes_feed", args=[fact.slug]),
        "crumbs": [*crumbs_to(fact), (fact.name, fact.get_absolute_url())],
        "canonical_url": f"{settings.SITE_URL}{path}",
    }
    return conditional(request, render(request, "catalog/fact_changes.html", context))


@require_safe
def fact_changes_feed(
    request: HttpRequest, slug: str, *, fact_type: str, name: str
) -> HttpResponse:
    """The newest changes as Atom, each entry with its fields in words."""
    fact = _fact(fact_type, slug)
    if fact.slug != slug:
        return redirect(f"catalog:{name}_changes_feed", fact.slug, permanent=True)
    path = reverse(f"catalog:{name}_changes", args=[fact.slug])
    feed = Atom1Feed(
        title=f"{fact.name}: changes",
        link=f"{settings.SITE_URL}{fact.get_absolute_url()}",
        description=f"What changed in the facts on {fact.name}.",
        feed_url=f"{settings.SITE_URL}{request.path}",
        feed_guid=f"urn:uuid:{fact.uid}",
    )
    for change in _changes(fact_type, fact)[:FEED_ENTRIES]:
        feed.add_item(
            title=change.title,
            link=f"{settings.SITE_URL}{path}#{change.key}",
            description=escape(change.summary),
            unique_id=f"urn:uuid:{fact.uid}:{change.key}",
            pubdate=change.at,
            updateddate=change.at,
            author_name=change.by,
        )
    text = feed.writeString("utf-8")
    return conditional(request, HttpResponse(text, content_type=feed.content_type))
