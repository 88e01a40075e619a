"""The public log of corrections: what was wrong, what it says now, how long it took."""

import datetime
import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q


class CorrectionQuerySet(models.QuerySet):
    def newest_first(self) -> Self:
        return self.order_by("-corrected_at", "-pk")

    def on_page(self, path: str, *uids: uuid.UUID) -> Self:
        """Of the page at `path`, or of the texts and facts with `uids`.

        A page that has moved keeps its corrections by its uid.
        """
        return self.filter(Q(page_path=path) | Q(subject_uid__in=uids)).newest_first()


class Correction(models.Model):
    """One corrected mistake as readers see it. It names no reader: the report that led
    to it is in a table that public pages never read."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    page_path = models.CharField(max_length=300, db_index=True)
    page_title = models.CharField(max_length=300)
    subject_uid = models.UUIDField(null=True, db_index=True)
    place = models.CharField(max_length=80, blank=True)
    place_label = models.CharField(max_length=300, blank=True)
    was_wrong = models.CharField("what was wrong", max_length=300)
    says_now = models.CharField("what it says now", max_length=300)
    reported_at = models.DateTimeField()
    corrected_at = models.DateTimeField(db_index=True)
    days_taken = models.PositiveIntegerField(
        help_text="Whole days from the report to the correction, rounded up."
    )
    version = models.PositiveIntegerField(
        null=True, help_text="Of the text that holds the correction; empty for a fact."
    )
    fix_path = models.CharField(
        max_length=300, blank=True, help_text="Where the change is recorded."
    )

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=Q(corrected_at__gte=F("reported_at")),
                name="corrected_after_it_was_reported",
            ),
        ]

    def __str__(self):
        return f"{self.page_title}: {self.was_wrong}"

    @property
    def anchor(self) -> str:
        return f"correction-{str(self.uid)[:8]}"


def days_between(
    reported_at: datetime.datetime, corrected_at: datetime.datetime
) -> int:
    """Days begun from one to the other: "within 7 days" is 7 times 24 hours.

    >>> day = datetime.datetime(2026, 11, 1, 12, tzinfo=datetime.UTC)
    >>> days_between(day, day + datetime.timedelta(hours=25))
    2
    """
    return -((reported_at - corrected_at) // datetime.timedelta(days=1))
