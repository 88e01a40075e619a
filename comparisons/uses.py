"""Uses that stand in a comparison as an address."""

from collections.abc import Iterator

from comparisons.models import Comparison
from editorial.uses import SHOWN, Use, UseGroup, UseTarget, register_use_finder


def related_in_drafts(target: UseTarget) -> Iterator[UseGroup]:
    """Drafts that name its page among their related ones, in one statement."""
    if target.paths:
        rows = Comparison.objects.naming_related(target.paths)
        uses = [Use(row, str(row), "related page") for row in rows]
        yield UseGroup("Drafts with it as a related page", uses[:SHOWN], len(uses))


def register() -> None:
    register_use_finder(related_in_drafts)
