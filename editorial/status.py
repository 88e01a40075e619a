"""What a document is to a reader now: derived from windows and clock, never stored."""

import datetime
from dataclasses import dataclass
from typing import Any

from editorial.drafts import has_unpublished_changes
from editorial.models import Publication, Recheck
from editorial.vocabularies import PublicStatus, ReviewState


@dataclass(frozen=True)
class DocumentStatus:
    """Status and marks of one document at one moment."""

    review_state: ReviewState
    public: PublicStatus
    live: Publication | None
    upcoming: Publication | None
    has_unpublished_changes: bool
    needs_recheck: bool

    @property
    def label(self) -> str:
        return _label(self.review_state, self.public)


def status_of(document: Any, moment: datetime.datetime) -> DocumentStatus:
    """Where `document` stands at `moment`, in at most five statements."""
    versions = Publication.objects.of_document(document.uid)
    live: Any = versions.live_at(moment).with_checks(moment).defer("body").first()
    upcoming = versions.upcoming(moment).defer("body").order_by("visible_from").first()
    is_overdue = live is not None and live.due_on <= moment.date()
    marks = Recheck.objects.open().of_document(document.uid)
    return DocumentStatus(
        review_state=ReviewState(document.review_state),
        public=_public_status(versions, live, upcoming, moment),
        live=live,
        upcoming=upcoming,
        has_unpublished_changes=has_unpublished_changes(document),
        needs_recheck=is_overdue or marks.exists(),
    )


def listed_status(row: Any) -> str:
    """The label of a row of `DocumentQuerySet.for_listing`, without a statement."""
    public = _public(row.is_live, row.is_upcoming, row.was_shown)
    return _label(ReviewState(row.review_state), public)


def _label(review_state: ReviewState, public: PublicStatus) -> str:
    """The one word of the vocabulary: review first, then what readers see."""
    if review_state != ReviewState.DRAFT:
        return str(review_state.label)
    if public == PublicStatus.UNPUBLISHED:
        return str(ReviewState.DRAFT.label)
    return str(public.label)


def _public_status(
    versions: Any,
    live: Publication | None,
    upcoming: Publication | None,
    moment: datetime.datetime,
) -> PublicStatus:
    is_seen = live is not None or upcoming is not None
    was_shown = is_seen or versions.shown_by(moment).exists()
    return _public(live is not None, upcoming is not None, was_shown)


def _public(is_live: bool, is_upcoming: bool, was_shown: bool) -> PublicStatus:
    if is_live:
        return PublicStatus.PUBLISHED
    if is_upcoming:
        return PublicStatus.SCHEDULED
    return PublicStatus.RETIRED if was_shown else PublicStatus.UNPUBLISHED
