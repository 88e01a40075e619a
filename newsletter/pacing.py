"""At most so many letters of a mailing a second, however many workers send it.

The moments at which letters may go are given out by the row of the mailing: whoever
takes some moves `paced_to` on. They are taken a tenth of a second's worth at a time,
so that neither the row nor a worker that dies with some of them slows anybody down.
"""

import datetime
import time
from collections import deque
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from newsletter.models import Mailing

SECOND = datetime.timedelta(seconds=1)
SHARE = 10
"""Into how many parts the letters of a second are given out."""


@transaction.atomic
def reserve(mailing_pk: int) -> list[datetime.datetime]:
    """The next moments at which the caller may send one letter each."""
    rows = Mailing.objects.only("per_second", "paced_to").select_for_update()
    mailing = rows.get(pk=mailing_pk)
    number = max(1, mailing.per_second // SHARE)
    step = SECOND / max(1, mailing.per_second)
    now = timezone.now()
    begin = max(now, mailing.paced_to or now)
    mailing.paced_to = begin + number * step
    mailing.save(update_fields=["paced_to"])
    return [begin + each * step for each in range(number)]


class Pace:
    """The moments that one worker holds."""

    def __init__(self, sleep: Callable[[float], None] = time.sleep) -> None:
        self._sleep = sleep
        self._moments: dict[int, deque[datetime.datetime]] = {}

    def wait(self, mailing_pk: int) -> None:
        """Until this worker may send one more letter of the mailing."""
        now = timezone.now()
        held = self._moments.setdefault(mailing_pk, deque())
        while held and held[0] <= now - SECOND:  # a burst, if they were made up for
            held.popleft()
        if not held:
            held.extend(reserve(mailing_pk))
        seconds = (held.popleft() - now).total_seconds()
        if seconds > 0:
            self._sleep(seconds)
