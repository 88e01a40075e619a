"""What the site as a whole offers: its own pages, in the map."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from catalog.models import AIModel, Engine, Hardware
from editorial.models import Publication
from editorial.registry import register_public_tables, register_sitemap

SHELL_PAGES = [
    "home",
    "methodology",
    "methodology_confidence",
    "calculators:methodology_accuracy",
    "calculators:methodology_speed",
    "comparisons:comparison_index",
    "catalog:ai_model_list",
    "catalog:hardware_list",
    "catalog:engine_list",
    "benchmarks:benchmark_list",
]

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


def register() -> None:
    register_sitemap("shell", shell_pages)
    register_sitemap("publications", publication_pages)
    register_sitemap("facts", fact_pages)
    register_public_tables("django_migrations", DBTaskResult._meta.db_table)
