"""The desk's calendar: a month of what goes live and what falls due."""

import calendar
import datetime
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from editorial.agenda import AgendaEntry, agenda_between
from editorial.desk.queues import can_model
from editorial.models import Publication
from editorial.registry import document_kinds
from editorial.rights import can, objection

FIRST_YEAR, LAST_YEAR = 2000, 2999
MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
SHOWN = 12
"""Entries of a day on the page, until somebody asks for all."""

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True)
class AgendaDay:
    day: datetime.date
    is_in_month: bool
    is_today: bool
    entries: list[AgendaEntry]
    hidden_count: int = 0


@dataclass(frozen=True)
class AgendaWeek:
    days: list[AgendaDay]

    @property
    def is_empty(self) -> bool:
        """Nothing of it is to be shown in a list."""
        own = [day for day in self.days if day.is_in_month]
        return not any(day.entries or day.is_today for day in own)


@dataclass(frozen=True)
class Month:
    """`previous` and `next` are None at either end of the calendar."""

    first: datetime.date
    weeks: list[AgendaWeek]
    previous: datetime.date | None
    next: datetime.date | None
    count: int


def asked_month(text: str, today: datetime.date) -> tuple[datetime.date, str]:
    """The first day of the month that `text` names, and what was wrong with it."""
    this_month = today.replace(day=1)
    if not text:
        return this_month, ""
    found = MONTH.fullmatch(text)
    if found and FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        return datetime.date(int(found[1]), int(found[2]), 1), ""
    return this_month, (
        f"“{text[:20]}” is not a month of this calendar. Write it like "
        f"{this_month:%Y-%m}. This month is shown."
    )


def month_of(
    first: datetime.date,
    *,
    now: datetime.datetime,
    kinds: list[str],
    shown: int | None = None,
) -> Month:
    """The month with at most `shown` entries a day, or all of them."""
    following = _following(first)
    entries = agenda_between(first, following, now=now, kinds=kinds)
    by_day: dict[datetime.date, list[AgendaEntry]] = defaultdict(list)
    for entry in entries:
        by_day[entry.day].append(entry)
    days = calendar.Calendar().monthdatescalendar(first.year, first.month)
    before = (first - datetime.timedelta(days=1)).replace(day=1)
    return Month(
        first=first,
        weeks=[
            AgendaWeek(
                [_day(day, first, now.date(), by_day[day], shown) for day in week]
            )
            for week in days
        ],
        previous=before if before.year >= FIRST_YEAR else None,
        next=following if following.year <= LAST_YEAR else None,
        count=len(entries),
    )


def _day(
    day: datetime.date,
    first: datetime.date,
    today: datetime.date,
    entries: list[AgendaEntry],
    shown: int | None,
) -> AgendaDay:
    return AgendaDay(
        day=day,
        is_in_month=day.month == first.month,
        is_today=day == today,
        entries=entries[:shown],
        hidden_count=len(entries[shown:]) if shown is not None else 0,
    )


def _following(first: datetime.date) -> datetime.date:
    return (first + datetime.timedelta(days=32)).replace(day=1)


def visible_kinds(user: Any) -> list[str]:
    """The kinds of documents that `user` may see."""
    return [
        kind.name for kind in document_kinds() if can_model(user, "view", kind.model)
    ]


@require_safe
def desk_calendar(request: HttpRequest, *, model_admin: Any) -> HttpResponse:
    if not can(request.user, "view", Publication):
        raise PermissionDenied(objection(request.user, "view", Publication))
    now = timezone.now()
    first, complaint = asked_month(request.GET.get("month", ""), now.date())
    shown = None if "all" in request.GET else SHOWN
    month = month_of(first, now=now, kinds=visible_kinds(request.user), shown=shown)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"Calendar: {first:%B %Y}",
        "month": month,
        "weekdays": WEEKDAYS,
        "complaint": complaint,
        "now": now,
    }
    return TemplateResponse(request, "admin/editorial/calendar.html", context)
