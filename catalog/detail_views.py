"""Pages of one engine, one chip, one model."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from catalog.details.pages import ai_model_page, engine_page, hardware_page
from catalog.lookup import MODELS, find_uid
from catalog.models import AIModel, Engine, Hardware
from editorial.conditional import conditional


def found(rows: Any, fact_type: str, slug: str) -> Any:
    """The fact called `slug`, looked up under its aliases too, or a 404."""
    fact = rows.filter(slug=slug).first()
    return fact or get_object_or_404(rows, uid=find_uid(fact_type, slug))


def fact_named(fact_type: str, slug: str) -> Any:
    """The row itself, without what its own page shows of it."""
    return found(MODELS[fact_type]._default_manager.defer("imported"), fact_type, slug)


def _page(
    request: HttpRequest, fact: Any, slug: str, template: str, page: Callable
) -> HttpResponse:
    """The page of `fact` at its own address; from another one, the way there."""
    if fact.slug != slug:
        return redirect(fact, permanent=True)
    return conditional(request, render(request, template, page(fact)))


@require_safe
def hardware_detail(request: HttpRequest, slug: str) -> HttpResponse:
    chip = found(Hardware.objects.for_detail(), "hardware", slug)
    return _page(request, chip, slug, "catalog/hardware_detail.html", hardware_page)


@require_safe
def ai_model_detail(request: HttpRequest, slug: str) -> HttpResponse:
    model = found(AIModel.objects.for_detail(), "model", slug)
    page = partial(ai_model_page, asked=request.GET)
    return _page(request, model, slug, "catalog/ai_model_detail.html", page)


@require_safe
def engine_detail(request: HttpRequest, slug: str) -> HttpResponse:
    engine = found(Engine.objects.for_detail(), "engine", slug)
    return _page(request, engine, slug, "catalog/engine_detail.html", engine_page)
