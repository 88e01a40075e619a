"""What a person has typed into a form and not saved, and who has a form open."""

import datetime
import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

NEW_DOCUMENT = uuid.UUID(int=0)
"""Stands for the document that a form for a new one has not made yet."""

SCRATCH_DAYS = 30
PRESENCE_SECONDS = 60


class ScratchQuerySet(models.QuerySet):
    def of(self, person: Any, kind: str, document_uid: uuid.UUID) -> Self:
        """What `person` typed there: nobody sees what another has typed."""
        return self.filter(person=person, kind=kind, document_uid=document_uid)

    def fresh(self) -> Self:
        since = timezone.now() - datetime.timedelta(days=SCRATCH_DAYS)
        return self.filter(written_at__gt=since)

    def stale(self) -> Self:
        since = timezone.now() - datetime.timedelta(days=SCRATCH_DAYS)
        return self.filter(written_at__lte=since)

    def for_offer(self) -> Self:
        """The newest first, without the fields, which are many."""
        return self.defer("fields").order_by("-written_at", "-pk")


class Scratch(models.Model):
    """The fields of one opened form, as its author left them. Private to them.

    `key` names the opening of the form, so that two tabs do not overwrite each other.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    kind = models.CharField(max_length=40)
    document_uid = models.UUIDField(default=NEW_DOCUMENT)
    key = models.UUIDField()
    written_at = models.DateTimeField(default=timezone.now)
    fields = models.JSONField(help_text="Pairs of a field's name and its value.")

    objects = ScratchQuerySet.as_manager()

    class Meta:
        default_permissions: list[str] = []
        constraints = [
            models.UniqueConstraint(
                fields=["person", "key"], name="one_scratch_per_opened_form"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "document_uid"], name="scratch_by_person"),
            models.Index(fields=["written_at"], name="scratch_by_age"),
        ]

    def __str__(self):
        return f"{self.kind} at {self.written_at:%Y-%m-%d %H:%M}"


class PresenceQuerySet(models.QuerySet):
    def now_at(self, document_uid: uuid.UUID) -> Self:
        since = timezone.now() - datetime.timedelta(seconds=PRESENCE_SECONDS)
        return self.filter(document_uid=document_uid, seen_at__gt=since)


class Presence(models.Model):
    """Somebody has the form of a document open. It bars nobody."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    document_uid = models.UUIDField()
    seen_at = models.DateTimeField(default=timezone.now)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        default_permissions: list[str] = []
        constraints = [
            models.UniqueConstraint(
                fields=["document_uid", "person"], name="one_presence_per_person"
            ),
        ]

    def __str__(self):
        return f"{self.person} at {self.seen_at:%H:%M:%S}"
