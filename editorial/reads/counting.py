"""Adding up the reads of a log file: each line once, however often it is given."""

import hmac
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from editorial.models import CountedLog, PageReads
from editorial.reads.log_lines import PageRead, read_of

KEPT_DAYS = 400
"""Days for which sums are kept."""


class AnotherLogError(Exception):
    """Begins like a log that was counted and goes on differently."""


@dataclass(frozen=True)
class CountReport:
    lines: int
    new_lines: int
    reads: int
    pages: int


@transaction.atomic
def count_reads(lines: Iterable[str]) -> CountReport:
    """Add the reads of one log file, from its first line on.

    What was counted of the file before is passed over, so that a growing file may be
    given again and again. A last line without its end is left for the next time.
    Raises AnotherLogError.
    """
    log: CountedLog | None = None
    running = _keyed()
    found: Counter[PageRead] = Counter()
    number = 0
    for line in lines:
        if not line.endswith("\n"):
            break
        log = log or _log_that_begins_with(line)
        number += 1
        running.update(line.encode(errors="surrogateescape"))
        if number == log.lines and running.hexdigest() != log.digest:
            raise AnotherLogError(
                "It begins like a log that was counted and goes on differently. Give "
                "each log as a whole, from its first line."
            )
        if number > log.lines and (read := read_of(line)):
            found[read] += 1
    new = max(number - (log.lines if log else 0), 0)
    if log and new:
        _add(found)
        log.lines, log.digest = number, running.hexdigest()
        log.counted_at = timezone.now()
        log.save()
    return CountReport(number, new, found.total(), len({r.path for r in found}))


def _keyed() -> hmac.HMAC:
    return hmac.new(f"count_reads {settings.SECRET_KEY}".encode(), digestmod="sha256")


def _log_that_begins_with(line: str) -> CountedLog:
    mark = _keyed()
    mark.update(line.encode(errors="surrogateescape"))
    logs = CountedLog.objects.select_for_update()
    return logs.get_or_create(begins_with=mark.hexdigest())[0]


def _add(found: Counter[PageRead]) -> None:
    rows = [PageReads(path=read.path, day=read.day) for read in found]
    PageReads.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
    for read, count in sorted(
        found.items(), key=lambda item: (item[0].path, item[0].day)
    ):
        row = PageReads.objects.filter(path=read.path, day=read.day)
        row.update(reads=F("reads") + count)
    oldest = timezone.now().date() - timedelta(days=KEPT_DAYS)
    PageReads.objects.filter(day__lt=oldest).delete()
