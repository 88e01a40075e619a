"""What this app offers to the other apps' pages and to the map of the site."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from benchmarks.models import Benchmark
from calculators.panels import needs_panel, runs_panel
from catalog.models import AIModel, Hardware
from editorial.registry import (
    register_panel,
    register_public_models,
    register_sitemap,
)


def calculator_pages() -> Iterator[tuple[str, None]]:
    """A page for each machine and model; of single answers those that were measured."""
    for name in ("will_it_run", "custom_build", "methodology_will_it_run"):
        yield reverse(f"calculators:{name}"), None
    pieces: Any = Hardware.objects
    machines = [slug for _, slug, _ in pieces.names()]
    writing: Any = AIModel.objects.that_write()
    models = [slug for _, slug, _ in writing.names()]
    for name, slugs in (("machine_models", machines), ("model_hardware", models)):
        for slug in slugs:
            yield reverse(f"calculators:{name}", args=[slug]), None
    for row in Benchmark.objects.trustworthy().pairs_by_rows():
        pair = [row["hardware__slug"], row["ai_model__slug"]]
        yield reverse("calculators:model_on_machine", args=pair), None


def register() -> None:
    register_panel("hardware_detail", runs_panel)
    register_panel("ai_model_detail", needs_panel)
    register_public_models("calculators.FrozenAnswer")
    register_sitemap("calculators", calculator_pages)
