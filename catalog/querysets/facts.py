"""What the queries of all facts share."""

from collections.abc import Sequence
from typing import Self

from django.db import models

ROW_UNREAD = ("uid", "imported", "notes")
LINK_UNREAD = ("uid", "imported", "marks")
SOURCE_UNREAD = ("uid", "kind", "archive_url", "created_at")


class FactQuerySet(models.QuerySet):
    def with_uids(self, uids) -> Self:
        return self.filter(uid__in=list(uids))

    def names(self) -> Self:
        """(uid, slug, name) of each, by name: for choosing and for look-ups."""
        return self.order_by("name").values_list("uid", "slug", "name")


def unread(*links: str, own: Sequence[str] = ROW_UNREAD) -> list[str]:
    """Columns that no list draws, of the rows, their sources and `links`.

    Most of the time of a page of fifty rows goes into values that nobody looks at.
    """
    columns = [*own, *(f"source__{name}" for name in SOURCE_UNREAD)]
    return columns + [f"{link}__{name}" for link in links for name in LINK_UNREAD]


def sourced(model, relation: str) -> models.QuerySet:
    """The rows behind `relation`, each with its source."""
    related = model._meta.get_field(relation).related_model
    rows = related._default_manager.select_related("source")
    return rows.defer("imported")
