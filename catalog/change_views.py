"""The change history of one fact: as pages, and as Atom."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.views.decorators.http import require_safe

from catalog.changes import Change
from catalog.history import MOST_VERSIONS, Part, change_log, cited_by
from editorial.conditional import conditional
from editorial.models import Correction

CHANGES_PER_PAGE = 50
FEED_ENTRIES = 50
VERSIONS_READ = 5_000
"""More than a fact will have in ten years of weekly imports."""


@dataclass(frozen=True)
class ChangePages:
    """The addresses under which the changes of one kind of fact are told.

    `name` is the stem of their names, with the app's. `find` answers the fact that a
    slug means, or raises Http404; `title` names it; `crumbs` lead down to it.
    """

    name: str
    parts: Sequence[Part]
    find: Callable[[str], Any]
    title: Callable[[Any], str]
    crumbs: Callable[[Any], list[tuple[str, str]]]

    def log(self, fact: Any, most: int = MOST_VERSIONS) -> list[Change]:
        cited = cited_by([fact.uid])
        return change_log(fact, self.parts, citations=cited, most=most)

    def page_path(self, slug: str) -> str:
        return reverse(f"{self.name}_changes", args=[slug])

    def feed_path(self, slug: str) -> str:
        return reverse(f"{self.name}_changes_feed", args=[slug])


def change_urls(folder: str, pages: ChangePages) -> list[URLPattern]:
    """The patterns of the pages under a folder of addresses, and of the feed."""
    stem = pages.name.partition(":")[2]
    start = f"{folder}/<str:slug>"
    return [
        path(f"{start}/{end}", view, {"pages": pages}, name=f"{stem}_{name}")
        for end, view, name in (
            ("changes/", fact_changes, "changes"),
            ("changes.atom", fact_changes_feed, "changes_feed"),
        )
    ]


@require_safe
def fact_changes(
    request: HttpRequest, slug: str, *, pages: ChangePages
) -> HttpResponse:
    """Every change that is kept, the newest first."""
    fact = pages.find(slug)
    if fact.slug != slug:
        return redirect(pages.page_path(fact.slug), permanent=True)
    log = Paginator(pages.log(fact, VERSIONS_READ), CHANGES_PER_PAGE)
    title = pages.title(fact)
    context = {
        "fact": fact,
        "title": title,
        "corrections": Correction.objects.on_page(fact.get_absolute_url(), fact.uid),
        "page": log.get_page(request.GET.get("page")),
        "feed_path": pages.feed_path(fact.slug),
        "crumbs": pages.crumbs(fact),
        "canonical_url": f"{settings.SITE_URL}{pages.page_path(fact.slug)}",
    }
    return conditional(request, render(request, "catalog/fact_changes.html", context))


@require_safe
def fact_changes_feed(
    request: HttpRequest, slug: str, *, pages: ChangePages
) -> HttpResponse:
    """The newest changes as Atom, each entry with its fields in words."""
    fact = pages.find(slug)
    if fact.slug != slug:
        return redirect(pages.feed_path(fact.slug), permanent=True)
    title = pages.title(fact)
    feed = Atom1Feed(
        title=f"{title}: changes",
        link=f"{settings.SITE_URL}{fact.get_absolute_url()}",
        description=f"What changed in the facts on {title}.",
        feed_url=f"{settings.SITE_URL}{request.path}",
        feed_guid=f"urn:uuid:{fact.uid}",
    )
    page = f"{settings.SITE_URL}{pages.page_path(fact.slug)}"
    for change in pages.log(fact)[:FEED_ENTRIES]:
        feed.add_item(
            title=change.title,
            link=f"{page}#{change.key}",
            description=escape(change.summary),
            unique_id=f"urn:uuid:{fact.uid}:{change.key}",
            pubdate=change.at,
            updateddate=change.at,
            author_name=change.by,
        )
    text = feed.writeString("utf-8")
    return conditional(request, HttpResponse(text, content_type=feed.content_type))
