"""Saying that a published text still holds, or that somebody has to look."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from editorial.models import EventAction, Publication, Recheck, Verification
from editorial.problems import WrongStateError
from editorial.rechecks import close_rechecks
from editorial.transitions import begin, log, name_of


@transaction.atomic
def verify(
    document: Any, *, by: Any, digest: str, seen_at: datetime.datetime, note: str
) -> Verification:
    """Record that `by` checked the live text that has `digest`.

    Closes the re-checks opened by `seen_at`: a fact that changed while the editor
    looked is still to be looked at. Raises WrongStateError when that text is not what
    readers see, NotAllowedError.
    """
    row = begin("verify", document, by)
    now = timezone.now()
    live = Publication.objects.of_document(row.uid).live_at(now).for_listing().first()
    if live is None:
        raise WrongStateError("It is not public, so there is nothing to verify.")
    if live.digest != digest:
        raise WrongStateError("Another version has gone live since. Read that one.")
    verification = Verification.objects.create(
        document_uid=row.uid,
        digest=digest,
        version=live.version,
        verified_on=now.date(),
        review_due_on=now.date() + datetime.timedelta(days=row.review_days),
        verified_by_name=name_of(by),
        note=note,
        verified_at=now,
    )
    close_rechecks(row.uid, opened_by=seen_at)
    details = {"note": note, "version": live.version}
    log(EventAction.VERIFY, row, by=by, digest=digest, **details)
    return verification


ASKED_BY_HAND = "document"
"""The type of a mark that no fact opened: it then names the document itself."""


@transaction.atomic
def ask_for_recheck(document: Any, *, by: Any, note: str) -> None:
    """Mark a published text as one that somebody has to look at again.

    A second request adds its reason to the log only. Raises WrongStateError when
    nothing is public, NotAllowedError.
    """
    row = begin("recheck", document, by)
    live = Publication.objects.of_document(row.uid).live().defer("body").first()
    if live is None:
        raise WrongStateError("It is not public, so there is nothing to look at again.")
    Recheck.objects.get_or_create(
        document_uid=row.uid,
        fact_type=ASKED_BY_HAND,
        fact_uid=row.uid,
        closed_at=None,
        defaults={"reason": note[:300]},
    )
    details = {"note": note, "version": live.version}
    log(EventAction.RECHECK, row, by=by, digest=live.digest, **details)
