"""Several documents go live at one instant: all of them, or none.

Locks are taken in one order everywhere: the bundle, then its documents by kind and
key, then their addresses in alphabetical order, and the search index last.
"""

import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from editorial.bundle_review import BundledDocument, bundled_documents, documents_of
from editorial.drafts import locked
from editorial.models import Bundle, BundleItem, Publication
from editorial.problems import (
    NotAllowedError,
    NotReadyError,
    Problem,
    WrongStateError,
    sentences_of,
)
from editorial.registry import document_kind
from editorial.rights import objection
from editorial.search.index import reindex
from editorial.search.publications import PUBLICATION
from editorial.timeline import TICK
from editorial.transitions import begin
from editorial.workflow import next_start, release, take_back

MAX_DOCUMENTS = 50
"""All of them are frozen in one transaction, during which others wait."""


class BundleRefusedError(NotReadyError):
    """Nothing was written; `problems` names every document and all it owes."""


def create_bundle(*, name: str, by: Any, purpose: str = "") -> Bundle:
    """An empty bundle. Raises NotAllowedError."""
    if sentence := objection(by, "create", Bundle):
        raise NotAllowedError(sentence)
    return Bundle.objects.create(name=name, purpose=purpose, created_by=by)


def _locked_open(bundle: Bundle, by: Any) -> Bundle:
    held = Bundle.objects.select_for_update().get(pk=bundle.pk)
    if sentence := objection(by, "edit", held):
        raise NotAllowedError(sentence)
    if not held.is_open:
        raise WrongStateError(
            f"“{held}” has been released. Cancel it first, while it lies ahead."
        )
    return held


@transaction.atomic
def add_to_bundle(bundle: Bundle, document: Any, *, by: Any) -> BundleItem:
    """Put a document into an open bundle. It need not be approved yet.

    Raises WrongStateError when it stands in another bundle, or the bundle is full or
    released, NotAllowedError.
    """
    held = _locked_open(bundle, by)
    row = begin("bundle", document, by)
    waiting = BundleItem.objects.of_document(row.uid).holding(timezone.now()).first()
    if waiting is not None:
        raise WrongStateError(f"It stands in the bundle “{waiting.bundle}” already.")
    if held.items.count() >= MAX_DOCUMENTS:
        raise WrongStateError(f"A bundle holds {MAX_DOCUMENTS} documents at most.")
    return BundleItem.objects.create(
        bundle=held, kind=row.kind, document_uid=row.uid, title=row.title, added_by=by
    )


@transaction.atomic
def remove_from_bundle(bundle: Bundle, document_uid: UUID, *, by: Any) -> None:
    """Take a document out of an open bundle. Raises what `add_to_bundle` raises."""
    held = _locked_open(bundle, by)
    items = held.items.of_document(document_uid)
    for document in documents_of(items).values():
        begin("bundle", document, by)
    items.delete()


@transaction.atomic
def release_bundle(
    bundle: Bundle, *, by: Any, at: datetime.datetime | None = None, note: str = ""
) -> list[Publication]:
    """Let every document go live at `at`, or at once: all of them, or none.

    `note` stands in the public change log of each; without it each document's own
    change note does. Raises BundleRefusedError naming all that any document owes,
    WrongStateError, NotAllowedError.
    """
    held = _locked_open(bundle, by)
    if at is not None and at <= timezone.now():
        raise WrongStateError("A schedule needs a moment in the future.")
    _lock_documents(held)
    judged = bundled_documents(held, by=by, at=at)
    if not judged:
        raise WrongStateError("The bundle is empty. Add documents first.")
    start = at or _common_start([entry.document for entry in judged if entry.document])
    refusals = [(entry.item, entry.problems) for entry in judged if entry.problems]
    made = _release_all(held, judged, refusals, start=start, by=by, note=note)
    if refusals:
        raise BundleRefusedError(
            [
                Problem(f"“{item.title}”: {problem}", problem.field)
                for item, problems in refusals
                for problem in problems
            ]
        )
    held.live_from, held.released_by = start, by
    held.save(update_fields=["live_from", "released_by"])
    bundle.live_from, bundle.released_by = start, by
    reindex(PUBLICATION, [row.document_uid for row in made])
    return made


def _release_all(
    bundle: Bundle,
    judged: list[BundledDocument],
    refusals: list[tuple[BundleItem, list[Problem]]],
    *,
    start: datetime.datetime,
    by: Any,
    note: str,
) -> list[Publication]:
    """Release what owes nothing, each in a savepoint, and add to `refusals`.

    Two documents of the bundle may claim one address: only writing tells.
    """
    ready = [entry for entry in judged if not entry.problems]
    ready.sort(key=lambda entry: _path(entry))
    reason = f"With the bundle “{bundle}”. {note}".strip()
    made = []
    for entry in ready:
        row, options = entry.document, {"start": start, "by": by, "note": note}
        try:
            with transaction.atomic():
                version = release(row, row, entry.body, reason=reason, **options)
        except (NotReadyError, WrongStateError) as error:
            problems = [Problem(sentence) for sentence in sentences_of(error)]
            refusals.append((entry.item, problems))
            continue
        entry.item.publication, entry.item.title = version, version.title
        entry.item.save(update_fields=["publication", "title"])
        made.append(version)
    return made


def _path(entry: BundledDocument) -> str:
    return document_kind(entry.item.kind).path(entry.body)


def _lock_documents(bundle: Bundle) -> dict[UUID, Any]:
    documents = documents_of(bundle.items.all()).values()
    in_order = sorted(documents, key=lambda row: (row.kind, row.pk))
    return {document.uid: locked(document) for document in in_order}


def _common_start(documents: list[Any]) -> datetime.datetime:
    """The first moment from now on at which no version of any of them begins."""
    now = timezone.now()
    start = max((next_start(row, now) for row in documents), default=now)
    rows = Publication.objects.of_documents([row.uid for row in documents])
    later = rows.exclude_cancelled().filter(visible_from__gte=start)
    taken = set(later.values_list("visible_from", flat=True))
    while start in taken:
        start += TICK
    return start


@transaction.atomic
def cancel_bundle(bundle: Bundle, *, by: Any, note: str = "") -> int:
    """Take every version of a released bundle back before it begins.

    The bundle is open again. Raises WrongStateError when it is not ahead,
    BundleRefusedError where `by` may not cancel one of the documents.
    """
    held = Bundle.objects.select_for_update().get(pk=bundle.pk)
    if sentence := objection(by, "edit", held):
        raise NotAllowedError(sentence)
    documents = _lock_documents(held)
    if not held.is_ahead:
        raise WrongStateError(
            "It is live already: withdraw or replace its documents one by one."
            if held.live_from
            else "It has not been released, so there is nothing to cancel."
        )
    barred = [
        Problem(f"“{row.title}”: {sentence}")
        for row in documents.values()
        if (sentence := objection(by, "cancel", row))
    ]
    if barred:
        raise BundleRefusedError(barred)
    reason = f"The bundle “{held}” was cancelled. {note}".strip()
    items = list(held.items.select_related("publication").defer("publication__body"))
    for item in items:
        row = documents[item.document_uid]
        take_back(row, item.publication, by=by, note=reason)
    held.items.update(publication=None)
    held.live_from = bundle.live_from = None
    held.released_by = bundle.released_by = None
    held.save(update_fields=["live_from", "released_by"])
    reindex(PUBLICATION, [item.document_uid for item in items])
    return len(items)
