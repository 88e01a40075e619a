"""One plain mail with what came of a report, and forgetting the address afterwards."""

import datetime

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from editorial.models import Report
from editorial.vocabularies import ReportState

ADDRESS_KEPT_DAYS = 30
"""Days after the answer at which a reader's mail address is erased."""

SUBJECTS = {
    ReportState.FIXED: "Corrected",
    ReportState.NOT_A_MISTAKE: "Looked at, not changed",
    ReportState.DUPLICATE: "Known already",
}
log = structlog.get_logger("reports")


def outcome_mail(report: Report) -> EmailMessage:
    """The answer to the reader. The subject is one line, whatever the title holds."""
    state = ReportState(report.state)
    title = " ".join(report.page_title.split())
    context = {
        "report": report,
        "state": state.value,
        "site_name": settings.SITE_NAME,
        "page_url": f"{settings.SITE_URL}{report.page_path}",
        "log_url": f"{settings.SITE_URL}{reverse('corrections')}",
        "kept_days": ADDRESS_KEPT_DAYS,
    }
    return EmailMessage(
        subject=f"{SUBJECTS[state]}: {title}",
        body=render_to_string("emails/report_outcome.txt", context),
        to=[report.mail_address],
        headers={"Auto-Submitted": "auto-generated"},
    )


def send_outcome(pk: int) -> None:
    """A mail server that is away must not undo what the desk has decided."""
    report = Report.objects.get(pk=pk)
    if not report.mail_address:
        return
    try:
        outcome_mail(report).send()
    except OSError as error:
        log.error("report_answer_failed", report=str(report.uid), error=str(error))


def forget_addresses(now: datetime.datetime) -> int:
    """Erase the addresses of readers who were answered long enough ago."""
    limit = now - datetime.timedelta(days=ADDRESS_KEPT_DAYS)
    rows = Report.objects.with_address_answered_by(limit)
    return int(rows.update(mail_address=""))
