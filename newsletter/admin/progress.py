"""How far a mailing is, in numbers worked out from its rows."""

import datetime
from dataclasses import dataclass

from newsletter.models import LetterState, Mailing, MailingState
from newsletter.models.letter import UNFINISHED

MINUTE = datetime.timedelta(minutes=1)
ROWS_SHOWN = 50
PATIENCE = datetime.timedelta(seconds=30)
"""After this long without a mail, while some are due, the page says what to do."""


@dataclass(frozen=True)
class Progress:
    """`rate` is mails a second over the last minute; `seconds_left` None: unknown."""

    state: str
    counts: list[tuple[str, str, int]]
    total: int
    finished: int
    uncertain: int
    failed: int
    rate: float
    seconds_left: int | None
    lacks_worker: bool

    @property
    def sentence(self) -> str:
        if self.state == MailingState.BUILDING:
            return f"Collecting recipients: {self.total:,} so far."
        words = f"{self.finished:,} of {self.total:,} letters are dealt with."
        if self.state == MailingState.SENDING:
            words += f" {self.rate:.1f} a second in the last minute."
        if self.seconds_left is not None:
            words += f" About {_duration(self.seconds_left)} to go."
        return words


def progress_of(mailing: Mailing, moment: datetime.datetime) -> Progress:
    """In three statements, whatever the number of letters."""
    by_state = mailing.letters.counted_by_state()
    total = sum(by_state.values())
    unfinished = sum(by_state[state] for state in UNFINISHED)
    since = max(moment - MINUTE, mailing.created_at)
    sent = mailing.letters.sent_since(since).count()
    rate = sent / max(1.0, (moment - since).total_seconds())
    is_going = mailing.state == MailingState.SENDING
    return Progress(
        state=mailing.state,
        counts=[
            (state, LetterState(state).label, by_state[state])
            for state in LetterState.values
        ],
        total=total,
        finished=total - unfinished,
        uncertain=by_state[LetterState.UNCERTAIN],
        failed=by_state[LetterState.FAILED],
        rate=rate,
        seconds_left=round(unfinished / rate) if rate and is_going else None,
        lacks_worker=not sent and _is_idle(mailing, moment),
    )


def _duration(seconds: int) -> str:
    if seconds < 90:
        return f"{seconds} seconds"
    minutes = round(seconds / 60)
    return f"{minutes} minutes" if minutes < 90 else f"{round(minutes / 60)} hours"


def _is_idle(mailing: Mailing, moment: datetime.datetime) -> bool:
    """Something could be done for it, and nobody does."""
    if moment - mailing.created_at < PATIENCE:
        return False
    if mailing.state == MailingState.BUILDING:
        return True
    is_sending = mailing.state == MailingState.SENDING
    return is_sending and mailing.letters.due(moment - PATIENCE).exists()
