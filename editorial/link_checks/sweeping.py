"""One pass over the sources whose pages are due. Several may run at once."""

import datetime
import time
from collections.abc import Callable, Iterator

from django.utils import timezone

from editorial.link_checks.asking import Answer, ask
from editorial.models import LinkCheck, Source

GOOD_DAYS = 30
"""Days until a page that answered is asked again."""

LONGEST_DAYS = 32
"""A failure is asked again after 1, 2, 4 … days, at most these."""

LEASE = datetime.timedelta(minutes=10)
"""How long one process keeps a row: longer than all requests for it can take."""

HOST_PAUSE_SECONDS = 2.0
BATCH = 200


def due_checks(limit: int) -> list[LinkCheck]:
    """Up to `limit` rows that are due, the longest overdue first."""
    rows = LinkCheck.objects.due_at(timezone.now()).select_related("source")
    return list(rows.order_by("next_check_at", "pk")[:limit])


def due_addresses(limit: int) -> list[str]:
    """What a sweep would ask now, those never asked last."""
    known = [check.source.url for check in due_checks(limit)]
    new = Source.objects.filter(link_check=None).order_by("pk")
    return [*known, *new.values_list("url", flat=True)[: limit - len(known)]]


def add_missing_checks() -> None:
    """A row for every source that has none yet."""
    new = Source.objects.filter(link_check=None)
    LinkCheck.objects.bulk_create(
        (LinkCheck(source=source, url=source.url) for source in new),
        batch_size=BATCH,
        ignore_conflicts=True,
    )


def sweep(
    limit: int,
    *,
    ask_page: Callable[[str], Answer] = ask,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[tuple[str, Answer]]:
    """Ask up to `limit` pages and keep what each said. Safe to stop at any time."""
    add_missing_checks()
    asked_at: dict[str, float] = {}
    for check in due_checks(limit):
        lease = claim(check)
        if lease is None:
            continue
        host = check.source.host
        if host in asked_at:
            waited = time.monotonic() - asked_at[host]
            if waited < HOST_PAUSE_SECONDS:
                sleep(HOST_PAUSE_SECONDS - waited)
        answer = ask_page(check.source.url)
        asked_at[host] = time.monotonic()
        keep(check, lease, answer)
        yield check.source.url, answer


def claim(check: LinkCheck) -> datetime.datetime | None:
    """The end of our lease on a row; None where another process was quicker."""
    now = timezone.now()
    lease = now + LEASE
    rows = LinkCheck.objects.filter(pk__in=LinkCheck.objects.due_at(now).values("pk"))
    claimed = rows.filter(pk=check.pk, leased_until=check.leased_until)
    return lease if claimed.update(leased_until=lease) else None


def keep(check: LinkCheck, lease: datetime.datetime, answer: Answer) -> None:
    """Write an answer down, unless the lease ran out and somebody else has the row."""
    now = timezone.now()
    is_same_page = check.url == check.source.url
    failures = 0 if answer.is_good else (check.failures if is_same_page else 0) + 1
    days = min(2 ** (failures - 1), LONGEST_DAYS) if failures else GOOD_DAYS
    values = {
        "url": check.source.url,
        "status": answer.status,
        "note": answer.note,
        "moved_to": answer.moved_to[:500] if answer.is_good else "",
        "checked_at": now,
        "failures": min(failures, 30),
        "next_check_at": now + datetime.timedelta(days=days),
        "leased_until": now,
    }
    if answer.is_good or not is_same_page:
        values["good_at"] = now if answer.is_good else None
    LinkCheck.objects.filter(pk=check.pk, leased_until=lease).update(**values)
