"""The search page, and what is offered while a reader types."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from editorial.conditional import conditional
from editorial.search.finding import HITS_PER_GROUP, search, suggest
from editorial.search.forms import HITS_PER_PAGE, SENTENCES, SearchForm
from editorial.search.querying import LONGEST_QUERY
from editorial.search.results import SearchResults


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    page = form.page_asked
    results = _results(form, page)
    ignored = form.ignored
    if page > 1 and not any(group.hits for group in results.groups):
        page, results = 1, _results(form, 1)
        ignored = [*ignored, SENTENCES["page"]]
    parameters = {"q": results.query.text, "kind": form.kind_asked}
    given = {name: value for name, value in parameters.items() if value}
    context: dict[str, Any] = {
        "results": results,
        "kind": form.kind_asked,
        "ignored": ignored,
        "page": page,
        "pages": _pages(results) if form.kind_asked else 1,
        "longest_query": LONGEST_QUERY,
        "canonical_url": f"{settings.SITE_URL}{_address(given)}",
        "crumbs": [("Home", "/")],
    }
    return conditional(request, render(request, "editorial/search_page.html", context))


def _results(form: SearchForm, page: int) -> SearchResults:
    if not form.kind_asked:
        return search(form.text, limit=HITS_PER_GROUP)
    offset = (page - 1) * HITS_PER_PAGE
    kinds = [form.kind_asked]
    return search(form.text, kinds=kinds, limit=HITS_PER_PAGE, offset=offset)


def _pages(results: SearchResults) -> int:
    reachable = sum(group.reachable for group in results.groups)
    return max(1, -(-reachable // HITS_PER_PAGE))


def _address(parameters: dict[str, str]) -> str:
    path = reverse("search")
    return f"{path}?{urlencode(parameters)}" if parameters else path


@require_safe
def search_suggest(request: HttpRequest) -> HttpResponse:
    """Options of a list, as a piece of HTML."""
    query, hits = suggest(SearchForm(request.GET).text)
    context = {"query": query, "hits": hits}
    fragment = render(request, "editorial/search_suggest.html", context)
    return conditional(request, fragment)
