"""Measurements near to a set-up that somebody asks about."""

from typing import Any, Self

from django.db import models
from django.db.models import Count, Q, Subquery

KIN_SIZE = (0.7, 1.4)
"""Times the parameters: models of a family that are about as large."""


class NearRowsQuerySet(models.QuerySet):
    def by_engine(self, slug: str) -> Self:
        return self.filter(engine__slug=slug)

    def without_prose(self) -> Self:
        """Without columns that no estimate reads, of the rows and of their engines."""
        unread = ("imported", "marks", "command", "uid")
        of_engine = ("imported", "marks", "notes", "uid", "install_command")
        return self.defer(*unread, *(f"engine__{name}" for name in of_engine))

    def of_model(self, slug: str) -> Self:
        """Rows of one model, by its slug in the catalogue."""
        return self.filter(ai_model__slug=slug)

    def pairs_by_rows(self) -> Any:
        """Hardware and model of single-request rows, the most measured pair first."""
        names = ("hardware__slug", "hardware__name", "ai_model__slug", "ai_model__name")
        rows = self.filter(hardware__isnull=False, ai_model__isnull=False)
        rows = rows.filter(decode_tokens_per_second__isnull=False)
        pairs = rows.order_by().values(*names).annotate(row_count=Count("pk"))
        return pairs.order_by("-row_count", *names)

    def models_by_rows(self, most: int) -> Any:
        """Primary keys of the models with most rows."""
        rows = self.filter(ai_model__isnull=False).order_by().values("ai_model")
        counted = rows.annotate(row_count=Count("pk")).order_by(
            "-row_count", "ai_model"
        )
        return counted.values_list("ai_model", flat=True)[:most]

    def near(self, hardware_slug: str, model_slug: str) -> Self:
        """Single-request decode of the model anywhere, or of its kin on the hardware.

        Kin are models of the same family and of about the same size.
        """
        models = self.model._meta.get_field("ai_model").related_model._default_manager
        asked = models.filter(slug=model_slug)
        size = asked.values("total_parameters")[:1]
        kin = Q(
            hardware__slug=hardware_slug,
            ai_model__family__in=asked.values("family"),
            ai_model__total_parameters__gte=Subquery(size) * KIN_SIZE[0],
            ai_model__total_parameters__lte=Subquery(size) * KIN_SIZE[1],
        )
        rows = self.filter(kin | Q(ai_model__slug=model_slug))
        rows = rows.filter(decode_tokens_per_second__isnull=False)
        return rows.exclude(concurrency__gt=1)
