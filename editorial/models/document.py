"""The working copy of everything an editor writes."""

import datetime
import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from editorial.vocabularies import ReviewState

EDITORIAL_DESK = "Editorial desk"


class Document(models.Model):
    """What all working copies share. Readers never see it: they see publications.

    Only `editorial.workflow` and `editorial.drafts` set the fields below the texts.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(
        max_length=120, unique=True, help_text="The last part of the address."
    )
    title = models.CharField(max_length=200)
    description = models.CharField(
        max_length=300,
        blank=True,
        help_text="For search engines and previews: 120 to 160 characters.",
    )
    author_name = models.CharField(
        "byline", max_length=120, default=EDITORIAL_DESK, blank=True
    )
    verified_on = models.DateField(
        null=True,
        blank=True,
        help_text="The day on which every claim was last checked against its source.",
    )
    change_note = models.CharField(
        max_length=300,
        blank=True,
        help_text="What the next version changes, in a sentence for readers.",
    )

    review_state = models.CharField(
        max_length=20,
        choices=ReviewState,
        default=ReviewState.DRAFT,
        editable=False,
    )
    lock_version = models.PositiveIntegerField(default=0, editable=False)
    working_digest = models.CharField(max_length=64, blank=True, editable=False)
    approved_digest = models.CharField(max_length=64, blank=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    assigned_due_on = models.DateField(null=True, editable=False)
    assigned_note = models.CharField(max_length=300, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True
        default_permissions = ["add", "change", "delete", "view"]
        permissions: list[tuple[str, str]] = []

    kind: str
    review_days: int

    def __str__(self):
        return self.title

    @property
    def review_due_on(self) -> datetime.date | None:
        """The day on which the document falls due for re-check."""
        if self.verified_on is None:
            return None
        return self.verified_on + datetime.timedelta(days=self.review_days)


class DocumentChild(models.Model):
    """A row inside a document. Its uid survives edit, restore and import."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    position = models.PositiveSmallIntegerField(default=0, blank=True)

    class Meta:
        abstract = True
        ordering = ["position", "id"]
