"""Other names under which a fact is looked up."""

from typing import Self

from django.apps import apps
from django.db import models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from catalog.models.fact import Fact


class AliasedType(models.TextChoices):
    ENGINE = "engine", "Engine"
    HARDWARE = "hardware", "Hardware"
    MODEL = "model", "Model"


class AliasQuerySet(models.QuerySet):
    def with_target(self) -> Self:
        """With `target_slug` of what each stands for; None where that is gone."""
        rows = [
            apps.get_model("catalog", name)
            .objects.filter(uid=OuterRef("target_uid"))
            .values("slug")[:1]
            for name in ("Engine", "Hardware", "AIModel")
        ]
        return self.annotate(target_slug=Coalesce(*map(Subquery, rows)))


class Alias(Fact):
    """A slug of another data set, a dotted form, or an old name."""

    fact_type = models.CharField(max_length=10, choices=AliasedType)
    alias = models.CharField(max_length=80)
    target_uid = models.UUIDField(db_index=True)
    note = models.CharField(max_length=200, blank=True)

    objects = AliasQuerySet.as_manager()

    class Meta:
        ordering = ["fact_type", "alias"]
        verbose_name_plural = "aliases"
        constraints = [
            models.UniqueConstraint(
                fields=["fact_type", "alias"], name="one_target_per_alias"
            ),
        ]

    def __str__(self):
        return self.alias
