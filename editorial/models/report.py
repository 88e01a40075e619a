"""What readers say is wrong. Only the desk reads this table."""

import datetime
import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from editorial.vocabularies import CORRECTION_DAYS, OPEN_REPORT_STATES, ReportState

MESSAGE_LENGTH = 2_000


class ReportQuerySet(models.QuerySet):
    def open(self) -> Self:
        """Waiting for a decision or for its correction."""
        return self.filter(state__in=OPEN_REPORT_STATES)

    def overdue(self, now: datetime.datetime) -> Self:
        limit = now - datetime.timedelta(days=CORRECTION_DAYS)
        return self.open().filter(received_at__lt=limit)

    def with_text(self, digest: str, *, since: datetime.datetime) -> Self:
        return self.filter(text_digest=digest, received_at__gte=since)

    def on_same_page(self, report: "Report") -> Self:
        """Other reports that `report` may repeat."""
        rows = self.filter(page_path=report.page_path).exclude(pk=report.pk)
        return rows.exclude(state=ReportState.SPAM).filter(duplicate_of=None)

    def with_address_answered_by(self, moment: datetime.datetime) -> Self:
        """Closed by `moment`, and still holding where the answer was sent."""
        return self.exclude(mail_address="").filter(closed_at__lte=moment)


class Report(models.Model):
    """A reader's report on one claim, or on a page as a whole.

    `editorial.reports.receiving` writes it, `editorial.reports.handling` decides on it.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    page_path = models.CharField("page", max_length=300, blank=True, db_index=True)
    page_title = models.CharField("title", max_length=300)
    kind = models.CharField(max_length=40, blank=True)
    subject_uid = models.UUIDField(null=True)
    place = models.CharField(max_length=80, blank=True)
    place_label = models.CharField(max_length=300, blank=True)
    quote = models.TextField("what the page said", blank=True)
    version = models.PositiveIntegerField(null=True)
    digest = models.CharField(max_length=64, blank=True)

    message = models.TextField(max_length=MESSAGE_LENGTH)
    proof_url = models.URLField("proof", max_length=500, blank=True)
    mail_address = models.EmailField(blank=True)
    text_digest = models.CharField(max_length=64, db_index=True)
    received_at = models.DateTimeField(default=timezone.now, db_index=True)

    state = models.CharField(
        max_length=20, choices=ReportState, default=ReportState.NEW, db_index=True
    )
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=600, blank=True)
    duplicate_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="duplicates"
    )
    correction = models.OneToOneField(
        "editorial.Correction",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="What the public log says of it; empty where that says nothing.",
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-pk"]
        default_permissions = ("view",)
        permissions = [("handle_report", "Can handle reports from readers")]
        verbose_name = "report from a reader"
        verbose_name_plural = "reports from readers"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=OPEN_REPORT_STATES, closed_at=None)
                | (~Q(state__in=OPEN_REPORT_STATES) & Q(closed_at__isnull=False)),
                name="closed_reports_have_a_date",
            ),
        ]

    def __str__(self):
        return f"{self.page_title}: {self.place_label or 'the page in general'}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_REPORT_STATES

    @property
    def due_at(self) -> datetime.datetime:
        return self.received_at + datetime.timedelta(days=CORRECTION_DAYS)

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.due_at < timezone.now()
