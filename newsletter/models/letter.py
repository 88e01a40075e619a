"""Every mail to a subscriber: one row each, which says how far it got."""

import datetime
import uuid
from typing import Self

from django.db import models
from django.db.models import Count, Q
from django.utils import timezone

from newsletter.models.mailing import Mailing, MailingState
from newsletter.models.subscriber import Subscriber


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
    SETTLED = "settled", "left as it is"
    CANCELLED = "cancelled", "not sent"


UNFINISHED = (LetterState.PENDING, LetterState.CLAIMED, LetterState.SENDING)


class LetterQuerySet(models.QuerySet):
    def of_no_mailing(self) -> Self:
        return self.filter(mailing=None)

    def pending(self) -> Self:
        return self.filter(state=LetterState.PENDING)

    def due(self, moment: datetime.datetime) -> Self:
        return self.pending().filter(due_at__lte=moment)

    def claimed(self) -> Self:
        return self.filter(state=LetterState.CLAIMED)

    def being_sent(self) -> Self:
        return self.filter(state=LetterState.SENDING)

    def uncertain(self) -> Self:
        return self.filter(state=LetterState.UNCERTAIN)

    def failed(self) -> Self:
        return self.filter(state=LetterState.FAILED)

    def held_by(self, mark: uuid.UUID) -> Self:
        return self.claimed().filter(claim=mark)

    def handed_over_by(self, mark: uuid.UUID) -> Self:
        """In its hands, or found there after its lease: only it knows the outcome."""
        states = (LetterState.SENDING, LetterState.UNCERTAIN)
        return self.filter(state__in=states, claim=mark)

    def overrun(self, moment: datetime.datetime) -> Self:
        """Whose lease is over."""
        return self.filter(leased_until__lte=moment)

    def unfinished(self) -> Self:
        return self.filter(state__in=UNFINISHED)

    def on_the_way(self) -> Self:
        """What a worker has to do with, now or later: nothing of a paused mailing."""
        own = Q(mailing=None) | Q(mailing__state=MailingState.SENDING)
        return self.unfinished().filter(own)

    def of_called_off_mailings(self) -> Self:
        return self.filter(mailing__state=MailingState.CANCELLED)

    def sent_since(self, moment: datetime.datetime) -> Self:
        return self.filter(state=LetterState.SENT, finished_at__gt=moment)

    def finished_before(self, moment: datetime.datetime) -> Self:
        return self.exclude(state__in=UNFINISHED).filter(finished_at__lt=moment)

    def counted_by_state(self) -> dict[str, int]:
        rows = self.order_by().values_list("state").annotate(Count("pk"))
        return dict.fromkeys(LetterState.values, 0) | dict(rows)

    def for_listing(self) -> Self:
        rows = self.select_related("mailing", "subscriber")
        return rows.defer("html", "text", "mailing__html", "mailing__text")


class Letter(models.Model):
    """One mail to one address. Only the modules of the outbox write it.

    pending → claimed (with a lease) → sending → sent, failed or uncertain. A row is
    flipped to *sending* and committed right before it is handed over: whatever is
    found in that state after a crash may have gone out, and is never sent again by
    itself.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=LetterKind)
    mailing = models.ForeignKey(
        Mailing,
        on_delete=models.CASCADE,
        null=True,
        related_name="letters",
        db_index=False,  # the first column of `letter_by_mailing`
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
            models.Index(fields=["mailing", "state", "id"], name="letter_by_mailing"),
            models.Index(fields=["message_id"], name="letter_by_message"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} to {self.address}"
