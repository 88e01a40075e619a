"""Which published texts are to be looked at again, why, and who looked last."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from editorial.models import Publication, Recheck
from editorial.registry import document_kind

DUE_SOON_DAYS = 14
"""Days ahead of its date from which a document stands on the list."""


@dataclass(frozen=True)
class DueDocument:
    """One published document that is due, with its working copy."""

    publication: Publication
    document: Any
    days_overdue: int
    changed_facts: list[str]
    reads: int | None = None

    @property
    def is_overdue(self) -> bool:
        """From the very day on: the public page says the same."""
        return self.days_overdue >= 0


def due_publications(moment: datetime.datetime) -> list[Publication]:
    """Live versions that are overdue, due soon or rest on changed facts.

    Overdue ones come first, by days overdue times reads: a page that many read and
    nobody checked does the most harm. One statement.
    """
    today = moment.date()
    until = today + datetime.timedelta(days=DUE_SOON_DAYS)
    rows: Any = Publication.objects.due_for_recheck(moment, until=until)
    return sorted(rows.with_reads(today), key=lambda row: _urgency(row, today))


def _urgency(row: Any, today: datetime.date) -> tuple[int, datetime.date, int]:
    """The smaller, the more urgent. One read is given to every page."""
    reads = row.reads or 0
    days = max((today - row.due_on).days, 0)
    return (-days * (reads + 1), row.due_on, -reads)


def due_documents(
    publications: Iterable[Publication], today: datetime.date
) -> list[DueDocument]:
    """`publications` with reasons and working copies: a query for each kind and one."""
    publications = list(publications)
    uids = [row.document_uid for row in publications]
    documents = working_copies(publications)
    reasons: dict[UUID, list[str]] = defaultdict(list)
    for mark in Recheck.objects.open().of_documents(uids):
        reasons[mark.document_uid].append(mark.reason)
    return [
        DueDocument(
            publication=row,
            document=documents[row.document_uid],
            days_overdue=(today - row.due_on).days,
            changed_facts=reasons[row.document_uid],
            reads=row.reads,
        )
        for row in publications
        if row.document_uid in documents
    ]


def working_copies(publications: Iterable[Publication]) -> dict[UUID, Any]:
    """The document behind each publication, by uid: a statement for each kind."""
    by_kind: dict[str, list[UUID]] = defaultdict(list)
    for row in publications:
        by_kind[row.kind].append(row.document_uid)
    found: dict[UUID, Any] = {}
    for name, uids in by_kind.items():
        model = document_kind(name).model
        found |= model._default_manager.in_bulk(uids, field_name="uid")
    return found
