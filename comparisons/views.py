"""The compare pages and their other forms."""

import csv
from typing import Any

from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.datastructures import MultiValueDict
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from catalog.listing.exports import harmless
from comparisons.addresses import SUBJECT_FOLDERS, canonical_slug
from comparisons.choosing import Choice, choose, form_fields
from comparisons.forms import ComparisonOptions, SidesForm
from comparisons.generated.pages import (
    Generated,
    generate,
    generated_context,
    table_data,
    table_lines,
)
from comparisons.matrix import (
    RowGroup,
    matrix_data,
    matrix_rows,
    matrix_table,
    sides_of,
)
from comparisons.nearest import nearest_comparisons, published_comparisons
from comparisons.pages import render_comparison
from editorial.conditional import PUBLIC_MAX_AGE, conditional
from editorial.reading import Gone, Moved, Page, live_page, whereabouts
from editorial.version_pages import versions_page

SUBJECTS = {folder: subject for subject, folder in SUBJECT_FOLDERS.items()}
GONE = 410


def choice_of(folder: str, slug: str) -> Choice | None:
    """The facts that an address names; None where sides are not facts."""
    if not folder:
        return None
    form = SidesForm(MultiValueDict({"side": slug.split("-vs-")}))
    form.full_clean()
    return choose(SUBJECTS[folder], form.cleaned_data["side"])


def comparison_address(folder: str, slug: str) -> str:
    return f"/compare/{folder}/{slug}/" if folder else f"/compare/{slug}/"


@require_safe
def comparison_index(request: HttpRequest) -> HttpResponse:
    """Every published comparison, by what it compares."""
    rows = published_comparisons()
    context = {
        "crumbs": [("Home", "/")],
        "groups": [
            (folder, subject.label, [row for row in rows if f"/{folder}/" in row.path])
            for folder, subject in SUBJECTS.items()
        ],
        "deployments": [row for row in rows if row.path.count("/") == 3],
        "canonical_url": f"{settings.SITE_URL}/compare/",
    }
    page = render(request, "comparisons/comparison_index.html", context)
    return conditional(request, page)


@require_safe
def comparison_kind_index(request: HttpRequest, folder: str) -> HttpResponse:
    """What is written on one kind, and a form; `?side=` twice or more compares.

    The lists' compare trays lead here as well.
    """
    form = SidesForm(request.GET)
    form.full_clean()
    asked = form.cleaned_data["side"]
    choice = choose(SUBJECTS[folder], asked or form.cleaned_data["keep"])
    if asked and choice.is_comparable:
        return redirect(choice.path)
    prefix = f"/compare/{folder}/"
    context = {
        "crumbs": [("Home", "/"), ("Compare", "/compare/")],
        "subject_label": SUBJECTS[folder].label,
        "folder": folder,
        "comparisons": [
            row for row in published_comparisons() if row.path.startswith(prefix)
        ],
        "choice": choice,
        "fields": form_fields(choice),
        "canonical_url": f"{settings.SITE_URL}{prefix}",
    }
    page = render(request, "comparisons/comparison_kind_index.html", context)
    return conditional(request, page)


@require_safe
def comparison_detail(
    request: HttpRequest, slug: str, folder: str = ""
) -> HttpResponse:
    """The written comparison at this address, else the one made from the facts."""
    page = live_page(comparison_address(folder, slug))
    if page is None:
        return _elsewhere(request, folder, slug)
    return conditional(request, render_comparison(request, page))


def _elsewhere(request: HttpRequest, folder: str, slug: str) -> HttpResponse:
    """The sides in another order, a moved or withdrawn page, or the facts."""
    canonical = comparison_address(folder, canonical_slug(slug.split("-vs-")))
    is_other_order = folder and canonical != comparison_address(folder, slug)
    if is_other_order and live_page(canonical) is not None:
        return _moved(request, canonical)
    fate = whereabouts(comparison_address(folder, slug))
    if isinstance(fate, Moved):
        return _moved(request, fate.path)
    choice = choice_of(folder, slug)
    if fate is None and choice is not None and not choice.unknown:
        return _from_facts(request, choice)
    context = {
        "nearest": nearest_comparisons(slug, folder),
        "suggestions": choice.suggestions if choice else [],
        "gone": fate,
        "slug": slug,
        "folder": folder,
    }
    status = GONE if isinstance(fate, Gone) else 404
    template = "comparisons/comparison_missing.html"
    return render(request, template, context, status=status)


def _from_facts(request: HttpRequest, choice: Choice) -> HttpResponse:
    """The generated page, its proper address, or the form that says what is wrong."""
    if not choice.is_comparable:
        sides = QueryDict(mutable=True)
        sides.setlist("side", choice.texts)
        return redirect(f"{choice.index_path}?{sides.urlencode()}")
    if request.path != choice.path:
        return _moved(request, choice.path)
    options = ComparisonOptions.of(request.GET)
    context = generated_context(generate(choice), only_differences=options.differences)
    page = render(request, "comparisons/comparison_generated.html", context)
    return conditional(request, page)


def _moved(request: HttpRequest, path: str) -> HttpResponse:
    """For good, and yet not kept for long: a page may move back to where it was."""
    query = request.GET.urlencode()
    response = redirect(f"{path}?{query}" if query else path, permanent=True)
    patch_cache_control(response, public=True, max_age=PUBLIC_MAX_AGE)
    return response


def _live_or_404(folder: str, slug: str) -> Page:
    page = live_page(comparison_address(folder, slug))
    if page is None:
        raise Http404
    return page


@require_safe
def comparison_csv(request: HttpRequest, slug: str, folder: str = "") -> HttpResponse:
    """The table of the page as text."""
    page = live_page(comparison_address(folder, slug))
    lines = (
        matrix_table(page.body)
        if page
        else table_lines(_made_or_404(folder, slug).table)
    )
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}.csv"'
    csv.writer(response).writerows([harmless(cell) for cell in line] for line in lines)
    return conditional(request, response)


def _made_or_404(folder: str, slug: str) -> Generated:
    """The table made from the facts of the sides that the canonical address names."""
    choice = choice_of(folder, slug)
    if choice is None or not choice.is_comparable or choice.slug != slug:
        raise Http404
    return generate(choice)


@require_safe
def comparison_json(request: HttpRequest, slug: str, folder: str = "") -> HttpResponse:
    """The table of the page as data, with its sources and where it stands."""
    page = live_page(comparison_address(folder, slug))
    if page is None:
        data = table_data(_made_or_404(folder, slug))
    else:
        data = matrix_data(page.body) | {
            "url": f"{settings.SITE_URL}{page.meta.path}",
            "version": page.meta.version,
            "digest": page.meta.digest,
            "verified_on": page.meta.verified_on,
        }
    return conditional(request, JsonResponse(data))


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
def comparison_embed(request: HttpRequest, slug: str, folder: str = "") -> HttpResponse:
    """The matrix alone, for a frame on another site."""
    page = _live_or_404(folder, slug)
    context: dict[str, Any] = {
        "doc": page.body,
        "meta": page.meta,
        "sides": [(side, None) for side in sides_of(page.body)],
        "groups": [RowGroup(matrix_rows(page.body))],
        "canonical_url": f"{settings.SITE_URL}{page.meta.path}",
    }
    frame = render(request, "comparisons/comparison_embed.html", context)
    frame["X-Robots-Tag"] = "noindex"
    return conditional(request, frame)


@require_safe
def comparison_history(
    request: HttpRequest, slug: str, folder: str = ""
) -> HttpResponse:
    crumbs = [("Home", "/"), ("Compare", "/compare/")]
    return versions_page(request, _live_or_404(folder, slug), crumbs=crumbs)
