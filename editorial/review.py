"""From draft to approval: who read what, and what the text still owes."""

import datetime
from typing import Any

from django.db import transaction
from django.utils.formats import date_format

from editorial.assignment import (
    NOBODY,
    handed_to,
    submitter_of,
    summary_of,
    tell_assignee,
)
from editorial.comments import comment_problems
from editorial.freezing import Body, digest_of, schema_problems
from editorial.models import DocumentPath, EventAction
from editorial.problems import NotReadyError, Problem, WrongStateError
from editorial.registry import document_kind
from editorial.text_checks.bodies import writing_problems
from editorial.transitions import begin, log, set_state
from editorial.vocabularies import ReviewState


def publication_problems(document: Any, body: Body | None = None) -> list[Problem]:
    """Everything that stands between `document` and its readers."""
    kind = document_kind(document.kind)
    body = kind.freeze(document) if body is None else body
    return [*text_problems(document, body), *comment_problems(document, body)]


def text_problems(document: Any, body: Body) -> list[Problem]:
    """What the text itself owes, whatever anybody says about it.

    The schema speaks like a program, and mostly of what is owed in words already. So it
    is the last to be asked: nothing that it refuses is ever published.
    """
    kind = document_kind(document.kind)
    told = [
        *kind.problems(document, body),
        *(row for row in writing_problems(body) if not row.is_advice),
        *_path_problems(document, kind.path(body)),
    ]
    return told or schema_problems(kind, body)


def publication_advice(
    body: Body, *, checked_on: datetime.date | None = None
) -> list[Problem]:
    """What would make the text better and blocks nothing.

    `checked_on` is the day on which the live text was last checked.
    """
    found = [row for row in writing_problems(body) if row.is_advice]
    if checked_on and body["verified_on"] < checked_on.isoformat():
        day = date_format(checked_on, "j F Y")
        sentence = (
            f"The live text was last checked on {day}; this draft names an earlier "
            "day, and its next version would too."
        )
        found.append(Problem(sentence, "verified_on", is_advice=True))
    return found


def _path_problems(document: Any, path: str) -> list[Problem]:
    claimed = DocumentPath.objects.filter(path=path).exclude(document_uid=document.uid)
    return [claimed_path_problem(path)] if claimed.exists() else []


def claimed_path_problem(path: str) -> Problem:
    return Problem(f"The address {path} belongs to another document.", "slug")


@transaction.atomic
def submit(
    document: Any,
    *,
    by: Any,
    note: str = "",
    assignee: Any = None,
    due_on: datetime.date | None = None,
) -> None:
    """Hand the working copy to review: to `assignee`, or to whoever comes first.

    Raises NotAllowedError, and WrongStateError for a text that is in review already or
    somebody who may not approve it.
    """
    row = begin("submit", document, by)
    if row.review_state not in {ReviewState.DRAFT, ReviewState.CHANGES_REQUESTED}:
        raise WrongStateError(f"It is already {row.get_review_state_display()}.")
    values = handed_to(assignee, row, due_on=due_on, note=note)
    set_state(document, row, review_state=ReviewState.IN_REVIEW, **values)
    summary = summary_of(row) if assignee or due_on else note
    log(EventAction.SUBMIT, row, by=by, note=summary, digest=row.working_digest)
    tell_assignee(row, by=by, did="asks you to review")


@transaction.atomic
def request_changes(document: Any, *, by: Any, note: str) -> None:
    """Give the text back to whoever sent it to review, saying what is missing."""
    row = begin("request_changes", document, by)
    if row.review_state not in {ReviewState.IN_REVIEW, ReviewState.APPROVED}:
        raise WrongStateError("Only a text in review can be given back.")
    set_state(
        document,
        row,
        review_state=ReviewState.CHANGES_REQUESTED,
        approved_digest="",
        assigned_to=submitter_of(row),
        assigned_due_on=None,
        assigned_note=note,
    )
    log(EventAction.REQUEST_CHANGES, row, by=by, note=note, digest=row.working_digest)
    tell_assignee(row, by=by, did="asks for changes in")


@transaction.atomic
def approve(document: Any, *, by: Any, digest: str, note: str = "") -> None:
    """Approve exactly the text whose `digest` the reviewer read.

    Raises WrongStateError when the text is not in review or has changed since it was
    shown, NotReadyError when it owes something, NotAllowedError.
    """
    row = begin("approve", document, by)
    if row.review_state != ReviewState.IN_REVIEW:
        raise WrongStateError("Only a text in review can be approved.")
    body = document_kind(row.kind).freeze(row)
    if digest_of(body) != digest:
        raise WrongStateError("The text has changed since you read it. Read it again.")
    if problems := publication_problems(row, body):
        raise NotReadyError(problems)
    set_state(
        document,
        row,
        review_state=ReviewState.APPROVED,
        approved_digest=digest,
        approved_by=by,
        **NOBODY,
    )
    log(EventAction.APPROVE, row, by=by, note=note, digest=digest)
