"""What happened to documents: events, checkpoints and open re-checks."""

import datetime
import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from editorial.models.kept import Kept, KeptQuerySet
from editorial.origin import current_address, current_request_id


class EventAction(models.TextChoices):
    SAVE = "save", "saved"
    SUBMIT = "submit", "sent to review"
    ASSIGN = "assign", "assigned"
    REQUEST_CHANGES = "request_changes", "asked for changes"
    APPROVE = "approve", "approved"
    PUBLISH = "publish", "published"
    SCHEDULE = "schedule", "scheduled"
    CANCEL = "cancel", "cancelled the schedule"
    WITHDRAW = "withdraw", "withdrew"
    RESTORE = "restore", "restored"
    VERIFY = "verify", "verified"
    COMMENT = "comment", "commented on"
    RESOLVE = "resolve", "resolved a comment on"
    REOPEN = "reopen", "reopened a comment on"
    RECHECK = "recheck", "asked for a re-check of"
    MERGE = "merge", "merged sources"
    REPORT_TAKE = "report_take", "took a reader's report"
    REPORT_ACCEPT = "report_accept", "accepted a reader's report"
    REPORT_FIX = "report_fix", "corrected what a reader reported"
    REPORT_REFUSE = "report_refuse", "answered a reader: not a mistake"
    REPORT_DUPLICATE = "report_duplicate", "marked a report as a duplicate"
    REPORT_SPAM = "report_spam", "marked a report as spam"
    SUBSCRIBER_ERASE = "subscriber_erase", "erased a subscriber"
    MAIL_START = "mail_start", "began a mailing"
    MAIL_PAUSE = "mail_pause", "paused a mailing"
    MAIL_RESUME = "mail_resume", "resumed a mailing"
    MAIL_ANYWAY = "mail_anyway", "let an old mailing go out anyway"
    MAIL_CANCEL = "mail_cancel", "called a mailing off"
    MAIL_PACE = "mail_pace", "changed the pace of a mailing"
    MAIL_AGAIN = "mail_again", "had a letter sent again"
    MAIL_LEAVE = "mail_leave", "left a letter as it is"

    SIGN_IN = "sign_in", "signed in"
    SIGN_IN_FAILED = "sign_in_failed", "failed to sign in"
    SIGN_OUT = "sign_out", "signed out"
    LOCK_OUT = "lock_out", "was locked out"
    LOCK_OUT_LIFT = "lock_out_lift", "lifted a lock-out"
    SESSION_END = "session_end", "ended a session"
    PASSWORD = "password", "set a password"
    DEVICE_ENROL = "device_enrol", "enrolled a second factor"
    DEVICE_REMOVE = "device_remove", "removed a second factor"
    CODE_FAILED = "code_failed", "gave a wrong code"
    RECOVERY_USE = "recovery_use", "used a recovery code"
    RECOVERY_NEW = "recovery_new", "made new recovery codes"
    RIGHTS = "rights", "changed rights"
    EXPORT = "export", "exported the audit"


class EventQuerySet(KeptQuerySet):
    def of_document(self, document_uid: uuid.UUID) -> Self:
        return self.filter(document_uid=document_uid)

    def after(self, moment: datetime.datetime) -> Self:
        return self.filter(at__gt=moment)

    def of_action(self, *actions: str) -> Self:
        return self.filter(action__in=actions)

    def of_documents(self) -> Self:
        """Without what concerns people and their accounts."""
        return self.filter(document_uid__isnull=False)

    def for_listing(self) -> Self:
        return self.select_related("actor")


ACCOUNT = "account"
"""The kind of an event that concerns a person and not a document."""


class EditorialEvent(Kept, models.Model):
    """Append-only: who did what to which, when, from where and why."""

    document_uid = models.UUIDField(
        null=True, db_index=True, help_text="Empty: it concerns a person."
    )
    kind = models.CharField(max_length=40)
    subject = models.CharField(
        max_length=200, blank=True, help_text="What it was called at that moment."
    )
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
    address = models.GenericIPAddressField(null=True, default=current_address)
    request_id = models.CharField(max_length=64, blank=True, default=current_request_id)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "audit event"
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["-at", "-id"], name="event_by_time")]
        permissions = [("audit_editorialevent", "Can read what concerns people")]

    def __str__(self):
        return f"{self.get_action_display()} {self.subject or self.document_uid}"

    @property
    def who(self) -> str:
        """The actor as the desk names them. A guest can do nothing but comment."""
        if self.actor is not None:
            return str(self.actor)
        return "A guest" if self.action == EventAction.COMMENT else "The site"


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
