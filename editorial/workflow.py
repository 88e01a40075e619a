"""The one module that writes publications.

Every verb locks the document's row first, checks the right of whoever asks, and logs
who did it and why. `by=None` is the site itself: only `publish_shipped` allows it.
"""

import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from editorial.assignment import NOBODY
from editorial.comments import comment_problems
from editorial.drafts import locked, record_save
from editorial.freezing import Body, digest_of, lift
from editorial.models import (
    BundleItem,
    DocumentPath,
    EventAction,
    Publication,
    PublicationReference,
)
from editorial.problems import NotReadyError, Problem, WrongStateError
from editorial.rechecks import close_rechecks
from editorial.registry import after_publish_hooks, document_kind
from editorial.review import claimed_path_problem, text_problems
from editorial.search.index import reindex
from editorial.search.publications import PUBLICATION
from editorial.timeline import close_window, empty_window, open_window
from editorial.transitions import begin, log, name_of, set_state
from editorial.vocabularies import ReviewState


@transaction.atomic
def publish(document: Any, *, by: Any, note: str = "") -> Publication:
    """Make the approved text public at once.

    Publishing a text that is live already answers the live version. Raises
    NotReadyError naming every missing piece, WrongStateError without an approval of
    exactly this text, NotAllowedError.
    """
    row = begin("publish", document, by)
    _refuse_what_is_bundled(row)
    body = document_kind(row.kind).freeze(row)
    digest = digest_of(body)
    now = timezone.now()
    versions = Publication.objects.of_document(row.uid)
    live = versions.live_at(now).first()
    if live is not None and live.digest == digest:
        return live
    require_approval(row, digest)
    return _release(document, row, body, start=next_start(row, now), by=by, note=note)


@transaction.atomic
def schedule(
    document: Any, *, by: Any, at: datetime.datetime, note: str = ""
) -> Publication:
    """Make the approved text public by the clock at `at`, which lies ahead.

    Raises what `publish` raises, and WrongStateError for a moment in the past or one
    that another version already has.
    """
    row = begin("schedule", document, by)
    _refuse_what_is_bundled(row)
    if at <= timezone.now():
        raise WrongStateError("A schedule needs a moment in the future.")
    if (
        Publication.objects.of_document(row.uid)
        .exclude_cancelled()
        .filter(visible_from=at)
    ):
        raise WrongStateError("Another version begins at that very moment.")
    body = document_kind(row.kind).freeze(row)
    require_approval(row, digest_of(body))
    return _release(document, row, body, start=at, by=by, note=note)


def require_approval(row: Any, digest: str) -> None:
    if row.approved_digest == digest:
        return
    if row.approved_digest:
        raise WrongStateError(
            "The text, or a fact it quotes, has changed since it was approved. "
            "Send it to review again."
        )
    raise WrongStateError("Nobody has approved this text yet. Send it to review.")


def next_start(row: Any, now: datetime.datetime) -> datetime.datetime:
    """Now, or where the newest version began if the clock was set back since.

    A version that began by the time it was made was published; a later one scheduled.
    """
    versions = Publication.objects.of_document(row.uid).exclude_cancelled()
    published = versions.filter(visible_from__lte=F("created_at"))
    newest = published.aggregate(at=Max("visible_from"))["at"]
    return now if newest is None else max(now, newest)


def _release(document: Any, row: Any, body: Body, **options: Any) -> Publication:
    publication = release(document, row, body, **options)
    reindex(PUBLICATION, [row.uid])
    return publication


def release(
    document: Any,
    row: Any,
    body: Body,
    *,
    start: datetime.datetime,
    by: Any,
    note: str,
    published_by_name: str = "",
    reason: str = "",
) -> Publication:
    """Make `body` visible from `start`. The caller locked `row`, judged the right and
    the approval, and brings the search index up to date once everything is written.

    `reason` goes into the log, where the readers' `note` does not say enough. Raises
    NotReadyError.
    """
    kind = document_kind(row.kind)
    if problems := _release_problems(row, body, by=by):
        raise NotReadyError(problems)
    path = kind.path(body)
    _claim_path(path, row.uid)
    fields = {
        "kind": kind.name,
        "path": path,
        "schema": body["schema"],
        "digest": digest_of(body),
        "title": body["title"],
        "description": body["description"],
        "author_name": body["author_name"],
        "verified_on": body["verified_on"],
        "review_due_on": body["review_due_on"],
        "published_by_name": published_by_name or name_of(by),
        "change_note": note or row.change_note or "First publication.",
        "body": body,
    }
    publication = open_window(row.uid, start=start, fields=fields)
    _write_references(publication, kind.references(body))
    close_rechecks(row.uid)
    set_state(
        document,
        row,
        review_state=ReviewState.DRAFT,
        change_note="",
        working_digest=publication.digest,
        **NOBODY,
    )
    is_ahead = publication.visible_from > timezone.now()
    action = EventAction.SCHEDULE if is_ahead else EventAction.PUBLISH
    logged = (reason or publication.change_note)[:300]
    details = {"note": logged, "version": publication.version}
    log(action, row, by=by, digest=publication.digest, **details)
    for hook in after_publish_hooks():
        transaction.on_commit(partial(hook, publication))
    return publication


def _release_problems(row: Any, body: Body, *, by: Any) -> list[Problem]:
    """A shipped text was discussed where its file was: no comment here bars it."""
    problems = text_problems(row, body)
    return problems if by is None else [*problems, *comment_problems(row, body)]


def _claim_path(path: str, document_uid: UUID) -> None:
    """Raises NotReadyError where another document claimed it a moment ago."""
    claim, _ = DocumentPath.objects.get_or_create(
        path=path, defaults={"document_uid": document_uid}
    )
    if claim.document_uid != document_uid:
        raise NotReadyError([claimed_path_problem(path)])


def _write_references(publication: Publication, references: list[Any]) -> None:
    PublicationReference.objects.bulk_create(
        PublicationReference(
            publication=publication,
            target_type=target_type,
            target_uid=target_uid,
            role=role,
        )
        for target_type, target_uid, role in dict.fromkeys(references)
    )


@transaction.atomic
def cancel(document: Any, *, by: Any, note: str = "") -> int:
    """Take every scheduled version back. Answers how many there were.

    Raises WrongStateError when nothing is scheduled, NotAllowedError.
    """
    row = begin("cancel", document, by)
    _refuse_what_is_bundled(row)
    number = _cancel_upcoming(row, timezone.now())
    if not number:
        raise WrongStateError("Nothing is scheduled.")
    log(EventAction.CANCEL, row, by=by, note=note)
    reindex(PUBLICATION, [row.uid])
    return number


def _refuse_what_is_bundled(row: Any) -> None:
    """The documents of a bundle go live together: none earlier, later or not at all."""
    items = BundleItem.objects.of_document(row.uid).ahead(timezone.now())
    if item := items.first():
        raise WrongStateError(
            f"It goes live with the bundle “{item.bundle}”. Cancel the bundle first."
        )


def take_back(row: Any, publication: Publication, *, by: Any, note: str) -> None:
    """Cancel one scheduled version of a document that the caller locked."""
    publication.refresh_from_db(fields=["visible_until"])
    empty_window(publication)
    details = {"note": note[:300], "version": publication.version}
    log(EventAction.CANCEL, row, by=by, digest=publication.digest, **details)


def _cancel_upcoming(row: Any, now: datetime.datetime) -> int:
    versions = Publication.objects.of_document(row.uid)
    upcoming = list(versions.upcoming(now).for_listing())
    for publication in upcoming:  # the last first: each gives its window back
        publication.refresh_from_db(fields=["visible_until"])
        empty_window(publication)
    return len(upcoming)


@transaction.atomic
def withdraw(document: Any, *, by: Any, note: str) -> None:
    """Take the page down, with everything scheduled. It ends as retired.

    Raises WrongStateError when it is neither live nor scheduled, NotAllowedError.
    """
    row = begin("withdraw", document, by)
    _refuse_what_is_bundled(row)
    now = timezone.now()
    cancelled = _cancel_upcoming(row, now)
    live = Publication.objects.of_document(row.uid).live_at(now).first()
    if live is None and not cancelled:
        raise WrongStateError("It is not public, so it cannot be withdrawn.")
    if live is not None:
        close_window(live, at=now)
    log(EventAction.WITHDRAW, row, by=by, note=note)
    reindex(PUBLICATION, [row.uid])


@transaction.atomic
def restore(document: Any, *, by: Any, body: Body, note: str) -> None:
    """Make `body`, an earlier version or checkpoint, the working copy again.

    What readers see does not change: the restored text goes through review like any
    other. The text that it replaces stays among the checkpoints.
    """
    row = begin("restore", document, by)
    kind = document_kind(row.kind)
    kind.restore(row, lift(kind, body))
    document.refresh_from_db()
    record_save(document, by=by, note=note)
    log(EventAction.RESTORE, row, by=by, note=note, digest=document.working_digest)


@transaction.atomic
def publish_shipped(
    document: Any, *, body: Body, published_at: datetime.datetime, note: str
) -> Publication:
    """Publish a document that comes with the program, dated as its file says.

    It was reviewed where the file was, so no person and no approval is asked for. The
    date must lie after the document's newest version and not ahead of the clock.
    """
    row = locked(document) if document.pk else document
    kind = document_kind(row.kind)
    kind.restore(row, lift(kind, body))
    document.refresh_from_db()
    record_save(document, by=None, note=note)
    row = locked(document)
    start = min(published_at, timezone.now())
    newest = Publication.objects.of_document(row.uid).order_by("-visible_from").first()
    if newest is not None and start <= newest.visible_from:
        start = timezone.now()
    return _release(
        document,
        row,
        kind.freeze(row),
        start=start,
        by=None,
        note=note,
        published_by_name=row.author_name,
    )
