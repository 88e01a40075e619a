"""Pages on how memory and speed are estimated, and on how far that is off."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from calculators.memory_methodology import memory_context
from calculators.methodology import accuracy_context, speed_context
from editorial.conditional import conditional


@require_safe
def methodology_accuracy(request: HttpRequest) -> HttpResponse:
    context = accuracy_context() | _frame("calculators:methodology_accuracy")
    page = render(request, "calculators/methodology_accuracy.html", context)
    return conditional(request, page)


@require_safe
def methodology_will_it_run(request: HttpRequest) -> HttpResponse:
    context = memory_context() | _frame("calculators:methodology_will_it_run")
    page = render(request, "calculators/methodology_will_it_run.html", context)
    return conditional(request, page)


@require_safe
def methodology_speed(request: HttpRequest) -> HttpResponse:
    context = speed_context() | _frame("calculators:methodology_speed")
    page = render(request, "calculators/methodology_speed.html", context)
    return conditional(request, page)


def _frame(name: str) -> dict[str, Any]:
    return {
        "canonical_url": f"{settings.SITE_URL}{reverse(name)}",
        "crumbs": [("Home", "/"), ("Methodology", reverse("methodology"))],
    }
