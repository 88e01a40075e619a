"""One action on many documents: what was asked, and what became of each."""

import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone


class ItemResult(models.TextChoices):
    WAITING = "waiting", "waiting"
    DONE = "done", "done"
    REFUSED = "refused", "refused"
    FAILED = "failed", "failed"


class BulkJobQuerySet(models.QuerySet):
    def unfinished(self) -> Self:
        return self.filter(finished_at=None)

    def claimable(self, moment: datetime.datetime) -> Self:
        """Unfinished, and worked on by nobody; the oldest first."""
        rows = self.unfinished().filter(leased_until__lte=moment)
        return rows.order_by("created_at", "pk")

    def with_counts(self) -> Self:
        """With the number of items, and of each result."""
        counts = {
            f"{result}_count": Count("items", filter=Q(items__result=result))
            for result in ItemResult.values
        }
        return self.annotate(item_count=Count("items"), **counts)

    def for_listing(self) -> Self:
        return self.with_counts().select_related("asked_by").order_by("-pk")


class BulkJob(models.Model):
    """Only `editorial.bulk` writes it.

    A worker keeps the job until `leased_until` and renews that with every item. Where
    it dies, the lease runs out and the next sweep goes on with the items that wait.
    """

    verb = models.CharField(max_length=20)
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField("goes live at", null=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(default=timezone.now)

    objects = BulkJobQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["finished_at", "leased_until"], name="job_due")]

    def __str__(self):
        return f"Job {self.pk}: {self.verb.replace('_', ' ')}"


class BulkJobItemQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        return self.filter(result=ItemResult.WAITING)


class BulkJobItem(models.Model):
    """One document of a job. What is done to it and `result` are written together."""

    job = models.ForeignKey(BulkJob, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    document_uid = models.UUIDField()
    title = models.CharField(max_length=200)
    result = models.CharField(
        max_length=10, choices=ItemResult, default=ItemResult.WAITING
    )
    sentence = models.TextField(blank=True, help_text="Why it was refused or failed.")
    finished_at = models.DateTimeField(null=True)

    objects = BulkJobItemQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["job", "document_uid"], name="once_in_a_job"
            ),
        ]

    def __str__(self):
        return f"{self.title}: {self.get_result_display()}"
