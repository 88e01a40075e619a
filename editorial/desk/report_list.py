"""The queue of readers' reports: what waits, how long, and what is late."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html

from editorial.models import Report


class ReportQueue(admin.SimpleListFilter):
    title = "what waits"
    parameter_name = "queue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("open", "Open"), ("mine", "Open and mine"), ("overdue", "Overdue")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        match self.value():
            case "open":
                return queryset.open()
            case "mine":
                return queryset.open().filter(taken_by=request.user)
            case "overdue":
                return queryset.overdue(timezone.now())
        return queryset


def age_of(report: Report) -> str:
    """Days from its arrival until now or until it was closed; late ones are marked."""
    until = report.closed_at or timezone.now()
    days = (until - report.received_at).days
    words = "today" if not days else f"{days} day{'' if days == 1 else 's'}"
    if not report.is_overdue:
        return words
    mark = '<span class="desk-mark desk-mark--caution">{}, overdue</span>'
    return format_html(mark, words)
