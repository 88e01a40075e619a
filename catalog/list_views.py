"""The lists of hardware, models and tools, and the same rows as CSV and JSON."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalog.listing.declaration import Listing
from catalog.listing.exports import csv_export, json_export
from catalog.listing.pages import ListingPage, listing_page, sorts
from catalog.listing.reading import read_query
from catalog.lists.engines import ENGINE_LIST
from catalog.lists.hardware import HARDWARE_LIST
from catalog.lists.models import MODEL_LIST
from catalog.scatter import memory_scatter
from editorial.conditional import conditional

LISTS = {
    listing.path.strip("/"): listing
    for listing in (HARDWARE_LIST, MODEL_LIST, ENGINE_LIST)
}


def listing_context(page: ListingPage) -> dict[str, Any]:
    """What every list's template needs. A narrowed list is not for search engines."""
    return {
        "listing_page": page,
        "sort_lines": sorts(page),
        "crumbs": [("Home", "/")],
        "canonical_url": f"{settings.SITE_URL}{page.listing.path}",
    }


@require_safe
def hardware_list(request: HttpRequest) -> HttpResponse:
    page = listing_page(HARDWARE_LIST, request.GET)
    context = listing_context(page) | {"scatter": memory_scatter(page.query)}
    return conditional(request, render(request, "catalog/hardware_list.html", context))


@require_safe
def ai_model_list(request: HttpRequest) -> HttpResponse:
    context = listing_context(listing_page(MODEL_LIST, request.GET))
    return conditional(request, render(request, "catalog/ai_model_list.html", context))


@require_safe
def engine_list(request: HttpRequest) -> HttpResponse:
    context = listing_context(listing_page(ENGINE_LIST, request.GET))
    return conditional(request, render(request, "catalog/engine_list.html", context))


@require_safe
def list_csv(request: HttpRequest, section: str) -> HttpResponseBase:
    return csv_export(_query(section, request))


@require_safe
def list_json(request: HttpRequest, section: str) -> HttpResponseBase:
    return json_export(_query(section, request))


def _query(section: str, request: HttpRequest) -> Any:
    listing: Listing = LISTS[section]
    return read_query(listing, request.GET)
