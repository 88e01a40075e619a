"""The verdict and the related comparisons on a detail page."""

from typing import Any

from django.utils import timezone

from comparisons.pages import verdict_context
from editorial.models import Publication
from editorial.reading import live_page
from editorial.registry import Panel


def verdict_panel(fact: Any) -> Panel | None:
    """The published verdict on `fact`; none while there is none."""
    page = live_page(fact.get_absolute_url())
    if page is None:
        return None
    return Panel(
        "comparisons/verdict_panel.html",
        verdict_context(page),
        order=10,
        anchor="verdict",
        title="Verdict",
    )


def comparisons_panel(type_name: str, fact: Any) -> Panel | None:
    """The published comparisons that have `fact` as a side."""
    live = Publication.objects.live_at(timezone.now()).of_kind("comparison")
    rows = list(live.referring_to(type_name, [fact.uid]).with_checks().defer("body"))
    if not rows:
        return None
    context = {"comparisons": rows, "name": fact.name}
    return Panel(
        "comparisons/comparisons_panel.html",
        context,
        order=40,
        anchor="compared",
        title="Compared",
    )
