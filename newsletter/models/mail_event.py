"""What a mail provider told us of a message that did not arrive."""

import datetime
from collections.abc import Iterable
from typing import Self

from django.db import models
from django.utils import timezone


class MailEventKind(models.TextChoices):
    HARD_BOUNCE = "hard_bounce", "the address does not exist"
    SOFT_BOUNCE = "soft_bounce", "could not be delivered for now"
    COMPLAINT = "complaint", "marked as unwanted"
    LEAVE = "leave", "left by the mail program's own button"


class MailEventQuerySet(models.QuerySet):
    def soft_bounces_of(self, address_hash: str, *, since: datetime.datetime) -> Self:
        rows = self.filter(kind=MailEventKind.SOFT_BOUNCE, address_hash=address_hash)
        return rows.filter(received_at__gt=since)

    def of(self, hashes: Iterable[str]) -> Self:
        return self.filter(address_hash__in=list(hashes))

    def older_than(self, moment: datetime.datetime) -> Self:
        return self.filter(received_at__lt=moment)


class MailEvent(models.Model):
    """Only `newsletter.bounces` writes it. `key` keeps one report from counting twice.

    The address is there as a keyed hash only.
    """

    key = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=12, choices=MailEventKind)
    address_hash = models.CharField(max_length=64)
    received_at = models.DateTimeField(default=timezone.now)

    objects = MailEventQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["address_hash", "kind"], name="mail_event_by_address")
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.received_at:%Y-%m-%d}"
