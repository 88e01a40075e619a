"""Documents that go live together, at one instant."""

import datetime
import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone

from editorial.models.publication import Publication


class BundleQuerySet(models.QuerySet):
    def for_listing(self) -> Self:
        """With the number of documents, those still to be released first."""
        rows = self.annotate(document_count=Count("items")).select_related(
            "released_by"
        )
        return rows.order_by("-live_from", "name")


class Bundle(models.Model):
    """A named set of documents. Only `editorial.bundles` writes it.

    `live_from` is the instant at which all of them go, or went, live together; None
    while the bundle is open.
    """

    name = models.CharField(max_length=120, unique=True)
    purpose = models.CharField(
        max_length=300,
        blank=True,
        help_text="For the desk: why these documents go live together.",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    live_from = models.DateTimeField(null=True, editable=False)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    objects = BundleQuerySet.as_manager()

    def __str__(self):
        return self.name

    @property
    def is_open(self) -> bool:
        return self.live_from is None

    def is_ahead_at(self, moment: datetime.datetime) -> bool:
        """Released, and not live yet."""
        return self.live_from is not None and self.live_from > moment

    @property
    def is_ahead(self) -> bool:
        return self.is_ahead_at(timezone.now())


class BundleItemQuerySet(models.QuerySet):
    def of_document(self, document_uid: uuid.UUID) -> Self:
        return self.filter(document_uid=document_uid)

    def ahead(self, moment: datetime.datetime) -> Self:
        """In a bundle that was released and is not live yet."""
        return self.filter(bundle__live_from__gt=moment).select_related("bundle")

    def holding(self, moment: datetime.datetime) -> Self:
        """In a bundle that is open or not live yet."""
        is_held = Q(bundle__live_from=None) | Q(bundle__live_from__gt=moment)
        return self.filter(is_held).select_related("bundle")

    def of_publications(self, publications: list[int]) -> Self:
        return self.filter(publication__in=publications).select_related("bundle")


class BundleItem(models.Model):
    """One document's place in a bundle, and the version that was released with it."""

    bundle = models.ForeignKey(Bundle, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=40)
    document_uid = models.UUIDField()
    title = models.CharField(max_length=200)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    added_at = models.DateTimeField(default=timezone.now)
    publication = models.ForeignKey(
        Publication, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = BundleItemQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bundle", "document_uid"], name="once_in_a_bundle"
            ),
            models.UniqueConstraint(
                fields=["document_uid"],
                condition=Q(publication=None),
                name="in_one_open_bundle",
            ),
        ]

    def __str__(self):
        return f"{self.title} in {self.bundle}"
