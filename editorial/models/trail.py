"""What happened to documents: events, checkpoints and open re-checks."""

import datetime
import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from editorial.models.publication import Kept, KeptQuerySet


class EventAction(models.TextChoices):
    SAVE = "save", "saved"
    SUBMIT = "submit", "sent to review"
    REQUEST_CHANGES = "request_changes", "asked for changes"
    APPROVE = "approve", "approved"
    PUBLISH = "publish", "published"
    SCHEDULE = "schedule", "scheduled"
    CANCEL = "cancel", "cancelled the schedule"
    WITHDRAW = "withdraw", "withdrew"
    RESTORE = "restore", "restored"
    VERIFY = "verify", "verified"
    REPORT_TAKE = "report_take", "took a reader's report"
    REPORT_ACCEPT = "report_accept", "accepted a reader's report"
    REPORT_FIX = "report_fix", "corrected what a reader reported"
    REPORT_REFUSE = "report_refuse", "answered a reader: not a mistake"
    REPORT_DUPLICATE = "report_duplicate", "marked a report as a duplicate"
    REPORT_SPAM = "report_spam", "marked a report as spam"


class EventQuerySet(KeptQuerySet):
    def of_document(self, document_uid: uuid.UUID) -> Self:
        return self.filter(document_uid=document_uid)

    def after(self, moment: datetime.datetime) -> Self:
        return self.filter(at__gt=moment)

    def of_action(self, *actions: str) -> Self:
        return self.filter(action__in=actions)


class EditorialEvent(Kept, models.Model):
    """Append-only: who did what to which document, when and why."""

    document_uid = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=40)
    action = models.CharField(max_length=20, choices=EventAction)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="Empty: the site itself, as when shipped content is loaded.",
    )
    at = models.DateTimeField(default=timezone.now)
    note = models.CharField(max_length=300, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(null=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self):
        return f"{self.get_action_display()} {self.document_uid}"


class Checkpoint(models.Model):
    """The working copy as it was after one save, kept so that nothing typed is lost.

    `is_conflict` marks a text that arrived too late: its author saved over a version
    they had not seen, so it was kept here instead.
    """

    document_uid = models.UUIDField()
    kind = models.CharField(max_length=40)
    lock_version = models.PositiveIntegerField()
    schema = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    saved_at = models.DateTimeField(default=timezone.now)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    is_conflict = models.BooleanField(default=False)
    body = models.JSONField()

    class Meta:
        ordering = ["-saved_at", "-id"]
        indexes = [models.Index(fields=["document_uid", "-saved_at"], name="cp_by_doc")]

    def __str__(self):
        return f"{self.document_uid} at {self.saved_at:%Y-%m-%d %H:%M}"


class RecheckQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(closed_at=None)

    def of_documents(self, uids: list[uuid.UUID]) -> Self:
        return self.filter(document_uid__in=uids)

    def of_document(self, document_uid: uuid.UUID) -> Self:
        return self.filter(document_uid=document_uid)


class Recheck(models.Model):
    """A fact that a published document rests on has changed: somebody must look."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    document_uid = models.UUIDField(db_index=True)
    fact_type = models.CharField(max_length=40)
    fact_uid = models.UUIDField()
    reason = models.CharField(max_length=300)
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = RecheckQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["document_uid", "fact_type", "fact_uid"],
                condition=Q(closed_at=None),
                name="one_open_recheck_per_fact",
            ),
        ]

    def __str__(self):
        return self.reason


class ShippedVersion(models.Model):
    """Which version of a shipped document became which publication."""

    document_uid = models.UUIDField()
    version = models.PositiveIntegerField()
    file_digest = models.CharField(max_length=64)
    publication = models.ForeignKey(
        "editorial.Publication", on_delete=models.PROTECT, related_name="shipped"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document_uid", "version"], name="version_shipped_once"
            ),
        ]

    def __str__(self):
        return f"{self.document_uid}, shipped version {self.version}"
