"""What the desk decides on a report. Each verb asks the right and is logged."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from editorial.models import Correction, EditorialEvent, EventAction, Report
from editorial.models.correction import days_between
from editorial.problems import NotAllowedError, WrongStateError
from editorial.registry import document_kinds
from editorial.reports.answering import send_outcome
from editorial.rights import objection
from editorial.vocabularies import ReportState


@dataclass(frozen=True)
class Fix:
    """Where a mistake was corrected: a version of the text, or a fact without one."""

    version: int | None = None
    path: str = ""


def _begin(verb: str, report: Report, by: Any) -> Report:
    """The locked row, if it is open and this person may."""
    row = Report.objects.select_for_update().get(pk=report.pk)
    if sentence := objection(by, verb, row):
        raise NotAllowedError(sentence)
    if not row.is_open:
        raise WrongStateError(f"This report is closed: {row.get_state_display()}.")
    return row


def _log(action: EventAction, report: Report, by: Any, note: str = "") -> None:
    """Under the document that it is about; under the report itself for a fact."""
    kinds = {kind.name for kind in document_kinds()}
    is_document = report.subject_uid is not None and report.kind in kinds
    EditorialEvent.objects.create(
        document_uid=report.subject_uid if is_document else report.uid,
        kind=report.kind if is_document else "report",
        action=action,
        actor=by,
        note=note[:300],
    )


def _close(report: Report, state: ReportState, *, by: Any, answer: str = "") -> None:
    """Close it, and after the commit tell the reader who left an address."""
    report.state = state
    report.answer = answer
    report.closed_at = timezone.now()
    report.taken_by = report.taken_by or by
    if state == ReportState.SPAM:
        report.mail_address = ""
    report.save()
    if report.mail_address:
        transaction.on_commit(partial(send_outcome, report.pk))


@transaction.atomic
def take(report: Report, *, by: Any) -> Report:
    """Say that `by` looks at it."""
    row = _begin("take", report, by)
    row.taken_by = by
    row.save(update_fields=["taken_by"])
    _log(EventAction.REPORT_TAKE, row, by)
    return row


@transaction.atomic
def accept(report: Report, *, by: Any) -> Report:
    """Say that the reader is right; it stays open until it is corrected."""
    row = _begin("accept", report, by)
    if row.state != ReportState.NEW:
        raise WrongStateError("This report has been accepted already.")
    row.state = ReportState.ACCEPTED
    row.taken_by = row.taken_by or by
    row.save(update_fields=["state", "taken_by"])
    _log(EventAction.REPORT_ACCEPT, row, by)
    return row


@transaction.atomic
def fix(
    report: Report,
    *,
    by: Any,
    was_wrong: str,
    says_now: str,
    fix: Fix,
    is_public: bool,
) -> Report:
    """Close it as corrected, and write the correction into the public log.

    A correction that is not for the log, as of a typing error, is still logged in the
    desk and told to the reader.
    """
    row = _begin("fix", report, by)
    now = timezone.now()
    if is_public:
        row.correction = Correction.objects.create(
            page_path=row.page_path,
            page_title=row.page_title,
            subject_uid=row.subject_uid,
            place=row.place,
            place_label=row.place_label,
            was_wrong=was_wrong,
            says_now=says_now,
            reported_at=row.received_at,
            corrected_at=now,
            days_taken=days_between(row.received_at, now),
            version=fix.version,
            fix_path=fix.path,
        )
    answer = f"{was_wrong} {says_now}"
    _close(row, ReportState.FIXED, by=by, answer=answer)
    _log(EventAction.REPORT_FIX, row, by, was_wrong)
    return row


@transaction.atomic
def refuse(report: Report, *, by: Any, reason: str) -> Report:
    """Close it as no mistake; the reason goes to the reader who left an address."""
    row = _begin("refuse", report, by)
    _close(row, ReportState.NOT_A_MISTAKE, by=by, answer=reason)
    _log(EventAction.REPORT_REFUSE, row, by, reason)
    return row


@transaction.atomic
def mark_duplicate(report: Report, *, by: Any, of: Report) -> Report:
    """Close it in favour of another report on the same page."""
    row = _begin("mark_duplicate", report, by)
    if not Report.objects.on_same_page(row).filter(pk=of.pk).exists():
        raise WrongStateError("Choose another report on the same page.")
    row.duplicate_of = of
    _close(row, ReportState.DUPLICATE, by=by)
    _log(
        EventAction.REPORT_DUPLICATE,
        row,
        by,
        f"Of the report of {of.received_at:%d %b %Y}.",
    )
    return row


@transaction.atomic
def mark_spam(report: Report, *, by: Any) -> Report:
    """Close it without an answer, and forget the address at once."""
    row = _begin("mark_spam", report, by)
    _close(row, ReportState.SPAM, by=by)
    _log(EventAction.REPORT_SPAM, row, by)
    return row
