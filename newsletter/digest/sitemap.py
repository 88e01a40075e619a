"""The archive in the map of the site."""

import datetime
from collections.abc import Iterator

from editorial.models import Publication
from newsletter.digest.addresses import ARCHIVE, DIGEST


def archive_pages() -> Iterator[tuple[str, datetime.date | None]]:
    """The list with the day of its newest issue, then every issue."""
    rows = Publication.objects.live().of_kind(DIGEST).newest_first()
    issues = list(rows.values_list("path", "visible_from"))
    yield ARCHIVE, issues[0][1].date() if issues else None
    for path, begun in issues:
        yield path, begun.date()
