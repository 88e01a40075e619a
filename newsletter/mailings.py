"""One text to many: begun, paused, resumed, called off. The outbox sends it.

Each verb asks the right, locks the row and is logged.
"""

import datetime
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone

from editorial.models import EventAction, Publication
from editorial.problems import NotAllowedError, WrongStateError
from editorial.rights import objection
from newsletter.closing import CALLED_OFF, cancel
from newsletter.jobs import enqueue_sweep
from newsletter.marks import DrawnMail
from newsletter.models import Letter, LetterState, Mailing, MailingKind, MailingState
from newsletter.models.mailing import ON_THE_WAY
from newsletter.trail import log

FRESH = datetime.timedelta(hours=48)
"""How long a digest may wait before somebody has to say again that it should go."""

MAX_PER_SECOND = 1000


@transaction.atomic
def start_mailing(
    kind: MailingKind,
    mail: DrawnMail,
    *,
    key: str,
    publication: Publication | None = None,
    targets: tuple[str, ...] = (),
    by: Any = None,
) -> Mailing:
    """Write down that `mail` goes to everybody who wants it; a worker does the rest.

    A digest goes to its subscribers, a notice to whoever watches one of `targets`
    (uids as text). What was begun under `key` before is answered as it is.
    """
    mailing, is_new = Mailing.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "subject": mail.subject,
            "html": mail.html,
            "text": mail.text,
            "publication": publication,
            "targets": list(targets),
            "started_by": by,
            "fresh_until": timezone.now() + FRESH,
        },
    )
    if is_new:
        log(EventAction.MAIL_START, mailing, by)
        enqueue_sweep()
    return mailing


@transaction.atomic
def pause(mailing: Mailing, *, by: Any) -> Mailing:
    """Send no more of it for now. What is being handed over still goes out."""
    row = _begin("pause", mailing, by, ON_THE_WAY)
    row.state = MailingState.PAUSED
    row.save(update_fields=["state"])
    log(EventAction.MAIL_PAUSE, row, by)
    return row


@transaction.atomic
def resume(mailing: Mailing, *, by: Any) -> Mailing:
    row = _begin("resume", mailing, by, [MailingState.PAUSED])
    if row.is_stale_at(timezone.now()):
        raise WrongStateError("It has waited for too long: choose “Send anyway”.")
    _go_on(row)
    log(EventAction.MAIL_RESUME, row, by)
    return row


@transaction.atomic
def send_anyway(mailing: Mailing, *, by: Any) -> Mailing:
    """Say that it should still go out, although it waited for so long."""
    row = _begin("send_anyway", mailing, by, [MailingState.PAUSED])
    row.fresh_until = timezone.now() + FRESH
    _go_on(row)
    log(EventAction.MAIL_ANYWAY, row, by)
    return row


@transaction.atomic
def call_off(mailing: Mailing, *, by: Any) -> Mailing:
    """Send nothing more of it, ever."""
    row = _begin("call_off", mailing, by, [*ON_THE_WAY, MailingState.PAUSED])
    row.state, row.finished_at = MailingState.CANCELLED, timezone.now()
    row.save(update_fields=["state", "finished_at"])
    cancel(row.letters.pending())
    cancel(row.letters.claimed())
    log(EventAction.MAIL_CANCEL, row, by)
    return row


@transaction.atomic
def set_pace(mailing: Mailing, *, by: Any, per_second: int) -> Mailing:
    row = _begin("set_pace", mailing, by, [*ON_THE_WAY, MailingState.PAUSED])
    if not 1 <= per_second <= MAX_PER_SECOND:
        raise WrongStateError(f"Choose 1 to {MAX_PER_SECOND} mails a second.")
    row.per_second, row.paced_to = per_second, None
    row.save(update_fields=["per_second", "paced_to"])
    log(EventAction.MAIL_PACE, row, by, f"{per_second} a second")
    return row


@transaction.atomic
def send_again(letter: Letter, *, by: Any) -> Letter:
    """Somebody decided that a failed or uncertain letter is tried once more."""
    row = _settle("send_again", letter, by)
    row.state, row.due_at, row.attempts = LetterState.PENDING, timezone.now(), 0
    row.claim = row.finished_at = None
    row.sentence = ""
    row.save()
    if row.mailing is not None and row.mailing.state == MailingState.DONE:
        row.mailing.state, row.mailing.finished_at = MailingState.SENDING, None
        row.mailing.save(update_fields=["state", "finished_at"])
    log(EventAction.MAIL_AGAIN, row.mailing or row, by)
    enqueue_sweep()
    return row


@transaction.atomic
def leave_unsent(letter: Letter, *, by: Any) -> Letter:
    """Somebody decided that a failed or uncertain letter stays as it is."""
    row = _settle("leave_unsent", letter, by)
    row.state, row.claim = LetterState.SETTLED, None
    row.save(update_fields=["state", "claim"])
    log(EventAction.MAIL_LEAVE, row.mailing or row, by)
    return row


def _begin(verb: str, mailing: Mailing, by: Any, states: Collection[str]) -> Mailing:
    """The locked row, if it is in one of these states and this person may."""
    row = Mailing.objects.select_for_update().get(pk=mailing.pk)
    if sentence := objection(by, verb, row):
        raise NotAllowedError(sentence)
    if row.state not in states:
        raise WrongStateError(f"This mailing is {row.get_state_display()}.")
    return row


def _settle(verb: str, letter: Letter, by: Any) -> Letter:
    """The locked row of a letter that somebody has to decide about."""
    rows = Letter.objects.select_for_update(of=("self",)).select_related("mailing")
    row = rows.get(pk=letter.pk)
    if sentence := objection(by, verb, row):
        raise NotAllowedError(sentence)
    if row.state not in {LetterState.UNCERTAIN, LetterState.FAILED}:
        raise WrongStateError(f"This letter is {row.get_state_display()}.")
    if row.mailing is not None and row.mailing.state == MailingState.CANCELLED:
        raise WrongStateError(CALLED_OFF)
    return row


def _go_on(mailing: Mailing) -> None:
    is_built = mailing.built_at is not None
    mailing.state = MailingState.SENDING if is_built else MailingState.BUILDING
    mailing.paced_to = None
    mailing.save(update_fields=["state", "fresh_until", "paced_to"])
    enqueue_sweep()
