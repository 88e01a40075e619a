"""Will it run? One question, one answer, all of it in the address."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from calculators.answer_page import answer_to
from calculators.answers import Answers
from calculators.known_names import KnownNames
from calculators.question_form import form_options
from calculators.questions import Asked, read_question
from calculators.starting_points import starting_points
from editorial.conditional import conditional

HOME = ("Home", "/")
ASK, CUSTOM = "calculators:will_it_run", "calculators:custom_build"


def question_context(
    parameters: QueryDict, names: KnownNames, *, is_custom: bool = False
) -> dict[str, Any]:
    """What the page of a question is drawn from, whatever its address."""
    answers = Answers()
    asked, ignored = read_question(parameters, names)
    answer, more = answer_to(asked, answers, names) if asked.is_complete else (None, [])
    return {
        "asked": asked,
        "ignored": [*ignored, *more],
        "answer": answer,
        "options": form_options(asked, answers, answer, names),
        "starting_points": [] if answer else starting_points(),
        "path": reverse(CUSTOM if is_custom else ASK),
        "is_custom": is_custom,
        "canonical_url": f"{settings.SITE_URL}{canonical_path(asked)}",
    }


def canonical_path(asked: Asked) -> str:
    """One model on one machine has a page of its own; other questions have not."""
    if asked.is_complete and len(asked.cards) == 1:
        return reverse(
            "calculators:model_on_machine", args=[asked.hardware, asked.model]
        )
    return reverse(ASK)


def _answered(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """The page; htmx is told the short address for the address bar."""
    page = render(request, "calculators/will_it_run.html", context)
    asked: Asked = context["asked"]
    if request.headers.get("HX-Request") and asked.is_complete:
        page["HX-Push-Url"] = f"{context['path']}?{asked.query()}"
    return conditional(request, page)


@require_safe
def will_it_run(request: HttpRequest) -> HttpResponse:
    """The page of every question. Only the empty one is for search engines."""
    context = question_context(request.GET, KnownNames())
    context |= {
        "is_indexed": not request.GET,
        "crumbs": [HOME],
        "here": "Will it run?",
    }
    return _answered(request, context)


@require_safe
def custom_build(request: HttpRequest) -> HttpResponse:
    """The same for several and unequal cards: a bar for each, and how they share."""
    context = question_context(request.GET, KnownNames(), is_custom=True)
    context |= {
        "is_indexed": not request.GET,
        "canonical_url": f"{settings.SITE_URL}{reverse(CUSTOM)}",
        "crumbs": [HOME, ("Will it run?", reverse(ASK))],
        "here": "Custom build",
    }
    return _answered(request, context)
