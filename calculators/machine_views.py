"""Models for a machine, one model on it, and hardware for a model."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from calculators.answers import Answers
from calculators.asking import QuestionError
from calculators.known_names import KnownNames
from calculators.machine_filters import read_machine_query
from calculators.machine_page import machine_page
from calculators.model_machines import model_machines
from calculators.questions import read_question
from calculators.run_views import question_context
from calculators.wording import OPENINGS, answer_sentence
from catalog.detail_views import found
from catalog.models import AIModel, Hardware
from editorial.conditional import conditional


def crumbs() -> list[tuple[str, str]]:
    return [("Home", "/"), ("Will it run?", reverse("calculators:will_it_run"))]


@require_safe
def machine_models(request: HttpRequest, hardware: str) -> HttpResponse:
    """At most six statements: the hardware, models, files, and what was measured."""
    chip = found(Hardware.objects.for_estimating(), "hardware", hardware)
    if chip.slug != hardware:
        return redirect("calculators:machine_models", chip.slug, permanent=True)
    query, ignored = read_machine_query(request.GET)
    path = reverse("calculators:machine_models", args=[chip.slug])
    context: dict[str, Any] = {
        "hardware": chip,
        "page": machine_page(chip, query),
        "ignored": ignored,
        "crumbs": crumbs(),
        "canonical_url": f"{settings.SITE_URL}{path}",
    }
    page = render(request, "calculators/machine_models.html", context)
    if request.headers.get("HX-Request"):
        asked = query.query()
        page["HX-Push-Url"] = f"{path}?{asked}" if asked else path
    return conditional(request, page)


@require_safe
def model_on_machine(request: HttpRequest, hardware: str, model: str) -> HttpResponse:
    """One answer at an address of its own, for search engines too."""
    names = KnownNames()
    card, slug = names.slug("hardware", hardware), names.slug("model", model)
    if not card or not slug:
        raise Http404
    if (card, slug) != (hardware, model):
        return redirect("calculators:model_on_machine", card, slug, permanent=True)
    parameters = request.GET.copy()
    parameters["model"] = slug
    parameters.setlist("hardware", [card])
    crumb = (
        f"On the {names.name('hardware', card)}",
        reverse("calculators:machine_models", args=[card]),
    )
    context = question_context(parameters, names) | {
        "is_indexed": not request.GET,
        "crumbs": [*crumbs(), crumb],
        "here": names.name("model", slug),
    }
    page = render(request, "calculators/will_it_run.html", context)
    return conditional(request, page)


@require_safe
def model_hardware(request: HttpRequest, model: str) -> HttpResponse:
    """What runs a model, the cheapest first: five statements."""
    row = found(AIModel.objects.for_estimating(), "model", model)
    if row.slug != model:
        return redirect("calculators:model_hardware", row.slug, permanent=True)
    query, ignored = read_machine_query(request.GET)
    path = reverse("calculators:model_hardware", args=[row.slug])
    context: dict[str, Any] = {
        "page": model_machines(row, query),
        "ignored": ignored,
        "crumbs": crumbs(),
        "canonical_url": f"{settings.SITE_URL}{path}",
    }
    page = render(request, "calculators/model_hardware.html", context)
    return conditional(request, page)


@require_safe
def answer_line(request: HttpRequest, hardware: str, model: str) -> HttpResponse:
    """Verdict, sentence and address of one answer, for pages that name a machine."""
    parameters = request.GET.copy()
    parameters["model"] = model
    parameters.setlist("hardware", [hardware])
    asked, _ = read_question(parameters, KnownNames())
    if not asked.is_complete:
        raise Http404
    answers = Answers()
    try:
        estimate = answers.of(asked)
    except QuestionError as error:
        raise Http404 from error
    base = reverse("calculators:model_on_machine", args=[asked.hardware, asked.model])
    question = replace(asked, model="", cards=()).query()
    count = f"count={asked.count}" if asked.count > 1 else ""
    query = "&".join(part for part in (count, question) if part)
    line = {
        "opening": OPENINGS[estimate.fit],
        "sentence": answer_sentence(estimate),
        "fit": str(estimate.fit),
        "href": f"{base}?{query}" if query else base,
    }
    return conditional(request, JsonResponse(line))
