"""What changed in one fact of the catalogue, in sentences for whoever watches it."""

import datetime
from collections.abc import Collection
from uuid import UUID

from django.db.models import Max

from catalog.history import change_log, cited_by
from catalog.tracked import TRACKED
from newsletter.digest.added_facts import release_happenings
from newsletter.digest.happenings import Span
from newsletter.digest.seen_prices import price_happenings

MOST_LINES = 12


def changed_at(
    type_name: str, uids: Collection[UUID], *, after: datetime.datetime
) -> dict[UUID, datetime.datetime]:
    """When each fact or a row of it last changed since `after`.

    One statement for each kind of row.
    """
    latest: dict[UUID, datetime.datetime] = {}
    for part in TRACKED[type_name]:
        owner = f"{part.owner}__uid" if part.owner else "uid"
        rows = part.model.history.filter(
            **{f"{owner}__in": list(uids)}, history_date__gt=after
        )
        ordered = rows.order_by().values(owner).annotate(at=Max("history_date"))
        for row in ordered:
            uid = row[owner]
            latest[uid] = max(row["at"], latest.get(uid, row["at"]))
    return latest


def changes_of(
    type_name: str, uid: UUID, *, since: datetime.datetime, until: datetime.datetime
) -> list[str]:
    """New prices, new releases and changed fields that readers see."""
    span = Span(since, until)
    told = [row.text for row in price_happenings(span, uids=[uid])]
    if type_name == "engine":
        seen = release_happenings(span, engine_uids=[uid])
        told += [f"{row.title}. {row.text}" for row in seen]
    told += _changed_fields(type_name, uid, span, skip_releases=bool(told))
    if len(told) > MOST_LINES:
        rest = len(told) - MOST_LINES
        told = [*told[:MOST_LINES], f"{rest} more stand on the page of changes."]
    return told


def _changed_fields(
    type_name: str, uid: UUID, span: Span, *, skip_releases: bool
) -> list[str]:
    """`Memory bandwidth (GB/s): 1 008 → 1 010.` for each change with its fields."""
    parts = TRACKED[type_name]
    fact = parts[0].model._default_manager.filter(uid=uid).first()
    if fact is None:
        return []
    found = []
    log = change_log(fact, parts, citations=cited_by([uid]))
    for change in reversed(log):
        is_release = skip_releases and change.what.startswith("Release")
        if change.fields and span.holds(change.at) and not is_release:
            what = f"{change.what}: " if change.what else ""
            found.append(f"{what}{change.summary}.")
    return found
