"""Somebody checked a published text again and found that it still holds."""

import uuid
from typing import Self

from django.db import models
from django.utils import timezone

from editorial.models.kept import Kept, KeptQuerySet


class VerificationQuerySet(KeptQuerySet):
    def of_text(self, document_uid: uuid.UUID, digest: str) -> Self:
        return self.filter(document_uid=document_uid, digest=digest)

    def newest_first(self) -> Self:
        return self.order_by("-verified_at", "-pk")


class Verification(Kept, models.Model):
    """One check of exactly the text that has `digest`; other words need their own.

    Public pages read this table: it names people as the page does, and no accounts.
    """

    document_uid = models.UUIDField()
    digest = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    verified_on = models.DateField()
    review_due_on = models.DateField()
    verified_by_name = models.CharField(max_length=150)
    note = models.CharField("what was checked", max_length=300)
    verified_at = models.DateTimeField(default=timezone.now)

    objects = VerificationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["document_uid", "digest", "-verified_at"], name="verif_by_text"
            ),
        ]

    def __str__(self):
        return f"version {self.version} on {self.verified_on:%Y-%m-%d}"
