"""The list of measurements, and the same rows as CSV and JSON."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from benchmarks.chart import speed_chart
from benchmarks.listing import benchmark_listing
from catalog.list_views import listing_context
from catalog.listing.exports import csv_export, json_export
from catalog.listing.pages import listing_page
from catalog.listing.reading import ListingQuery, read_query
from editorial.conditional import conditional


@require_safe
def benchmark_list(request: HttpRequest) -> HttpResponse:
    page = listing_page(benchmark_listing(timezone.now().date()), request.GET)
    context = listing_context(page) | {
        "chart": speed_chart(page.records, _metric(page.query))
    }
    listing = render(request, "benchmarks/benchmark_list.html", context)
    return conditional(request, listing)


def _metric(query: ListingQuery) -> str:
    """The speed that the rows are ordered by, or the one that was asked for."""
    asked = [query.sort.key.removeprefix("-"), *query.values.get("speed", [])]
    named = (name for name in asked if name in {"decode", "prefill", "aggregate"})
    return f"{next(named, 'decode')}_tokens_per_second"


def _query(request: HttpRequest) -> ListingQuery:
    return read_query(benchmark_listing(timezone.now().date()), request.GET)


@require_safe
def benchmark_csv(request: HttpRequest) -> HttpResponseBase:
    return csv_export(_query(request))


@require_safe
def benchmark_json(request: HttpRequest) -> HttpResponseBase:
    return json_export(_query(request))
