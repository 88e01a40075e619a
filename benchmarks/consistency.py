"""Which addresses of measurements lead to a page."""

from functools import partial

from django.urls import reverse

from benchmarks.models import Benchmark
from editorial.consistency.internal_links import register_destination


def _benchmark_page(view_name: str, slug: str) -> str | None:
    """None where nobody measured it, or where readers cannot see it any more."""
    row = Benchmark.objects.filter(slug=slug).first()
    is_there = row is not None and row.is_public
    return reverse(view_name, args=[slug]) if is_there else None


def register() -> None:
    for page in ("detail", "changes"):
        name = f"benchmarks:benchmark_{page}"
        register_destination(name, partial(_benchmark_page, name))
