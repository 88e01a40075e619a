"""What the desk does with reports: states, rights, the log, mails and forgetting."""

import datetime

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from editorial.models import Correction, EditorialEvent, Report
from editorial.problems import NotAllowedError, WrongStateError
from editorial.reports.handling import (
    Fix,
    accept,
    fix,
    mark_duplicate,
    mark_spam,
    refuse,
    take,
)
from tests.editorial.factories import make_publisher, make_writer
from tests.reports.factories import COMPARE, make_report

pytestmark = pytest.mark.django_db
READER = "reader@example.org"
WORDS = {"was_wrong": "The port was wrong.", "says_now": "It is 8080."}


@pytest.fixture
def moderator():
    return make_publisher()


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    """`with commits():` runs what waits for the commit, as a request would."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def fixed(report, by, *, version=2, is_public=True):
    where = Fix(version, f"{COMPARE}history/")
    return fix(report, by=by, fix=where, is_public=is_public, **WORDS)


STEPS = [
    lambda report, by: take(report, by=by),
    lambda report, by: accept(report, by=by),
    lambda report, by: fixed(report, by),
    lambda report, by: refuse(report, by=by, reason="It is so."),
    lambda report, by: mark_duplicate(report, by=by, of=make_report()),
    lambda report, by: mark_spam(report, by=by),
]


@pytest.mark.parametrize("step", STEPS)
def test_a_writer_may_take_no_step(step):
    with pytest.raises(NotAllowedError):
        step(make_report(), make_writer())


@pytest.mark.parametrize("step", STEPS)
def test_nothing_more_happens_to_a_closed_report(step, moderator):
    report = refuse(make_report(), by=moderator, reason="It is so.")

    with pytest.raises(WrongStateError):
        step(report, moderator)


@pytest.mark.parametrize(
    ("step", "state", "action"),
    [
        *zip(
            STEPS,
            ["new", "accepted", "fixed", "not_a_mistake", "duplicate", "spam"],
            ["take", "accept", "fix", "refuse", "duplicate", "spam"],
            strict=True,
        )
    ],
)
def test_each_step_is_logged_under_the_document(step, state, action, moderator):
    report = make_report()

    step(report, moderator)

    report.refresh_from_db()
    assert report.state == state and report.taken_by == moderator
    assert (report.closed_at is None) == report.is_open
    event = EditorialEvent.objects.of_action(f"report_{action}").get()
    assert (event.document_uid, event.kind) == (report.subject_uid, "comparison")
    assert event.actor == moderator


def test_a_step_on_a_fact_or_page_is_logged_under_the_report(moderator):
    report = make_report(page_path="/methodology/", page_title="Methodology")

    take(report, by=moderator)

    event = EditorialEvent.objects.of_action("report_take").get()
    assert (event.document_uid, event.kind) == (report.uid, "report")


def test_a_report_is_accepted_once(moderator):
    report = accept(make_report(), by=moderator)

    with pytest.raises(WrongStateError):
        accept(report, by=moderator)


def test_a_fix_is_written_into_the_public_log_with_the_time_it_took(moderator):
    now = timezone.now()
    report = make_report(received_at=now - datetime.timedelta(days=2, hours=1))

    fixed(report, moderator)

    row = Correction.objects.get()
    assert (row.page_path, row.place_label) == (COMPARE, "The answer")
    assert (row.was_wrong, row.says_now) == tuple(WORDS.values())
    assert (row.days_taken, row.version) == (3, 2)
    assert row.subject_uid == report.subject_uid


def test_a_fix_of_a_spelling_mistake_may_stay_out_of_the_log(moderator):
    report = fixed(make_report(), moderator, is_public=False)

    assert report.state == "fixed" and report.correction is None
    assert not Correction.objects.exists()


def test_a_report_repeats_only_another_on_the_same_page(moderator):
    report = make_report()
    for other in (report, make_report(page_path="/hardware/", page_title="List")):
        with pytest.raises(WrongStateError):
            mark_duplicate(report, by=moderator, of=other)


@pytest.mark.parametrize(
    ("step", "subject", "words"),
    [
        (fixed, "Corrected: Alpha vs Beta", "The port was wrong. It is 8080."),
        (STEPS[3], "Looked at, not changed: Alpha vs Beta", "It is so."),
        (STEPS[4], "Known already: Alpha vs Beta", "reported the same before you"),
    ],
)
def test_a_reader_who_left_an_address_gets_one_mail(
    step, subject, words, moderator, commits
):
    report = make_report(mail_address=READER)

    with commits():
        step(report, moderator)

    [sent] = mail.outbox
    assert (sent.subject, sent.to) == (subject, [READER])
    assert words in sent.body and COMPARE in sent.body
    assert "&" not in sent.body and "<" not in sent.body


def test_nobody_else_is_written_to(moderator, commits):
    with commits():
        fixed(make_report(), moderator)
        mark_spam(make_report(mail_address=READER), by=moderator)
        accept(make_report(mail_address=READER), by=moderator)

    assert mail.outbox == []


def test_no_title_or_text_can_add_a_header_to_the_mail(moderator, commits):
    title = "Alpha\r\nBcc: victim@example.org"
    report = make_report(mail_address=READER, page_title=title)

    with commits():
        refuse(report, by=moderator, reason="No.\nBcc: victim@example.org")

    message = mail.outbox[0].message()
    assert message["Bcc"] is None and "\n" not in mail.outbox[0].subject


def test_a_mail_server_that_is_away_undoes_nothing(moderator, commits, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    report = make_report(mail_address=READER)

    with commits():
        fixed(report, moderator)

    report.refresh_from_db()
    assert report.state == "fixed"


def test_an_address_is_erased_thirty_days_after_the_answer(moderator):
    answered = fixed(make_report(mail_address=READER), moderator)
    waiting = make_report(mail_address=READER)

    def addresses_after(days):
        with time_machine.travel(timezone.now() + datetime.timedelta(days=days)):
            call_command("forget_addresses", verbosity=0)
        rows = Report.objects.filter(pk__in=[answered.pk, waiting.pk]).order_by("pk")
        return list(rows.values_list("mail_address", flat=True))

    assert addresses_after(29) == [READER, READER]
    assert addresses_after(31) == ["", READER]


def test_spam_loses_its_address_at_once(moderator):
    report = mark_spam(make_report(mail_address=READER), by=moderator)

    report.refresh_from_db()
    assert report.mail_address == ""
