"""When the page behind a source was last asked for, and last there."""

import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from editorial.models.source import Source

DEAD_AFTER_FAILURES = 3
"""Failures in a row, days apart, before a page counts as gone."""

UNTELLING_STATUSES = (401, 403, 407, 429)
"""Answers that turn programs away and say nothing of the page."""


class LinkCheckQuerySet(models.QuerySet):
    def due_at(self, moment: datetime.datetime) -> Self:
        """To be asked now, and claimed by nobody. A changed address is due at once."""
        is_due = Q(next_check_at__lte=moment) | ~Q(url=F("source__url"))
        return self.filter(is_due, leased_until__lte=moment)

    def dead(self) -> Self:
        rows = self.filter(failures__gte=DEAD_AFTER_FAILURES, url=F("source__url"))
        unclear = Q(status__isnull=False, status__in=UNTELLING_STATUSES)
        return rows.exclude(unclear).select_related("source")


class LinkCheck(models.Model):
    """One source's page. Only `editorial.link_checks.sweeping` writes it."""

    source = models.OneToOneField(
        Source, on_delete=models.CASCADE, related_name="link_check"
    )
    url = models.URLField("address asked", max_length=500)
    status = models.PositiveSmallIntegerField(
        null=True, help_text="Empty: never asked, or no answer came."
    )
    note = models.CharField(max_length=200, blank=True)
    moved_to = models.URLField(
        max_length=500, blank=True, help_text="Where it redirects for good."
    )
    checked_at = models.DateTimeField(null=True)
    good_at = models.DateTimeField("last seen working", null=True)
    next_check_at = models.DateTimeField(default=timezone.now, db_index=True)
    failures = models.PositiveSmallIntegerField(
        default=0, help_text="In a row; a good answer takes it back to 0."
    )
    leased_until = models.DateTimeField(default=timezone.now)

    objects = LinkCheckQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["next_check_at"]

    def __str__(self):
        return self.url

    @property
    def is_dead(self) -> bool:
        is_told = self.status not in UNTELLING_STATUSES
        return self.failures >= DEAD_AFTER_FAILURES and is_told
