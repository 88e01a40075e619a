"""Somebody held a fact against its source again and found nothing to change."""

from typing import Self

from django.conf import settings
from django.db import models

from editorial.models.kept import Kept, KeptQuerySet
from editorial.models.source import Source


class FactCheckQuerySet(KeptQuerySet):
    def newest_first(self) -> Self:
        return self.order_by("-checked_on", "-pk")


class FactCheck(Kept, models.Model):
    """One check of one row, by the row's uid and model."""

    fact_model = models.CharField(max_length=60)
    fact_uid = models.UUIDField()
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    checked_on = models.DateField()
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = FactCheckQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["fact_uid", "-checked_on"], name="check_by_fact")
        ]

    def __str__(self):
        return f"{self.fact_model} on {self.checked_on}"
