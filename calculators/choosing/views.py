"""Pages that say which hardware to buy."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from calculators.address_forms import FactNames
from calculators.choosing.best import best_context
from calculators.choosing.page import choose_context
from editorial.conditional import conditional


@require_safe
def choose_my_gpu(request: HttpRequest) -> HttpResponse:
    context = choose_context(request.GET, FactNames.of("model"), timezone.now().date())
    context |= _frame("calculators:choose_my_gpu")
    page = render(request, "calculators/choose_my_gpu.html", context)
    return conditional(request, page)


@require_safe
def best_gpu(request: HttpRequest) -> HttpResponse:
    context = best_context(request.GET, FactNames.of("model"), timezone.now().date())
    context |= _frame("calculators:best_gpu")
    return conditional(request, render(request, "calculators/best_gpu.html", context))


def _frame(name: str) -> dict[str, Any]:
    return {
        "canonical_url": f"{settings.SITE_URL}{reverse(name)}",
        "crumbs": [("Home", "/")],
    }
