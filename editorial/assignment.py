"""Who has a text next, until when, and what they were asked."""

import datetime
from typing import Any

from django.db import transaction
from django.utils.formats import date_format

from editorial.desk.addresses import desk_link
from editorial.mailing import can_be_mailed, mail_after_commit
from editorial.models import EditorialEvent, EventAction
from editorial.problems import WrongStateError
from editorial.rights import objection
from editorial.transitions import begin, log, name_of
from editorial.vocabularies import ReviewState

NOBODY = {"assigned_to": None, "assigned_due_on": None, "assigned_note": ""}
"""What a document says once nobody has to do anything with it."""


@transaction.atomic
def assign(
    document: Any,
    *,
    by: Any,
    assignee: Any,
    due_on: datetime.date | None = None,
    note: str = "",
) -> None:
    """Give the review of a text to `assignee`, or with None to whoever comes first.

    Raises WrongStateError for a text that is not in review and for somebody who may
    not approve it, NotAllowedError.
    """
    row = begin("assign", document, by)
    if row.review_state != ReviewState.IN_REVIEW:
        raise WrongStateError("Only a text in review can be given to a reviewer.")
    values = handed_to(assignee, row, due_on=due_on, note=note)
    for name, value in values.items():
        setattr(row, name, value)
        setattr(document, name, value)
    row.save(update_fields=list(values))
    log(EventAction.ASSIGN, row, by=by, note=summary_of(row), digest=row.working_digest)
    tell_assignee(row, by=by, did="asks you to review")


def handed_to(
    assignee: Any, row: Any, *, due_on: datetime.date | None, note: str
) -> dict[str, Any]:
    """The document's fields once `assignee` has its review.

    Raises WrongStateError for somebody who may not approve it.
    """
    if assignee is not None and (sentence := objection(assignee, "approve", row)):
        raise WrongStateError(
            f"{name_of(assignee)} cannot review this text, as they wrote it or may not "
            f"approve. Choose somebody else. ({sentence})"
        )
    return {"assigned_to": assignee, "assigned_due_on": due_on, "assigned_note": note}


def summary_of(row: Any) -> str:
    """For the log: to whom, until when, and the note."""
    who = name_of(row.assigned_to) if row.assigned_to else "whoever comes first"
    until = f", by {_day(row.assigned_due_on)}" if row.assigned_due_on else ""
    note = f": {row.assigned_note}" if row.assigned_note else "."
    return f"To {who}{until}{note}"[:300]


def submitter_of(row: Any) -> Any:
    """Who sent the text to review last, while they are still there."""
    events = EditorialEvent.objects.of_document(row.uid).of_action(EventAction.SUBMIT)
    newest = events.select_related("actor").first()
    person = newest.actor if newest else None
    return person if person is not None and person.is_active else None


def tell_assignee(row: Any, *, by: Any, did: str) -> None:
    """A mail to whoever has the text now, unless they took it themselves."""
    person = row.assigned_to
    if not can_be_mailed(person) or person == by:
        return
    due = f"Until: {_day(row.assigned_due_on)}\n" if row.assigned_due_on else ""
    note = f"\nNote:\n    {row.assigned_note}\n" if row.assigned_note else ""
    mail_after_commit(
        person,
        subject=f"{row}: {row.get_review_state_display()}",
        text=(
            f"{name_of(by)} {did} “{row}”.\n{due}{note}\n"
            f"Open it: {desk_link(row, 'change')}\n\n"
            "-- \nYou get this mail because the text is assigned to you.\n"
        ),
    )


def _day(day: datetime.date) -> str:
    return date_format(day, "j F Y")
