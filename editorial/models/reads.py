"""How often pages were read, as the web server's logs tell: no readers, only sums."""

import datetime

from django.db import models
from django.utils import timezone

RECENT_DAYS = 30
"""Days of reads that weigh what is due."""


class PageReadsQuerySet(models.QuerySet):
    def recent(self, today: datetime.date) -> "PageReadsQuerySet":
        return self.filter(day__gt=today - datetime.timedelta(days=RECENT_DAYS))


class PageReads(models.Model):
    """The reads of one page on one day. Only `editorial.reads.counting` writes it."""

    path = models.CharField(max_length=300)
    day = models.DateField(db_index=True)
    reads = models.PositiveIntegerField(default=0)

    objects = PageReadsQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["path", "day"], name="one_sum_per_day"),
        ]

    def __str__(self):
        return f"{self.path} on {self.day}: {self.reads}"


class CountedLog(models.Model):
    """How far a log file was counted, so that no line is counted twice.

    A log is known by its first line and by everything counted of it, both as keyed
    digests: nothing of a reader can be told from them.
    """

    begins_with = models.CharField(max_length=64, unique=True)
    lines = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    counted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.lines} lines, {self.counted_at:%Y-%m-%d %H:%M}"
