"""Where a fact or a claim came from."""

import uuid
from collections.abc import Iterable
from typing import Self
from urllib.parse import urlsplit

from django.apps import apps
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from editorial.vocabularies import SourceKind


class SourceQuerySet(models.QuerySet):
    def at_addresses(self, addresses: Iterable[str]) -> dict[str, "Source"]:
        """The sources known under any of `addresses`, also by one merged away."""
        wanted = list(addresses)
        former = MergedSource.objects.filter(url__in=wanted).select_related("into")
        known = {row.url: row.into for row in former}
        return known | {row.url: row for row in self.filter(url__in=wanted)}

    def with_address_like(self, places: Iterable[str]) -> Self:
        """Those whose address or archived copy holds one of `places`, whatever
        stands before and behind it."""
        wanted = Q(pk=None)
        for place in places:
            wanted |= Q(url__icontains=place) | Q(archive_url__icontains=place)
        return self.filter(wanted)

    def dead(self) -> Self:
        checks = apps.get_model("editorial.LinkCheck").objects.dead()
        return self.filter(pk__in=checks.values("source"))

    def moved(self) -> Self:
        """Those whose page sends everybody elsewhere for good."""
        return self.filter(link_check__url=F("url")).exclude(link_check__moved_to="")


class Source(models.Model):
    """One page, paper, file or own run that proves something."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    url = models.URLField(
        "address",
        max_length=500,
        unique=True,
        help_text="The exact page, pinned to a version or commit where there is one.",
    )
    title = models.CharField(
        max_length=200,
        blank=True,
        help_text="As the page names itself. Imported rows may have none.",
    )
    publisher = models.CharField(
        max_length=120, blank=True, help_text="Who answers for the page."
    )
    kind = models.CharField(
        max_length=24,
        choices=SourceKind,
        blank=True,
        help_text="Leave empty only when it cannot be told.",
    )
    retrieved_on = models.DateField(help_text="The day the page was read.")
    archive_url = models.URLField(
        "archive address",
        max_length=500,
        blank=True,
        help_text="An archived copy, for the day when the page is gone.",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["title", "url"]
        permissions = [("merge_source", "Can merge sources")]
        constraints = [
            models.CheckConstraint(condition=~Q(url=""), name="source_has_address"),
        ]

    def __str__(self):
        return self.title or self.url

    @property
    def host(self) -> str:
        """The site's name as an address shows it, without `www.`."""
        return urlsplit(self.url).netloc.removeprefix("www.")


class MergedSource(models.Model):
    """What a source was called before it was merged into another.

    Published texts keep the old uid and address, and files may still bring them.
    """

    uid = models.UUIDField(unique=True)
    url = models.URLField("address", max_length=500, unique=True)
    into = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="former")
    merged_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.url


class CitationQuerySet(models.QuerySet):
    def of_fields(self, subject_uids: Iterable[uuid.UUID]) -> Self:
        """Of single fields of some facts, each with its source, the newest last."""
        rows = self.filter(subject_uid__in=list(subject_uids)).exclude(field="")
        return rows.select_related("source").order_by("retrieved_on", "pk")


class Citation(models.Model):
    """A further source of one field of one fact, or of the whole row."""

    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="citations"
    )
    subject_type = models.CharField(max_length=40)
    subject_uid = models.UUIDField(db_index=True)
    field = models.CharField(
        max_length=60, blank=True, help_text="Empty: the source speaks of the row."
    )
    label = models.CharField(
        max_length=120,
        blank=True,
        help_text="What the source says it is about, where no field has that name.",
    )
    retrieved_on = models.DateField()

    objects = CitationQuerySet.as_manager()

    class Meta:
        ordering = ["subject_type", "subject_uid", "field"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "subject_type", "subject_uid", "field", "label"],
                name="one_citation_per_source_and_field",
            ),
        ]

    def __str__(self):
        return f"{self.subject_type} {self.field or 'row'}: {self.source}"
