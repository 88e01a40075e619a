"""What freezing needs of a working copy, in one statement per table."""

from typing import Self

from django.db import models
from django.db.models import Count


class ComparisonQuerySet(models.QuerySet):
    def complete(self) -> Self:
        """With every child and source, as freezing reads them."""
        return self.prefetch_related(
            "answer_sources",
            "verdict_sources",
            "sides__engine",
            "sides__hardware",
            "sides__ai_model",
            "dimensions__ratings__sources",
            "rules__sources",
            "failure_modes__sources",
            "failure_modes__fact",
            "related",
        )

    def with_side_count(self) -> Self:
        return self.annotate(side_count=Count("sides", distinct=True))


class VerdictQuerySet(models.QuerySet):
    def complete(self) -> Self:
        """With every point and source, as freezing reads them."""
        return self.select_related("engine", "hardware", "ai_model").prefetch_related(
            "summary_sources", "points__sources"
        )
