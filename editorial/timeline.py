"""The windows of one document's publications. Only `editorial.workflow` calls this."""

import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max, Min

from editorial.models import FOREVER, Publication

TICK = datetime.timedelta(microseconds=1)


def open_window(
    document_uid: UUID, *, start: datetime.datetime, fields: dict[str, Any]
) -> Publication:
    """Insert a version that is visible from `start` until the next scheduled one.

    The version that was to be visible then ends where this one begins. Where others
    begin at that very moment, it begins a tick after them.
    """
    versions = Publication.objects.of_document(document_uid)
    shown = versions.exclude_cancelled().filter(visible_from__gte=start)
    taken = set(shown.values_list("visible_from", flat=True))
    while start in taken:
        start += TICK
    current = versions.live_at(start).first()
    upcoming = versions.upcoming(start).aggregate(at=Min("visible_from"))["at"]
    newest = versions.aggregate(number=Max("version"))["number"] or 0
    if current is not None:
        versions.filter(pk=current.pk).update(visible_until=start)
    return Publication.objects.create(
        document_uid=document_uid,
        version=newest + 1,
        visible_from=start,
        visible_until=upcoming or FOREVER,
        **fields,
    )


def close_window(publication: Publication, *, at: datetime.datetime) -> None:
    """End a live version's window at `at`."""
    versions = Publication.objects.of_document(publication.document_uid)
    versions.filter(pk=publication.pk).update(visible_until=at)
    publication.visible_until = at


def empty_window(publication: Publication) -> None:
    """Take a version back before its window begins; its predecessor stays visible.

    The predecessor is the version whose window ends where this one begins.
    """
    versions = Publication.objects.of_document(publication.document_uid)
    end = publication.visible_until
    versions.filter(pk=publication.pk).update(visible_until=publication.visible_from)
    before = versions.filter(
        visible_until=publication.visible_from,
        visible_from__lt=publication.visible_from,
    )
    before.update(visible_until=end)
    publication.visible_until = publication.visible_from
