"""What waits is sent: taken, flipped, handed over, written down, one after another.

A sweep may be stopped at any time and several may run at once. It keeps nothing but
its mark, under which rows are its own until their lease is over.
"""

import datetime
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import structlog
from django.utils import timezone

from newsletter.building import build_some
from newsletter.claiming import Begun, begin, claim_next, give_back, recover
from newsletter.closing import finish_what_is_done, pause_what_is_stale
from newsletter.handing_over import Counter
from newsletter.messages import message_for
from newsletter.models import Letter, LetterState
from newsletter.outcomes import Outcome, Verdict
from newsletter.pacing import Pace

MAX_ATTEMPTS = 8
FIRST_WAIT = datetime.timedelta(minutes=1)
"""Until a letter is tried again; three times as long after each further refusal."""

LONGEST_WAIT = datetime.timedelta(hours=6)
TROUBLES = 3
"""After so many errors in a row that speak of us or of the server, a sweep ends."""

ONE_BATCH_SECONDS = 5.0
"""After this long a worker looks whether letters have come in that go first."""

NOT_DRAWN = "It could not be written, so it was not sent. The log of the site says why."

logger = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Swept:
    """`is_troubled`: it ended because the mail server takes nothing from us."""

    sent_count: int
    is_troubled: bool


def sweep(
    *,
    seconds: float,
    when_going: Callable[[], None] = lambda: None,
    sleep: Callable[[float], None] = time.sleep,
) -> Swept:
    """Send for about so long, or until nothing is due.

    `when_going()` is called once mail goes out and there is more of it: the moment for
    another worker to join in.
    """
    recover(timezone.now())
    pause_what_is_stale()
    run = Run(ends_at=time.monotonic() + seconds, sleep=sleep)
    try:
        run.work(when_going)
    finally:
        run.end()
    finish_what_is_done()
    return Swept(run.sent_count, run.is_troubled)


class Run:
    """One worker's way through what is due."""

    def __init__(
        self,
        *,
        ends_at: float,
        sleep: Callable[[float], None] = time.sleep,
        mark: uuid.UUID | None = None,
    ) -> None:
        self.mark = mark or uuid.uuid4()
        self.sent_count = 0
        self._ends_at = ends_at
        self._pace = Pace(sleep)
        self._counter = Counter()
        self._troubles = 0

    @property
    def is_troubled(self) -> bool:
        return self._troubles >= TROUBLES

    @property
    def _is_over(self) -> bool:
        return self.is_troubled or time.monotonic() >= self._ends_at

    def work(self, when_going: Callable[[], None] = lambda: None) -> None:
        is_alone = True
        while not self._is_over:
            is_building = build_some()
            letters = claim_next(self.mark)
            if not letters and not is_building:
                return
            if letters and is_alone and self.sent_count:
                when_going()
                is_alone = False
            self._send_batch(letters)
            give_back(self.mark)

    def end(self) -> None:
        give_back(self.mark)
        self._counter.close()

    def _send_batch(self, letters: list[Letter]) -> None:
        batch_ends_at = time.monotonic() + ONE_BATCH_SECONDS
        for letter in letters:
            if self._is_over or time.monotonic() >= batch_ends_at:
                return
            if letter.mailing_id is not None:
                self._pace.wait(letter.mailing_id)
            begun = begin(letter, self.mark)
            if begun is Begun.STOP:
                return
            if begun is Begun.GO:
                self._send(letter)

    def _send(self, letter: Letter) -> None:
        try:
            message = message_for(letter)
        except Exception:  # one broken letter must not keep the others waiting
            logger.exception("letter_not_drawn", letter=letter.pk)
            outcome = Outcome(Verdict.FAILED, NOT_DRAWN, is_about_us=True)
        else:
            outcome = self._counter.hand_over(message)
        write_outcome(letter, self.mark, outcome)
        self.sent_count += outcome.verdict is Verdict.SENT
        self._troubles = self._troubles + 1 if outcome.is_about_us else 0


def write_outcome(letter: Letter, mark: uuid.UUID, outcome: Outcome) -> None:
    """What became of a letter that this worker handed over."""
    now = timezone.now()
    values: dict[str, Any] = {"sentence": outcome.sentence, "leased_until": None}
    if outcome.verdict is Verdict.LATER and letter.attempts < MAX_ATTEMPTS:
        values |= {
            "state": LetterState.PENDING,
            "claim": None,
            "due_at": now + wait_after(letter.attempts),
        }
    else:
        values |= {"state": _end_state(outcome.verdict), "finished_at": now}
        if outcome.verdict is Verdict.SENT and letter.mailing_id is None:
            # It held links or data for one pair of eyes: no need to keep them.
            values |= {"text": "", "html": ""}
    Letter.objects.handed_over_by(mark).filter(pk=letter.pk).update(**values)


def wait_after(attempts: int) -> datetime.timedelta:
    return min(LONGEST_WAIT, FIRST_WAIT * int(3 ** (attempts - 1)))


def _end_state(verdict: Verdict) -> LetterState:
    if verdict is Verdict.LATER:
        return LetterState.FAILED
    return LetterState(verdict.value)
