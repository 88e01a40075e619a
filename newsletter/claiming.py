"""Letters taken by a worker, flipped right before they are handed over, given back.

Every change is an UPDATE that asks for the state and the worker's own mark, in a
transaction of its own, so that no two workers ever hold one row. On PostgreSQL rows
that another worker is taking are passed over; on SQLite writers wait for each other.
"""

import datetime
import enum
import uuid

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from newsletter.building import recipients
from newsletter.messages import message_id_of
from newsletter.models import Letter, LetterState, Mailing, Suppression
from newsletter.models.letter import LetterQuerySet
from newsletter.spelling import address_hashes, key_of

LEASE = datetime.timedelta(minutes=3)
"""How long a letter waits for a worker that has died: longer than one can take."""

BATCH = 50
BATCH_SECONDS = 2
"""What a worker takes at most: so many, and as many as may go in this time."""

LOST = (
    "The worker stopped while it was handing this over: it may have gone out. It is "
    "not sent again unless somebody says so."
)
UNWANTED = "Nobody wants it there any more: they left, paused, or cannot be reached."


class Begun(enum.Enum):
    GO = enum.auto()
    SKIP = enum.auto()
    STOP = enum.auto()


def claim_next(mark: uuid.UUID) -> list[Letter]:
    """Some letters for the worker with this mark; none where nothing is due.

    Letters that somebody waits for come before those of any mailing.
    """
    now = timezone.now()
    if letters := _claim(Letter.objects.of_no_mailing(), BATCH, mark, now):
        return letters
    for mailing in Mailing.objects.sendable(now).least_busy_first():
        number = max(1, min(BATCH, mailing.per_second * BATCH_SECONDS))
        letters = _claim(mailing.letters.all(), number, mark, now)
        for letter in letters:
            letter.mailing = mailing
        if letters:
            return letters
    return []


def _claim(
    rows: LetterQuerySet, number: int, mark: uuid.UUID, now: datetime.datetime
) -> list[Letter]:
    due = rows.due(now).order_by("pk")
    if not due.exists():  # without the lock that a transaction takes on SQLite
        return []
    with transaction.atomic():
        free = due.select_for_update(skip_locked=True)
        keys = list(free.values_list("pk", flat=True)[:number])
        taken = Letter.objects.pending().filter(pk__in=keys)
        taken.update(state=LetterState.CLAIMED, claim=mark, leased_until=now + LEASE)
    mine = Letter.objects.held_by(mark).filter(pk__in=keys)
    return list(mine.select_related("subscriber").order_by("pk"))


@transaction.atomic
def begin(letter: Letter, mark: uuid.UUID) -> Begun:
    """Flip one row to *sending*: GO says that it is to be handed over now.

    Looks once more whether it is still wanted. STOP: its mailing does not go on.
    """
    now = timezone.now()
    if letter.mailing is not None and not _may_go(letter.mailing, now):
        return Begun.STOP
    row = Letter.objects.held_by(mark).filter(pk=letter.pk)
    if not is_wanted(letter, now.date()):
        row.update(
            state=LetterState.CANCELLED,
            finished_at=now,
            leased_until=None,
            sentence=UNWANTED,
        )
        return Begun.SKIP
    letter.message_id = message_id_of(letter)
    is_mine = row.update(
        state=LetterState.SENDING,
        message_id=letter.message_id,
        attempts=F("attempts") + 1,
        leased_until=now + LEASE,
    )
    letter.attempts += 1
    return Begun.GO if is_mine else Begun.SKIP


def _may_go(mailing: Mailing, now: datetime.datetime) -> bool:
    return bool(Mailing.objects.sendable(now).filter(pk=mailing.pk).exists())


def is_wanted(letter: Letter, today: datetime.date) -> bool:
    """Whether a letter may still go to its address on that day."""
    hashes = address_hashes(key_of(letter.address))
    if Suppression.objects.barring().of(hashes).exists():
        return False
    if letter.mailing is None:
        return True
    people = recipients(letter.mailing, today)
    return bool(people.filter(pk=letter.subscriber_id).exists())


def give_back(mark: uuid.UUID) -> int:
    """Let others have what this worker took and did not begin."""
    return Letter.objects.held_by(mark).update(
        state=LetterState.PENDING, claim=None, leased_until=None
    )


def recover(now: datetime.datetime) -> None:
    """What workers left that did not come back before their lease was over."""
    over = Letter.objects.overrun(now)
    over.claimed().update(state=LetterState.PENDING, claim=None, leased_until=None)
    over.being_sent().update(
        state=LetterState.UNCERTAIN, finished_at=now, leased_until=None, sentence=LOST
    )
