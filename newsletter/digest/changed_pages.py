"""Pages that are new, have a new version, were checked again or corrected."""

import datetime
from collections import defaultdict
from collections.abc import Iterator
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format

from editorial.models import Correction, Publication, Verification
from editorial.registry import document_kind
from newsletter.digest.addresses import DIGEST
from newsletter.digest.groups import ItemGroup
from newsletter.digest.happenings import (
    LONGEST_TEXT,
    LONGEST_TITLE,
    Happening,
    Span,
    clipped,
)


def page_happenings(span: Span) -> list[Happening]:
    """An issue never tells of an issue. What was withdrawn since is left out."""
    live = {
        row.document_uid: row
        for row in Publication.objects.live_at(span.until)
        .exclude(kind=DIGEST)
        .defer("body")
    }
    versions = _versions(list(live))
    told = {
        uid: found
        for uid, row in live.items()
        if (found := _published(row, versions[uid], span))
    }
    checked = [row for row in _checked(live, span) if row.target_uid not in told]
    ordered = sorted(
        told.values(), key=lambda row: (row.happened_on, row.title.casefold())
    )
    return [*ordered, *checked]


def _by_day(row: Happening) -> tuple[datetime.date, str]:
    return row.happened_on, row.title.casefold()


def _versions(uids: list[UUID]) -> dict[UUID, list[Publication]]:
    """Every version that was not cancelled, the oldest first."""
    found: dict[UUID, list[Publication]] = defaultdict(list)
    rows = Publication.objects.of_documents(uids).exclude_cancelled().defer("body")
    for row in rows.order_by("visible_from", "version"):
        found[row.document_uid].append(row)
    return found


def _began(row: Publication) -> datetime.datetime:
    """When readers first saw it: a shipped text may be dated before it was loaded."""
    return max(row.visible_from, row.created_at)


def _published(
    live: Publication, versions: list[Publication], span: Span
) -> Happening | None:
    """One line for a page, however many versions it has had."""
    begun = [row for row in versions if span.holds(_began(row))]
    if not begun:
        return None
    is_new = _began(versions[0]) > span.since
    notes = [f"Version {row.version}: {row.change_note}" for row in begun]
    return Happening(
        key=f"new:{live.document_uid}" if is_new else f"version:{begun[-1].pk}",
        group=ItemGroup.NEW if is_new else ItemGroup.UPDATED,
        title=_title(live),
        text=clipped(live.description if is_new else " ".join(notes), LONGEST_TEXT),
        path=live.path,
        happened_on=begun[-1].visible_from.date(),
        target_type=live.kind,
        target_uid=live.document_uid,
    )


def _title(row: Publication) -> str:
    """A text that stands on another page is called by its kind as well."""
    kind = document_kind(row.kind)
    if kind.owns_page:
        return row.title
    return clipped(f"{row.kind.capitalize()}: {row.title}", LONGEST_TITLE)


def _checked(live: dict[UUID, Publication], span: Span) -> Iterator[Happening]:
    """The newest check of each text that readers see."""
    rows = Verification.objects.filter(
        verified_at__gt=span.since, verified_at__lte=span.until
    )
    newest = {row.document_uid: row for row in rows.order_by("verified_at", "pk")}
    for uid, row in newest.items():
        page = live.get(uid)
        if page is None or page.digest != row.digest:
            continue
        day = date_format(row.verified_on, "j M Y")
        text = f"Checked again on {day}; every word still holds. {row.note}"
        yield Happening(
            key=f"checked:{row.pk}",
            group=ItemGroup.UPDATED,
            title=_title(page),
            text=clipped(text.strip(), LONGEST_TEXT),
            path=page.path,
            happened_on=row.verified_on,
            target_type=page.kind,
            target_uid=uid,
        )


def correction_happenings(span: Span) -> list[Happening]:
    """From the public log, the oldest first."""
    rows = Correction.objects.filter(
        Q(corrected_at__gt=span.since) & Q(corrected_at__lte=span.until)
    )
    return [
        Happening(
            key=f"correction:{row.uid}",
            group=ItemGroup.CORRECTED,
            title=clipped(row.page_title, LONGEST_TITLE),
            text=clipped(f"{row.was_wrong} {row.says_now}", LONGEST_TEXT),
            path=f"{reverse('corrections')}#{row.anchor}",
            happened_on=row.corrected_at.date(),
        )
        for row in rows.order_by("corrected_at", "pk")
    ]
