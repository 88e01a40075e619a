"""Pages of no single app: home, methodology, health, errors, maps."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config.doors import doors, questions
from config.health import health_report
from config.methodology import confidence_context, methodology_context
from config.privacy import privacy_context
from editorial.conditional import conditional
from editorial.models import Publication
from editorial.registry import sitemaps
from editorial.structured import script_json

NEWEST_VERDICTS = 6
NEWEST_CHANGES = 8


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    live = Publication.objects.live().with_checks().for_listing()
    context = {
        "questions": questions(),
        "doors": doors(),
        "comparisons": live.of_kind("comparison"),
        "verdicts": live.of_kind("verdict")[:NEWEST_VERDICTS],
        "changes": live[:NEWEST_CHANGES],
        "canonical_url": f"{settings.SITE_URL}/",
        "json_ld": script_json(
            {
                "@context": "https://schema.org",
                "@type": "WebSite",
                "name": settings.SITE_NAME,
                "url": f"{settings.SITE_URL}/",
            }
        ),
    }
    return conditional(request, render(request, "config/home.html", context))


@require_safe
def methodology(request: HttpRequest) -> HttpResponse:
    context: dict[str, Any] = methodology_context() | {
        "canonical_url": f"{settings.SITE_URL}{reverse('methodology')}",
        "crumbs": [("Home", "/")],
    }
    return conditional(request, render(request, "config/methodology.html", context))


@require_safe
def methodology_confidence(request: HttpRequest) -> HttpResponse:
    context: dict[str, Any] = confidence_context() | {
        "canonical_url": f"{settings.SITE_URL}{reverse('methodology_confidence')}",
        "crumbs": [("Home", "/"), ("Methodology", reverse("methodology"))],
    }
    page = render(request, "config/methodology_confidence.html", context)
    return conditional(request, page)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    context: dict[str, Any] = privacy_context() | {
        "canonical_url": f"{settings.SITE_URL}{reverse('privacy')}",
        "crumbs": [("Home", "/")],
    }
    return conditional(request, render(request, "config/privacy.html", context))


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Database, migrations and waiting jobs apart; 503 where one is not right."""
    report = health_report()
    return JsonResponse(report.as_dict(), status=200 if report.is_healthy else 503)


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public address, with the day it last changed where that is known."""
    entries = [
        (f"{settings.SITE_URL}{path}", changed)
        for items in sitemaps().values()
        for path, changed in items()
    ]
    page = render(
        request,
        "config/sitemap.xml",
        {"entries": entries},
        content_type="application/xml; charset=utf-8",
    )
    return conditional(request, page)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        f"Disallow: /{settings.ADMIN_PATH}",
        f"Disallow: {reverse('report')}",
        f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}",
    ]
    text = "\n".join(lines) + "\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered without a query: the database may be what failed."""
    return render(request, "500.html", status=500)
