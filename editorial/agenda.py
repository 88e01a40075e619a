"""What goes live and what falls due, by day. All times are UTC."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from editorial.models import FOREVER, Bundle, BundleItem, Publication
from editorial.registry import document_kind
from editorial.timeline import TICK

DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class AgendaEntry:
    """One thing on the calendar: a version, a bundle of versions, or a due date.

    `at` is midnight where only the day counts. `bundle` or `document` is what it leads
    to; `document` is None where the working copy was deleted.
    """

    at: datetime.datetime
    what: str
    title: str
    version: Publication | None = None
    document: Any = None
    bundle: Bundle | None = None
    bundle_size: int = 0

    @property
    def is_due(self) -> bool:
        return self.what == FALLS_DUE

    @property
    def day(self) -> datetime.date:
        return self.at.date()


GOES_LIVE = "goes live"
WENT_LIVE = "went live"
FALLS_DUE = "falls due"


def agenda_between(
    begin: datetime.date,
    end: datetime.date,
    *,
    now: datetime.datetime,
    kinds: Collection[str],
) -> list[AgendaEntry]:
    """Everything from `begin` until the day before `end`, in order.

    Two statements for versions and bundles, one for due dates, one for each kind.
    """
    starting = Publication.objects.of_kinds(kinds).starting_between(
        _midnight(begin), _midnight(end)
    )
    due = Publication.objects.of_kinds(kinds).due_between(begin, end, now)
    return _with_documents([*_releases(starting, now), *_due_dates(due, now)])


def next_entries(
    number: int, *, now: datetime.datetime, kinds: Collection[str]
) -> list[AgendaEntry]:
    """The next `number` things from `now` on, in the same number of statements."""
    rows = Publication.objects.of_kinds(kinds)
    starting = rows.starting_between(now + TICK, FOREVER)[: number * 5]
    due = rows.due_between(now.date(), datetime.date.max, now)[: number * 3]
    entries = [*_releases(starting, now), *_due_dates(due, now)]
    return _with_documents(sorted(entries, key=_in_order)[:number])


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), tzinfo=datetime.UTC)


def _in_order(entry: AgendaEntry) -> tuple[datetime.datetime, str]:
    return entry.at, entry.title


def _releases(rows: Iterable[Publication], now: datetime.datetime) -> list[AgendaEntry]:
    """An entry for each version, and one for all versions of a bundle."""
    versions = list(rows)
    items = BundleItem.objects.of_publications([version.pk for version in versions])
    bundles = {item.publication_id: item.bundle for item in items}
    sizes: dict[int, int] = defaultdict(int)
    for bundle in bundles.values():
        sizes[bundle.pk] += 1
    entries = {}
    for version in versions:
        bundle = bundles.get(version.pk)
        key = ("bundle", bundle.pk) if bundle else ("version", version.pk)
        entries[key] = AgendaEntry(
            at=version.visible_from,
            what=GOES_LIVE if version.visible_from > now else WENT_LIVE,
            title=bundle.name if bundle else version.title,
            version=version,
            bundle=bundle,
            bundle_size=sizes[bundle.pk] if bundle else 0,
        )
    return list(entries.values())


def _due_dates(
    rows: Iterable[Publication], now: datetime.datetime
) -> list[AgendaEntry]:
    """What readers will see on its due day, unless another version takes its place."""
    entries = []
    for version in rows:
        due: datetime.date = version.due_on
        at = _midnight(due)
        if version.is_live_at(max(now, at + DAY - TICK)):
            entries.append(AgendaEntry(at, FALLS_DUE, version.title, version))
    return entries


def _with_documents(entries: list[AgendaEntry]) -> list[AgendaEntry]:
    uids: dict[str, list[UUID]] = defaultdict(list)
    for entry in entries:
        if entry.version is not None and entry.bundle is None:
            uids[entry.version.kind].append(entry.version.document_uid)
    documents: dict[UUID, Any] = {}
    for kind, wanted in uids.items():
        rows = document_kind(kind).model._default_manager
        documents |= rows.only("uid", "title").in_bulk(wanted, field_name="uid")
    return [
        replace(entry, document=documents.get(entry.version.document_uid))
        for entry in sorted(entries, key=_in_order)
        if entry.version is not None
    ]
