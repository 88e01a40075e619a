"""Other names under which a fact is looked up."""

from django.db import models

from catalog.models.fact import Fact


class AliasedType(models.TextChoices):
    ENGINE = "engine", "Engine"
    HARDWARE = "hardware", "Hardware"
    MODEL = "model", "Model"


class Alias(Fact):
    """A slug of another data set, a dotted form, or an old name."""

    fact_type = models.CharField(max_length=10, choices=AliasedType)
    alias = models.CharField(max_length=80)
    target_uid = models.UUIDField(db_index=True)
    note = models.CharField(max_length=200, blank=True)

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
