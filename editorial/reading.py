"""What public pages ask: the live text at an address, its history, or where it went."""

import datetime
from dataclasses import dataclass, replace
from typing import Any, NamedTuple
from uuid import UUID

from django.utils import timezone

from editorial.freezing import Body, digest_of, lift
from editorial.models import DocumentPath, Publication, Verification
from editorial.models.publication import PublicationQuerySet
from editorial.registry import DocumentKind, document_kind
from editorial.statements import Statement


@dataclass(frozen=True)
class VersionEntry:
    """One line of a change log."""

    version: int
    published_at: datetime.datetime
    published_by_name: str
    change_note: str
    digest: str


@dataclass(frozen=True)
class PageMeta:
    """What a page says about its text. The preview builds the same from a draft."""

    document_uid: UUID
    path: str
    version: int
    digest: str
    published_at: datetime.datetime
    first_published_at: datetime.datetime
    published_by_name: str
    verified_on: datetime.date | None
    review_due_on: datetime.date | None
    is_overdue: bool
    has_moved_facts: bool
    history: list[VersionEntry]

    @property
    def needs_recheck(self) -> bool:
        """Due for a look: by the calendar, or because a fact under it has changed."""
        return self.is_overdue or self.has_moved_facts


@dataclass(frozen=True)
class Page:
    """A document as readers see it: the frozen text and what is said about it."""

    kind: DocumentKind
    body: Body
    meta: PageMeta


class ReadRow(NamedTuple):
    """A publication with the columns of `PublicationQuerySet.for_reading`."""

    document_uid: UUID
    kind: str
    path: str
    version: int
    digest: str
    visible_from: datetime.datetime
    published_by_name: str
    checked_on: datetime.date
    due_on: datetime.date
    body: Body
    has_moved_facts: bool


def _marked(
    rows: PublicationQuerySet, moment: datetime.datetime
) -> PublicationQuerySet:
    """`rows` with their last check and their mark, as `ReadRow` reads them."""
    return rows.with_checks(moment).with_marks().for_reading()


_live_rows = Statement(
    lambda path, moment: _marked(
        Publication.objects.live_at(moment).at_path(path), moment
    )
)
_shown_rows = Statement(
    lambda uid, moment: (
        Publication.objects.of_document(uid).shown_by(moment).for_change_log()
    )
)


def live_page(path: str, *, moment: datetime.datetime | None = None) -> Page | None:
    """The page that readers find at `path`, in two statements; None without one."""
    moment = moment or timezone.now()
    rows = _live_rows(path, moment)
    return _page(ReadRow(*rows[0]), moment) if rows else None


def version_page(path: str, version: int) -> Page | None:
    """An earlier version of the document that is live at `path`."""
    moment = timezone.now()
    live = Publication.objects.live_at(moment).at_path(path).values("document_uid")
    shown = Publication.objects.shown_by(moment).filter(
        document_uid__in=live, version=version
    )
    row = _marked(shown, moment).first()
    return None if row is None else _page(ReadRow(*row), moment)


def page_at(document_uid: UUID, moment: datetime.datetime) -> Page | None:
    """The page of one document that readers saw, see or will see at `moment`."""
    live = Publication.objects.live_at(moment).of_document(document_uid)
    row = _marked(live, moment).first()
    return None if row is None else _page(ReadRow(*row), moment)


def unkept(page: Page) -> Page:
    """`page` so that no drawn piece of it is kept for readers: a text without digest.

    Its change log may name versions that are only scheduled.
    """
    return replace(page, meta=replace(page.meta, digest=""))


def _page(publication: ReadRow, moment: datetime.datetime) -> Page:
    kind = document_kind(publication.kind)
    history = shown_versions(publication.document_uid, moment)
    meta = PageMeta(
        document_uid=publication.document_uid,
        path=publication.path,
        version=publication.version,
        digest=publication.digest,
        published_at=publication.visible_from,
        first_published_at=history[-1].published_at,
        published_by_name=publication.published_by_name,
        verified_on=publication.checked_on,
        review_due_on=publication.due_on,
        is_overdue=publication.due_on <= moment.date(),
        has_moved_facts=publication.has_moved_facts,
        history=history,
    )
    return Page(kind=kind, body=lift(kind, publication.body), meta=meta)


def shown_versions(document_uid: UUID, moment: datetime.datetime) -> list[VersionEntry]:
    """Every version readers have seen by `moment`, the newest first."""
    return [VersionEntry(*row) for row in _shown_rows(document_uid, moment)]


@dataclass(frozen=True)
class Moved:
    """The document that had this address is now at `path`."""

    path: str


@dataclass(frozen=True)
class Gone:
    """The document that had this address was withdrawn."""

    title: str
    withdrawn_at: datetime.datetime


def whereabouts(path: str) -> Moved | Gone | None:
    """What became of the document that once had `path`; None if none ever had.

    An address that is only scheduled, or was taken back before its time, was never
    shown: it leads nowhere, or a browser would keep a redirect that turns round.
    """
    claim = DocumentPath.objects.filter(path=path).first()
    if claim is None:
        return None
    now = timezone.now()
    versions = Publication.objects.of_document(claim.document_uid).defer("body")
    if not versions.shown_by(now).at_path(path).exists():
        return None
    live = versions.live_at(now).first()
    if live is not None:
        return Moved(live.path) if live.path != path else None
    last = versions.shown_by(now).newest_first()[0]
    return Gone(last.title, last.visible_until)


def _last_check(
    document_uid: UUID, body: Body
) -> tuple[datetime.date | None, datetime.date | None]:
    """When `body` was last verified, as the page of that text would say it."""
    texts = Verification.objects.of_text(document_uid, digest_of(body))
    if newest := texts.newest_first().first():
        return newest.verified_on, newest.review_due_on
    days = (body["verified_on"], body["review_due_on"])
    verified_on, due_on = (
        datetime.date.fromisoformat(day) if day else None for day in days
    )
    return verified_on, due_on


def preview_page(document: Any, body: Body, *, by_name: str, note: str = "") -> Page:
    """The page that publishing `body` at this moment would make.

    `note` stands in the change log, that of the working copy unless told otherwise.
    """
    kind = document_kind(document.kind)
    moment = timezone.now()
    history = shown_versions(document.uid, moment)
    highest = Publication.objects.of_document(document.uid).order_by("-version").first()
    entry = VersionEntry(
        version=highest.version + 1 if highest else 1,
        published_at=moment,
        published_by_name=by_name,
        change_note=note or document.change_note or "First publication.",
        digest="",
    )
    verified_on, due_on = _last_check(document.uid, body)
    meta = PageMeta(
        document_uid=document.uid,
        path=kind.path(body),
        version=entry.version,
        digest="",
        published_at=moment,
        first_published_at=history[-1].published_at if history else moment,
        published_by_name=by_name,
        verified_on=verified_on,
        review_due_on=due_on,
        is_overdue=due_on is not None and due_on <= moment.date(),
        has_moved_facts=False,
        history=[entry, *history],
    )
    return Page(kind=kind, body=body, meta=meta)
