"""The page of one measurement."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from benchmarks.detail import (
    doubt_of,
    notes_of,
    run_tables,
    settings_of,
    speeds_of,
    title_of,
)
from benchmarks.grading import judged
from benchmarks.models import Benchmark
from benchmarks.neighbours import neighbours_of
from benchmarks.tracked import BENCHMARK
from catalog.details.facts import citations_by_field
from catalog.history import change_section, cited_by
from catalog.measures import known_date
from editorial.conditional import conditional
from editorial.structured import breadcrumb, script_json
from editorial.vocabularies import BenchmarkState

GONE = 410


def public_row(slug: str) -> Benchmark:
    """The measurement at a slug, if readers may see it."""
    rows = Benchmark.objects.public().for_detail()
    return get_object_or_404(rows, slug=slug)


def crumbs_to(row: Benchmark) -> list[tuple[str, str]]:
    """From the home page down to the list of measurements."""
    return [("Home", "/"), ("Benchmarks", reverse("benchmarks:benchmark_list"))]


def crumbs_through(row: Benchmark) -> list[tuple[str, str]]:
    """The same, and its own page: by its number, for its title is long."""
    return [*crumbs_to(row), (row.slug, row.get_absolute_url())]


@require_safe
def benchmark_detail(request: HttpRequest, slug: str) -> HttpResponse:
    row = get_object_or_404(Benchmark.objects.for_detail(), slug=slug)
    if row.state == BenchmarkState.WITHDRAWN:
        return render(request, "benchmarks/benchmark_withdrawn.html", status=GONE)
    if not row.is_public:
        raise Http404
    title, path, runs = title_of(row), row.get_absolute_url(), list(row.runs.all())
    crumbs, cited = crumbs_to(row), list(cited_by([row.uid]))
    graph = [breadcrumb(*crumbs, (title, path))]
    context = {
        "benchmark": row,
        "title": title,
        "when": known_date(row.measured_on, row.measured_on_precision),
        "speeds": speeds_of(row),
        "settings": settings_of(row, citations_by_field(cited)),
        "assessment": judged(row, runs=len(runs), today=timezone.now().date()),
        "neighbours": neighbours_of(row),
        "run_tables": run_tables(runs),
        "notes": notes_of(row),
        "doubt": doubt_of(row),
        **change_section(row, BENCHMARK, cited),
        "crumbs": crumbs,
        "canonical_url": f"{settings.SITE_URL}{path}",
        "json_ld": script_json({"@context": "https://schema.org", "@graph": graph}),
    }
    page = render(request, "benchmarks/benchmark_detail.html", context)
    return conditional(request, page)
