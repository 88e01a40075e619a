"""One text to many, and how far it got."""

import datetime
import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone

from editorial.models import Publication


class MailingKind(models.TextChoices):
    DIGEST = "digest", "digest"
    NOTICE = "notice", "notice of a change"


class MailingState(models.TextChoices):
    BUILDING = "building", "collecting recipients"
    SENDING = "sending", "sending"
    PAUSED = "paused", "paused"
    CANCELLED = "cancelled", "cancelled"
    DONE = "done", "done"


ON_THE_WAY = (MailingState.BUILDING, MailingState.SENDING)
"""What a worker looks at."""


class MailingQuerySet(models.QuerySet):
    def building(self) -> Self:
        return self.filter(state=MailingState.BUILDING)

    def sending(self) -> Self:
        return self.filter(state=MailingState.SENDING)

    def sendable(self, moment: datetime.datetime) -> Self:
        """Of which letters may go out at that moment."""
        return self.sending().filter(fresh_until__gt=moment)

    def on_the_way(self) -> Self:
        return self.filter(state__in=ON_THE_WAY)

    def paused(self) -> Self:
        return self.filter(state=MailingState.PAUSED)

    def stale(self, moment: datetime.datetime) -> Self:
        """On the way, but waited for so long that somebody has to be asked."""
        return self.on_the_way().filter(fresh_until__lte=moment)

    def least_busy_first(self) -> Self:
        return self.order_by(F("paced_to").asc(nulls_first=True), "pk")

    def for_listing(self) -> Self:
        return self.select_related("started_by").defer("html", "text").order_by("-pk")


class Mailing(models.Model):
    """Only `newsletter.mailings`, `building`, `pacing` and `sending` write it.

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
    paced_to = models.DateTimeField(
        null=True, help_text="The moments before it are given to workers already."
    )
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField("begun at", default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    built_to = models.BigIntegerField(
        default=0, help_text="The last subscriber whose row was written."
    )
    built_at = models.DateTimeField(null=True)
    fresh_until = models.DateTimeField(
        help_text="Afterwards somebody has to say again that it should go out."
    )

    objects = MailingQuerySet.as_manager()

    class Meta:
        default_permissions = ["view", "change"]
        indexes = [models.Index(fields=["state"], name="mailing_by_state")]

    def __str__(self):
        return self.subject

    @property
    def is_over(self) -> bool:
        return self.state in {MailingState.DONE, MailingState.CANCELLED}

    @property
    def is_called_off(self) -> bool:
        return self.state == MailingState.CANCELLED

    def is_stale_at(self, moment: datetime.datetime) -> bool:
        return not self.is_over and self.fresh_until <= moment
