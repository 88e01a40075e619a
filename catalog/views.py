"""Pages of one engine, one chip, one model."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalog.details import (
    engine_tables,
    failure_modes,
    file_rows,
    hardware_tables,
    model_tables,
    price_rows,
)
from catalog.lookup import find_uid
from catalog.models import AIModel, Engine, Hardware
from editorial.conditional import conditional
from editorial.registry import panels
from editorial.structured import breadcrumb, script_json
from editorial.vocabularies import VOLATILE_DAYS

LEAD = 30
"""Panels below this order stand above the facts."""


def _found(rows: Any, fact_type: str, slug: str) -> Any:
    """The fact called `slug`, looked up under its aliases too, or a 404."""
    fact = rows.filter(slug=slug).first()
    return fact or get_object_or_404(rows, uid=find_uid(fact_type, slug))


def _frame(fact: Any, page: str) -> dict[str, Any]:
    """What every fact's page has around its own content."""
    path = fact.get_absolute_url()
    sections = panels(page, fact)
    crumbs = ("Home", "/"), (fact.name, path)
    return {
        "lead_panels": [panel for panel in sections if panel.order < LEAD],
        "panels": [panel for panel in sections if panel.order >= LEAD],
        "crumbs": [("Home", "/")],
        "canonical_url": f"{settings.SITE_URL}{path}",
        "json_ld": script_json(
            {"@context": "https://schema.org", "@graph": [breadcrumb(*crumbs)]}
        ),
    }


@require_safe
def engine_detail(request: HttpRequest, slug: str) -> HttpResponse:
    engine = _found(Engine.objects.for_detail(), "engine", slug)
    if engine.slug != slug:
        return redirect(engine, permanent=True)
    context = {
        "engine": engine,
        "tables": engine_tables(engine),
        "failure_modes": failure_modes(engine),
        **_frame(engine, "engine_detail"),
    }
    return conditional(request, render(request, "catalog/engine_detail.html", context))


@require_safe
def hardware_detail(request: HttpRequest, slug: str) -> HttpResponse:
    chip = _found(Hardware.objects.for_detail(), "hardware", slug)
    if chip.slug != slug:
        return redirect(chip, permanent=True)
    context = {
        "hardware": chip,
        "tables": hardware_tables(chip),
        "prices": price_rows(chip, timezone.now().date(), VOLATILE_DAYS),
        **_frame(chip, "hardware_detail"),
    }
    page = render(request, "catalog/hardware_detail.html", context)
    return conditional(request, page)


@require_safe
def ai_model_detail(request: HttpRequest, slug: str) -> HttpResponse:
    model = _found(AIModel.objects.for_detail(), "model", slug)
    if model.slug != slug:
        return redirect(model, permanent=True)
    context = {
        "ai_model": model,
        "tables": model_tables(model),
        "files": file_rows(model),
        **_frame(model, "ai_model_detail"),
    }
    page = render(request, "catalog/ai_model_detail.html", context)
    return conditional(request, page)
