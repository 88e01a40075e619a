"""What every row of facts shares."""

import uuid

from django.db import models

from editorial.models import Source

GIB = 2**30


class DatePrecision(models.TextChoices):
    DAY = "day", "day"
    MONTH = "month", "month"
    YEAR = "year", "year"


class Fact(models.Model):
    """A live row: edited in the admin or by import, and shown as it is.

    `imported` holds what the last import wrote, so that the next one can tell an
    editor's change from an old value.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    marks = models.JSONField(
        default=dict,
        blank=True,
        help_text='Fields that are not as printed by a source: {"int8_tops": '
        '"derived"}. "doubtful" where sources contradict; "" speaks of the row.',
    )
    imported = models.JSONField(default=dict, editable=False)

    class Meta:
        abstract = True

    def mark(self, field: str) -> str:
        """ "derived", "doubtful" or nothing: how far to trust one field."""
        return self.marks.get(field, "")


def source_key(**options):
    """The row's main source; a source in use cannot be deleted."""
    return models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="+", **options
    )


def precision_field():
    return models.CharField(
        max_length=5,
        choices=DatePrecision,
        default=DatePrecision.DAY,
        help_text="How exactly the date is known; the rest of it is not shown.",
    )
