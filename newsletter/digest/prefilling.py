"""A new draft from what has happened, and what happened since into a draft."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from editorial.drafts import record_save, require_lock_version
from editorial.models import DocumentPath, Publication
from editorial.problems import NotAllowedError
from editorial.rights import objection
from newsletter.digest.added_facts import added_happenings, release_happenings
from newsletter.digest.addresses import DIGEST, digest_path
from newsletter.digest.changed_pages import (
    correction_happenings,
    page_happenings,
)
from newsletter.digest.groups import GROUP_ORDER
from newsletter.digest.happenings import Happening, Span
from newsletter.digest.seen_prices import price_happenings
from newsletter.models import DigestIssue

FIRST_SPAN = datetime.timedelta(days=31)
"""What the very first issue looks back on."""


def happenings(span: Span) -> list[Happening]:
    """Everything that readers may want to hear of, group by group."""
    found = [
        *page_happenings(span),
        *correction_happenings(span),
        *added_happenings(span),
        *release_happenings(span),
        *price_happenings(span),
    ]
    return sorted(found, key=lambda row: GROUP_ORDER[row.group])


def last_covered(now: datetime.datetime) -> datetime.datetime:
    """Up to where the issues told so far; 31 days ago if none was published.

    An issue that was not filled by itself ends where it was published.
    """
    issues = Publication.objects.of_kind(DIGEST).shown_by(now)
    ends = [
        datetime.datetime.fromisoformat(text) if text else begun
        for text, begun in issues.values_list("body__covers_until", "visible_from")
    ]
    return max(ends, default=now - FIRST_SPAN)


def next_span(now: datetime.datetime) -> Span:
    """Of the issue that would be begun now."""
    return Span(last_covered(now), now)


def span_since(issue: DigestIssue, now: datetime.datetime) -> Span:
    """What an issue has not been told of yet."""
    return Span(issue.covers_until or last_covered(now), now)


@transaction.atomic
def begin_issue(*, by: Any, now: datetime.datetime | None = None) -> DigestIssue:
    """A draft of the next issue with a line for everything that happened.

    Raises NotAllowedError.
    """
    if sentence := objection(by, "create", DigestIssue):
        raise NotAllowedError(sentence)
    now = now or timezone.now()
    span = next_span(now)
    month = date_format(timezone.localtime(now), "F Y")
    issue = DigestIssue.objects.create(
        title=f"{month}: what changed",
        slug=_free_slug(f"{timezone.localtime(now):%Y-%m}"),
        period=month,
        covers_from=span.since,
        covers_until=span.until,
    )
    count = _bring_in(issue, happenings(span))
    record_save(issue, by=by, note=f"Begun with {count} items.")
    return issue


@transaction.atomic
def bring_in_since(
    issue: DigestIssue, *, by: Any, lock_version: int, now: Any = None
) -> int:
    """Add what happened since the draft was last filled; nothing in it is touched.

    Answers how many items came. Raises NotAllowedError, StaleSaveError.
    """
    if sentence := objection(by, "edit", issue):
        raise NotAllowedError(sentence)
    row = require_lock_version(issue, lock_version)
    span = span_since(row, now or timezone.now())
    count = _bring_in(row, happenings(span))
    row.covers_from = row.covers_from or span.since
    row.covers_until = span.until
    row.save(update_fields=["covers_from", "covers_until"])
    record_save(row, by=by, note=f"Brought in {count} items.")
    return count


def missing_from(issue: DigestIssue, found: list[Happening]) -> list[Happening]:
    """Those of `found` that have no item in the issue yet."""
    known = set(issue.items.values_list("uid", flat=True))
    return [row for row in found if row.uid_in(issue.uid) not in known]


def _bring_in(issue: DigestIssue, found: list[Happening]) -> int:
    rows = missing_from(issue, found)
    last = max(issue.items.values_list("position", flat=True), default=0)
    for position, row in enumerate(rows, start=last + 1):
        item = issue.items.create(
            uid=row.uid_in(issue.uid),
            position=position,
            group=row.group,
            title=row.title,
            text=row.text,
            path=row.path,
            happened_on=row.happened_on,
            target_type=row.target_type,
            target_uid=row.target_uid,
        )
        item.sources.set(row.sources)
    return len(rows)


def _free_slug(wanted: str) -> str:
    """`2026-11`, or the first of `2026-11-2` … that no issue has or ever had."""
    taken = set(
        DigestIssue.objects.filter(slug__startswith=wanted).values_list(
            "slug", flat=True
        )
    )
    prefix = digest_path({"slug": wanted}).removesuffix("/")
    claimed = DocumentPath.objects.filter(path__startswith=prefix)
    taken |= {
        path.rstrip("/").rpartition("/")[2]
        for path in claimed.values_list("path", flat=True)
    }
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (wanted, *numbered) if slug not in taken)
