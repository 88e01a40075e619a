"""Every mail to a subscriber: one row each, which says how far it got."""

import datetime
import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from editorial.models import Publication
from newsletter.models.subscriber import Subscriber


class MailingKind(models.TextChoices):
    DIGEST = "digest", "digest"
    NOTICE = "notice", "notice of a change"


class MailingState(models.TextChoices):
    BUILDING = "building", "collecting recipients"
    SENDING = "sending", "sending"
    PAUSED = "paused", "paused"
    CANCELLED = "cancelled", "cancelled"
    DONE = "done", "done"


class Mailing(models.Model):
    """One text to many. Only `newsletter.mailings` and `newsletter.outbox` write it.

    `key` names what it tells of, so that nothing is told twice.
    `html` and `text` are drawn once; each recipient's own addresses take the place of
    the marks in them (`newsletter/marks.py`).
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=MailingKind)
    key = models.CharField(max_length=120, unique=True)
    publication = models.ForeignKey(
        Publication, on_delete=models.PROTECT, null=True, related_name="+"
    )
    targets = models.JSONField(
        default=list, help_text="Uids of what is watched; empty for a digest."
    )
    subject = models.CharField(max_length=200)
    html = models.TextField()
    text = models.TextField()
    state = models.CharField(
        max_length=10, choices=MailingState, default=MailingState.BUILDING
    )
    per_second = models.PositiveSmallIntegerField("mails per second", default=10)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    built_to = models.BigIntegerField(
        default=0, help_text="The last subscriber whose row was written."
    )
    fresh_until = models.DateTimeField(
        help_text="Afterwards somebody has to say again that it should go out."
    )

    class Meta:
        default_permissions = ["view", "change"]

    def __str__(self):
        return self.subject


class LetterKind(models.TextChoices):
    DIGEST = "digest", "digest"
    NOTICE = "notice", "notice of a change"
    CONFIRM = "confirm", "confirmation of a sign-up"
    LINKS = "links", "links to the preferences"
    EXPORT = "export", "what we keep, on request"
    ERASE = "erase", "confirmation of an erasure"
    TEST = "test", "test of a digest"


class LetterState(models.TextChoices):
    PENDING = "pending", "waiting"
    CLAIMED = "claimed", "taken by a worker"
    SENDING = "sending", "being handed over"
    SENT = "sent", "sent"
    FAILED = "failed", "failed"
    UNCERTAIN = "uncertain", "uncertain"
    CANCELLED = "cancelled", "cancelled"


class LetterQuerySet(models.QuerySet):
    def due(self, moment: datetime.datetime) -> Self:
        return self.filter(state=LetterState.PENDING, due_at__lte=moment)


class Letter(models.Model):
    """One mail to one address. Only `newsletter.outbox` writes it.

    pending → claimed (with a lease) → sending → sent, failed or uncertain. A row is
    flipped to *sending* and committed right before it is handed over: whatever is
    found in that state after a crash may have gone out, and is never sent again by
    itself.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=LetterKind)
    mailing = models.ForeignKey(
        Mailing, on_delete=models.CASCADE, null=True, related_name="letters"
    )
    subscriber = models.ForeignKey(
        Subscriber, on_delete=models.CASCADE, null=True, related_name="letters"
    )
    address = models.CharField(max_length=320)
    subject = models.CharField(
        max_length=200, blank=True, help_text="Of letters that belong to no mailing."
    )
    html = models.TextField(blank=True)
    text = models.TextField(blank=True)
    state = models.CharField(
        max_length=10, choices=LetterState, default=LetterState.PENDING
    )
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.UUIDField(null=True, help_text="The worker's own mark.")
    leased_until = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    message_id = models.CharField(max_length=200, blank=True)
    sentence = models.CharField(max_length=500, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        default_permissions = ["view", "change"]
        constraints = [
            models.UniqueConstraint(
                fields=["mailing", "subscriber"],
                condition=Q(mailing__isnull=False),
                name="one_letter_per_subscriber",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_at", "id"], name="letter_due"),
            models.Index(fields=["mailing", "state"], name="letter_by_mailing"),
            models.Index(fields=["message_id"], name="letter_by_message"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} to {self.address}"
