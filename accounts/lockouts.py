"""Lock-outs after repeated wrong passwords: who is locked out, until when, lifting."""

import datetime
from dataclasses import dataclass
from typing import Any

from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.db import transaction
from django.db.models import Max, Sum
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from editorial.audit import record
from editorial.models import EventAction
from editorial.origin import client_address


@dataclass(frozen=True)
class LockOut:
    """A name, which need not belong to anybody, and where it was tried from."""

    username: str | None
    address: str | None
    failures: int
    last_at: datetime.datetime

    @property
    def until(self) -> datetime.datetime:
        return self.last_at + settings.AXES_COOLOFF_TIME


def lock_outs() -> list[LockOut]:
    """What is locked now, the newest first."""
    recent = AccessAttempt.objects.filter(
        attempt_time__gt=timezone.now() - settings.AXES_COOLOFF_TIME
    )
    counted = (
        recent.order_by()
        .values("username", "ip_address")
        .annotate(failures=Sum("failures_since_start"), last_at=Max("attempt_time"))
        .filter(failures__gte=settings.AXES_FAILURE_LIMIT)
        .order_by("-last_at")
    )
    columns = ("username", "ip_address", "failures", "last_at")
    return [LockOut(*row) for row in counted.values_list(*columns)]


@transaction.atomic
def lift(username: str, address: str | None, *, by: Any) -> bool:
    """Let that name be tried again from there. Answers whether it was locked."""
    was_locked = bool(reset(ip=address, username=username)) if username else False
    if was_locked:
        note = f"From {address or 'an unknown address'}."
        record(EventAction.LOCK_OUT_LIFT, subject=username, by=by, note=note)
    return was_locked


def locked_out_page(
    request: HttpRequest, response: Any = None, credentials: Any = None
) -> HttpResponse:
    """The same words for every name, whether an account has it or not."""
    username = (credentials or {}).get("username") or request.POST.get("username", "")
    address = client_address(request)
    last = AccessAttempt.objects.filter(username=username, ip_address=address)
    last_at = last.aggregate(at=Max("attempt_time"))["at"] or timezone.now()
    until = last_at + settings.AXES_COOLOFF_TIME
    page = TemplateResponse(
        request,
        "admin/locked_out.html",
        {"title": "Too many wrong passwords", "until": until},
        status=429,
    )
    wait = max(1, round((until - timezone.now()).total_seconds()))
    page["Retry-After"] = str(wait)
    return page.render()
