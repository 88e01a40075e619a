"""Who has a text, as the desk shows it: in the panel, in lists, on the front page."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html

from editorial.transitions import name_of


@dataclass(frozen=True)
class Assignment:
    """An empty `person` is whoever comes first."""

    person: str
    due_on: datetime.date | None
    note: str
    days_overdue: int

    @property
    def is_overdue(self) -> bool:
        return self.days_overdue > 0


def assignment_of(document: Any, today: datetime.date) -> Assignment | None:
    """What was asked of whom; None when nobody was asked for anything."""
    person, due_on = document.assigned_to, document.assigned_due_on
    if person is None and due_on is None and not document.assigned_note:
        return None
    return Assignment(
        person=name_of(person) if person else "",
        due_on=due_on,
        note=document.assigned_note,
        days_overdue=(today - due_on).days if due_on else 0,
    )


def assigned_cell(document: Any, today: datetime.date) -> str:
    """One cell of a list: who has it, until when, and whether that day has passed."""
    assignment = assignment_of(document, today)
    if assignment is None or not (assignment.person or assignment.due_on):
        return "–"
    due = f"by {date_format(assignment.due_on, 'j M Y')}" if assignment.due_on else ""
    mark = "Overdue" if assignment.is_overdue else ""
    return format_html(
        '{} <span class="desk-note">{}</span>'
        '<span class="desk-mark desk-mark--caution">{}</span>',
        assignment.person or "Nobody yet",
        due,
        mark,
    )


class AssignmentFilter(admin.SimpleListFilter):
    title = "who has it"
    parameter_name = "assigned"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("me", "Assigned to me"),
            ("overdue", "Overdue"),
            ("nobody", "In review with nobody"),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        match self.value():
            case "me":
                return queryset.assigned_to_person(request.user)
            case "overdue":
                return queryset.overdue(timezone.now().date())
            case "nobody":
                return queryset.in_review_with_nobody()
        return queryset
