"""Rows that a new comparison of one kind starts with."""

from django.db import models

from comparisons.models.comparison import Subject
from comparisons.querysets import DimensionTemplateQuerySet
from editorial.vocabularies import Direction


class DimensionTemplate(models.Model):
    """What is usually judged in comparisons of one kind. Copied, never referred to."""

    name = models.CharField(max_length=80, unique=True)
    subject = models.CharField(
        max_length=12, choices=Subject, help_text="For comparisons of what."
    )
    position = models.PositiveSmallIntegerField(
        default=1, help_text="The first of a kind is used unless another is chosen."
    )

    objects = DimensionTemplateQuerySet.as_manager()

    class Meta:
        ordering = ["subject", "position", "name"]

    def __str__(self):
        return self.name


class TemplateRow(models.Model):
    """One dimension of a template."""

    template = models.ForeignKey(
        DimensionTemplate, on_delete=models.CASCADE, related_name="rows"
    )
    position = models.PositiveSmallIntegerField(default=0, blank=True)
    label = models.CharField(max_length=80)
    gloss = models.CharField(
        max_length=160, blank=True, help_text="What is judged, and in which unit."
    )
    direction = models.CharField(
        max_length=12, choices=Direction, default=Direction.HIGHER
    )

    class Meta:
        ordering = ["position", "id"]

    def __str__(self):
        return self.label
