"""Facts feed the editorial workflow: a changed fact asks its readers to look again."""

import datetime
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from editorial.models import Publication, PublicationReference, Recheck


@transaction.atomic
def open_rechecks(fact_type: str, uids: Iterable[UUID], *, reason: str) -> int:
    """Mark every public or scheduled document that refers to one of the facts.

    A document that already waits for a look at the same fact is left alone. Answers
    how many marks were opened.
    """
    references = PublicationReference.objects.filter(
        target_type=fact_type,
        target_uid__in=list(uids),
        publication__in=Publication.objects.filter(visible_until__gt=timezone.now()),
    )
    wanted = set(references.values_list("publication__document_uid", "target_uid"))
    waiting = set(
        Recheck.objects.open()
        .filter(fact_type=fact_type)
        .values_list("document_uid", "fact_uid")
    )
    marks = [
        Recheck(
            document_uid=document_uid,
            fact_type=fact_type,
            fact_uid=fact_uid,
            reason=reason[:300],
        )
        for document_uid, fact_uid in sorted(wanted - waiting)
    ]
    Recheck.objects.bulk_create(marks, ignore_conflicts=True)
    return len(marks)


def close_rechecks(
    document_uid: UUID, *, opened_by: datetime.datetime | None = None
) -> int:
    """The document was read against its facts again: close its marks."""
    now = timezone.now()
    marks = Recheck.objects.open().of_document(document_uid)
    return int(marks.filter(opened_at__lte=opened_by or now).update(closed_at=now))
