"""What the site as a whole offers: its own pages, in the map."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from catalog.models import AIModel, Engine, Hardware
from editorial.models import Publication
from editorial.registry import register_public_tables, register_sitemap
from editorial.reports.claim_pages import ClaimPage, register_claim_page

SHELL_PAGES = [
    "home",
    "methodology",
    "methodology_confidence",
    "calculators:methodology_accuracy",
    "calculators:methodology_speed",
    "calculators:methodology_cost",
    "calculators:choose_my_gpu",
    "calculators:best_gpu",
    "calculators:cost_vs_cloud",
    "comparisons:comparison_index",
    "catalog:ai_model_list",
    "catalog:hardware_list",
    "catalog:engine_list",
    "benchmarks:benchmark_list",
    "newsletter:sign_up",
    "privacy",
]

PAGE_TITLES = {
    "home": "Home page",
    "methodology": "Methodology",
    "methodology_confidence": "How far measurements are trusted",
    "calculators:choose_my_gpu": "Choose my GPU",
    "calculators:best_gpu": "Best GPU",
    "calculators:cost_vs_cloud": "Cost vs cloud",
    "calculators:methodology_cost": "How cost is worked out",
    "newsletter:sign_up": "Newsletter",
    "privacy": "Privacy",
    "search": "Search",
    "corrections": "Corrections",
    "comparisons:comparison_index": "Every comparison",
    "catalog:ai_model_list": "List of models",
    "catalog:hardware_list": "List of hardware",
    "catalog:engine_list": "List of tools",
    "benchmarks:benchmark_list": "List of benchmarks",
    "calculators:will_it_run": "Will it run?",
    "calculators:methodology_will_it_run": "How a fit is worked out",
}
"""What a reader's report calls the pages that belong to no fact and no text."""

Entry = tuple[str, date | None]


def shell_pages() -> Iterator[Entry]:
    for name in SHELL_PAGES:
        yield reverse(name), None


def publication_pages() -> Iterator[Entry]:
    rows = Publication.objects.live().of_kind("comparison").order_by("path")
    for path, begun in rows.values_list("path", "visible_from"):
        yield path, begun.date()


def fact_pages() -> Iterator[Entry]:
    for name, model in (
        ("catalog:engine_detail", Engine),
        ("catalog:hardware_detail", Hardware),
        ("catalog:ai_model_detail", AIModel),
    ):
        for slug in model.objects.order_by("slug").values_list("slug", flat=True):
            yield reverse(name, args=[slug]), None


def shell_claims(path: str) -> ClaimPage | None:
    titles = {reverse(name): title for name, title in PAGE_TITLES.items()}
    return ClaimPage(path, titles[path]) if path in titles else None


def register() -> None:
    register_claim_page(shell_claims, order=10)
    register_sitemap("shell", shell_pages)
    register_sitemap("publications", publication_pages)
    register_sitemap("facts", fact_pages)
    register_public_tables("django_migrations", DBTaskResult._meta.db_table)
