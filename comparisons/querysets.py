"""What freezing needs of a working copy, in one statement per table."""

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Count, Model

from editorial.models.queues import DocumentQuerySet


class ComparisonQuerySet(DocumentQuerySet):
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

    def comparing(self, field: str, facts: Iterable[Model]) -> Self:
        """Comparisons of exactly these facts; `field` is the side's foreign key."""
        facts = list(facts)
        rows = self.with_side_count().filter(side_count=len(facts))
        for fact in facts:
            rows = rows.filter(sides__in=self._sides().filter(**{field: fact}))
        return rows

    def naming_related(self, paths: Iterable[str]) -> Self:
        """Those with one of these addresses among their related pages."""
        return self.filter(related__path__in=list(paths)).distinct()

    def _sides(self) -> models.QuerySet:
        return self.model._meta.get_field("sides").related_model._base_manager.all()

    def with_side_count(self) -> Self:
        return self.annotate(side_count=Count("sides", distinct=True))


class VerdictQuerySet(DocumentQuerySet):
    def complete(self) -> Self:
        """With every point and source, as freezing reads them."""
        return self.select_related("engine", "hardware", "ai_model").prefetch_related(
            "summary_sources", "points__sources"
        )


class DimensionTemplateQuerySet(models.QuerySet):
    def usual_for(self, subject: str) -> models.Model | None:
        """The template a comparison of `subject` starts from unless told otherwise."""
        return self.filter(subject=subject).first()
