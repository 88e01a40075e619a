"""What each document of a bundle still owes before all of them can go live."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from editorial.freezing import Body, digest_of
from editorial.models import Bundle, BundleItem, Publication
from editorial.problems import Problem, WrongStateError
from editorial.registry import document_kind
from editorial.review import publication_problems
from editorial.rights import objection
from editorial.workflow import require_approval


@dataclass(frozen=True)
class BundledDocument:
    """One document of a bundle; `document` is None where it was deleted since."""

    item: BundleItem
    document: Any
    body: Body | None
    upcoming: list[Publication]
    problems: list[Problem]


def bundled_documents(
    bundle: Bundle, *, by: Any, at: datetime.datetime | None = None
) -> list[BundledDocument]:
    """Each document of `bundle` with all that keeps `by` from releasing it at `at`."""
    rows = bundle.items.select_related("publication").defer("publication__body")
    items = list(rows)
    documents = documents_of(items)
    upcoming = _upcoming_of(documents)
    return [
        _judged(item, documents.get(item.document_uid), upcoming, by=by, at=at)
        for item in items
    ]


def documents_of(items: Iterable[Any]) -> dict[UUID, Any]:
    """The working copies that `items` name, in a statement for each kind."""
    uids_by_kind: dict[str, list[UUID]] = defaultdict(list)
    for item in items:
        uids_by_kind[item.kind].append(item.document_uid)
    found: dict[UUID, Any] = {}
    for name, uids in uids_by_kind.items():
        rows = document_kind(name).model._default_manager
        found |= rows.in_bulk(uids, field_name="uid")
    return found


def _upcoming_of(uids: Iterable[UUID]) -> dict[UUID, list[Publication]]:
    rows = Publication.objects.of_documents(uids).upcoming(timezone.now())
    found = defaultdict(list)
    for row in rows.defer("body").order_by("visible_from"):
        found[row.document_uid].append(row)
    return found


def _judged(
    item: BundleItem, document: Any, upcoming: dict[UUID, list[Publication]], **asked
) -> BundledDocument:
    if document is None:
        gone = Problem("It was deleted since. Take it out of the bundle.")
        return BundledDocument(item, None, None, [], [gone])
    body = document_kind(document.kind).freeze(document)
    own = upcoming.get(document.uid, [])
    problems = _problems(document, body, own, **asked)
    return BundledDocument(item, document, body, own, problems)


def _problems(
    document: Any,
    body: Body,
    upcoming: list[Publication],
    *,
    by: Any,
    at: datetime.datetime | None,
) -> list[Problem]:
    found = []
    verb = "publish" if at is None else "schedule"
    if sentence := objection(by, verb, document):
        found.append(Problem(sentence))
    try:
        require_approval(document, digest_of(body))
    except WrongStateError as error:
        found.append(Problem(str(error)))
    live = Publication.objects.of_document(document.uid).live().defer("body").first()
    if live is not None and live.digest == digest_of(body):
        found.append(Problem("This very text is live already. Take it out."))
    if any(version.visible_from == at for version in upcoming):
        found.append(Problem("Another version of it begins at that very moment."))
    return found + publication_problems(document, body)
