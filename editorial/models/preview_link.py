"""An invitation to read one draft without an account."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone


class PreviewLinkQuerySet(models.QuerySet):
    def of_document(self, document_uid: uuid.UUID) -> Self:
        return self.filter(document_uid=document_uid)

    def usable(self) -> Self:
        """Neither expired nor revoked."""
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())

    def for_listing(self) -> Self:
        """Without the bodies, which are large and which no list shows."""
        rows = self.defer("body").select_related("made_by", "revoked_by")
        return rows.order_by("-made_at", "-pk")


class PreviewLink(models.Model):
    """Opens exactly one text of one document until it expires or is revoked.

    The text is kept here as it was: a later edit does not leak. The secret stands in
    the address only; here is its keyed hash, so that this table opens nothing.
    """

    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    document_uid = models.UUIDField()
    kind = models.CharField(max_length=40)
    text_label = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    purpose = models.CharField(
        "for whom",
        max_length=120,
        help_text="Whom you give it to, or what for. Only the desk sees this.",
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    opened_count = models.PositiveIntegerField(default=0)
    last_opened_at = models.DateTimeField(null=True)
    comment_count = models.PositiveIntegerField(default=0)
    hour_began_at = models.DateTimeField(default=timezone.now)
    hour_count = models.PositiveIntegerField(
        default=0, help_text="Comments since then: the limit of an hour counts them."
    )
    body = models.JSONField()

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        default_permissions = ["view"]
        indexes = [
            models.Index(fields=["document_uid", "-made_at"], name="link_by_document"),
        ]

    def __str__(self):
        return f"{self.text_label}, for {self.purpose}"

    @property
    def is_usable(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()
