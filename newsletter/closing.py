"""What becomes of mailings by themselves: paused when stale, closed when done."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from editorial.models import EventAction
from newsletter.models import Letter, LetterState, Mailing, MailingState
from newsletter.trail import log

CALLED_OFF = "The mailing was called off."
WAITED = "It had waited for too long."
LETTERS_KEPT = datetime.timedelta(days=30)
"""How long the row of a letter that belongs to no mailing is kept once it is over."""


def pause_what_is_stale() -> None:
    """A mailing that waited for too long waits on, until somebody says otherwise."""
    for mailing in Mailing.objects.stale(timezone.now()).defer("html", "text"):
        with transaction.atomic():
            rows = Mailing.objects.stale(timezone.now()).filter(pk=mailing.pk)
            if rows.update(state=MailingState.PAUSED):
                log(EventAction.MAIL_PAUSE, mailing, None, WAITED)


def finish_what_is_done() -> None:
    """Close the mailings of which no letter is left to send."""
    for mailing in Mailing.objects.sending().only("pk"):
        if not mailing.letters.unfinished().exists():
            rows = Mailing.objects.sending().filter(pk=mailing.pk)
            rows.update(state=MailingState.DONE, finished_at=timezone.now())
    # A refusal may have come back after its mailing was called off.
    cancel(Letter.objects.of_called_off_mailings().pending())


def cancel(letters: Any) -> None:
    """Letters that nobody has begun to hand over are not sent any more."""
    letters.update(
        state=LetterState.CANCELLED,
        sentence=CALLED_OFF,
        finished_at=timezone.now(),
        claim=None,
        leased_until=None,
    )


def forget_letters(now: datetime.datetime) -> None:
    """Delete the rows of confirmations and the like that ended long ago."""
    rows = Letter.objects.of_no_mailing().finished_before(now - LETTERS_KEPT)
    rows.delete()
