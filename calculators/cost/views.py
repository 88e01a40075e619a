"""Pages on what tokens cost, here and elsewhere."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from calculators.address_forms import FactNames
from calculators.cost.methodology import methodology_context
from calculators.cost.page import cost_context
from editorial.conditional import conditional

Crumbs = list[tuple[str, str]]


@require_safe
def cost_vs_cloud(request: HttpRequest) -> HttpResponse:
    names = FactNames.of("hardware", "model")
    context = cost_context(request.GET, names, timezone.now().date())
    context |= _frame("calculators:cost_vs_cloud", [])
    page = render(request, "calculators/cost_vs_cloud.html", context)
    return conditional(request, page)


@require_safe
def methodology_cost(request: HttpRequest) -> HttpResponse:
    crumbs = [("Methodology", reverse("methodology"))]
    context = methodology_context() | _frame("calculators:methodology_cost", crumbs)
    page = render(request, "calculators/methodology_cost.html", context)
    return conditional(request, page)


def _frame(name: str, crumbs: Crumbs) -> dict[str, Any]:
    return {
        "canonical_url": f"{settings.SITE_URL}{reverse(name)}",
        "crumbs": [("Home", "/"), *crumbs],
    }
