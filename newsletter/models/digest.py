"""The working copy of an issue of the digest."""

from typing import Self

from django.core.validators import RegexValidator
from django.db import models

from editorial.models import Document, DocumentChild, Source
from editorial.models.queues import DocumentQuerySet
from editorial.rights import document_permissions
from newsletter.digest.groups import ItemGroup

NEVER_DUE = 3650
"""An issue tells of its month. It does not grow old as a page on a thing does."""


class DigestIssueQuerySet(DocumentQuerySet):
    def complete(self) -> Self:
        """With every item and source, as freezing reads them."""
        return self.prefetch_related("note_sources", "items__sources")


class DigestIssue(Document):
    """What was new, checked again, corrected, added and repriced in one month.

    `covers_from` and `covers_until` say of which time the prefilling told; the next
    issue begins where the last one ended.
    """

    kind = "digest"
    review_days = NEVER_DUE

    period = models.CharField(
        "month or number",
        max_length=60,
        blank=True,
        help_text="As readers say it: November 2026, or Issue 12.",
    )
    note = models.TextField(
        "editor's note",
        blank=True,
        help_text="Markdown. What readers should see first, in your words.",
    )
    note_sources = models.ManyToManyField(
        Source, blank=True, related_name="+", verbose_name="sources of the note"
    )
    covers_from = models.DateTimeField(null=True, editable=False)
    covers_until = models.DateTimeField(null=True, editable=False)

    objects = DigestIssueQuerySet.as_manager()

    class Meta(Document.Meta):
        verbose_name = "issue of the digest"
        verbose_name_plural = "issues of the digest"
        ordering = ["-created_at", "-pk"]
        permissions = document_permissions("digestissue", "issues of the digest")


class DigestItem(DocumentChild):
    """One thing that happened: a headline, a sentence or two, and where to read on.

    `target_type` and `target_uid` name what it speaks of, where that is a fact or a
    text of the site.
    """

    issue = models.ForeignKey(
        DigestIssue, on_delete=models.CASCADE, related_name="items"
    )
    group = models.CharField(max_length=12, choices=ItemGroup)
    title = models.CharField("headline", max_length=200)
    text = models.TextField(
        "what happened",
        blank=True,
        max_length=600,
        help_text="One to three plain sentences. A number says of which day it is.",
    )
    path = models.CharField(
        "page",
        max_length=300,
        blank=True,
        validators=[
            RegexValidator(
                r"^/(?!/)", "Write an address of this site, beginning with a slash."
            )
        ],
        help_text="An address of this site, as /hardware/rtx-4090/.",
    )
    happened_on = models.DateField("day", null=True, blank=True)
    target_type = models.CharField(max_length=40, blank=True, editable=False)
    target_uid = models.UUIDField(null=True, editable=False)
    sources = models.ManyToManyField(Source, blank=True, related_name="+")

    def __str__(self):
        return self.title
