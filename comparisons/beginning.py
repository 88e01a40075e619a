"""A new comparison: the kind, its sides, and the rows to judge them by."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from catalog.models import AIModel, Engine, Hardware
from comparisons.addresses import canonical_slug
from comparisons.freezing import side_key
from comparisons.models import (
    Comparison,
    ComparisonSide,
    DimensionTemplate,
    Subject,
)
from editorial.drafts import record_save
from editorial.problems import NotAllowedError
from editorial.rights import objection

FACT_FIELDS: dict[str, tuple[str, Any]] = {
    Subject.ENGINE: ("engine", Engine),
    Subject.HARDWARE: ("hardware", Hardware),
    Subject.MODEL: ("ai_model", AIModel),
}
"""The side's foreign key for each kind. A way to deploy has none."""

LONGEST_SLUG = 120
LONGEST_TITLE = 200


@dataclass(frozen=True)
class SideChoice:
    """What a side is to be: a fact of the catalogue, or a name alone."""

    fact: models.Model | None = None
    name: str = ""

    def values(self) -> dict[str, Any]:
        """The side's columns that say what it is."""
        values: dict[str, Any] = {"engine": None, "hardware": None, "ai_model": None}
        for field, model in FACT_FIELDS.values():
            if isinstance(self.fact, model):
                values[field] = self.fact
        return values | {"name": self.name}

    def is_same_as(self, side: ComparisonSide) -> bool:
        if self.fact is None:
            return side.fact is None and side.name == self.name
        return bool(side.fact == self.fact)


def title_of(names: Sequence[str]) -> str:
    """
    >>> title_of(["vLLM", "SGLang"])
    'vLLM vs SGLang'
    """
    return " vs ".join(names)[:LONGEST_TITLE]


def free_slug(wanted: str) -> str:
    """`wanted`, or the first of `wanted-2`, `wanted-3` … that no comparison has."""
    wanted = wanted[: LONGEST_SLUG - 4] or "comparison"
    taken = set(
        Comparison.objects.filter(slug__startswith=wanted).values_list(
            "slug", flat=True
        )
    )
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (wanted, *numbered) if slug not in taken)


def comparison_of(subject: str, choices: Sequence[SideChoice]) -> Comparison | None:
    """The comparison that these facts already have. Ways to deploy may have several."""
    if subject not in FACT_FIELDS:
        return None
    field, _ = FACT_FIELDS[subject]
    facts = [choice.fact for choice in choices if choice.fact is not None]
    rows = Comparison.objects.filter(subject=subject)
    return rows.comparing(field, facts).first()


@transaction.atomic
def begin_comparison(
    *,
    subject: str,
    choices: Sequence[SideChoice],
    template: DimensionTemplate | None,
    by: Any,
) -> Comparison:
    """A draft with its sides, and the template's rows without any rating.

    Raises NotAllowedError.
    """
    if sentence := objection(by, "create", Comparison):
        raise NotAllowedError(sentence)
    sides = [
        ComparisonSide(position=position, **choice.values())
        for position, choice in enumerate(choices, start=1)
    ]
    comparison = Comparison.objects.create(
        subject=subject,
        title=title_of([side.display_name for side in sides]),
        slug=free_slug(canonical_slug(side_key(side) for side in sides)),
    )
    for side in sides:
        side.comparison = comparison
        side.save()
    if template is not None:
        _copy_rows(template, comparison)
    note = f"Begun with the rows of “{template}”." if template else "Begun."
    record_save(comparison, by=by, note=note)
    return comparison


def _copy_rows(template: DimensionTemplate, comparison: Comparison) -> None:
    for position, row in enumerate(template.rows.all(), start=1):
        comparison.dimensions.create(
            label=row.label,
            gloss=row.gloss,
            direction=row.direction,
            position=position,
        )
