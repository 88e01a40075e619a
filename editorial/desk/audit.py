"""The trail in the desk: searched, filtered, and exported as it is filtered."""

import csv
import json
from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_POST

from editorial.audit import readable_events, record
from editorial.desk.read_only import ReadOnlyAdmin
from editorial.models import EditorialEvent, EventAction

ROWS_AT_ONCE = 500
"""Rows fetched, and written, in one go."""

COLUMNS = (
    *("at", "person", "action", "kind", "subject", "document_uid", "version"),
    *("why", "address", "request_id"),
)


class EditorialEventAdmin(ReadOnlyAdmin):
    """Who did what to which, from where, and why."""

    change_list_template = "admin/editorial/audit_list.html"
    list_display = ["when", "person", "what", "on_what", "why", "origin"]
    list_filter = ["action", "kind", ("actor", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["subject", "note", "actor__username", "request_id"]
    search_help_text = "A name, a title, a word of the reason, or a request's id."
    date_hierarchy = "at"
    list_per_page = 100
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> Any:
        return readable_events(request.user)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(require_POST(self.export))
        name = "editorial_editorialevent_export"
        return [path("export/", view, name=name), *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {"title": "Audit trail", "query": request.GET.urlencode()}
        return super().changelist_view(request, context | (extra_context or {}))

    @admin.display(description="when (UTC)", ordering="at")
    def when(self, event: EditorialEvent) -> str:
        return f"{event.at:%d %b %Y, %H:%M:%S}"

    @admin.display(description="who", ordering="actor__username")
    def person(self, event: EditorialEvent) -> str:
        return str(event.actor or "The site")

    @admin.display(description="did what", ordering="action")
    def what(self, event: EditorialEvent) -> str:
        version = f" (version {event.version})" if event.version else ""
        return f"{event.get_action_display()}{version}"

    @admin.display(description="to which", ordering="subject")
    def on_what(self, event: EditorialEvent) -> str:
        return event.subject or str(event.document_uid or "—")

    @admin.display(description="why", ordering="note")
    def why(self, event: EditorialEvent) -> str:
        return event.note or "—"

    @admin.display(description="from where", ordering="address")
    def origin(self, event: EditorialEvent) -> str:
        return event.address or "—"

    def export(self, request: HttpRequest) -> HttpResponse:
        """Exactly what the list is filtered to, in its order; the export is audited."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        writer = _json_lines if request.POST.get("format") == "json" else _csv_lines
        name = "JSON" if writer is _json_lines else "CSV"
        events = self.get_changelist_instance(request).get_queryset(request)
        newest = EditorialEvent.objects.order_by("-pk").values_list("pk", flat=True)
        events = events.filter(pk__lte=newest.first() or 0)  # without this export
        record(
            EventAction.EXPORT,
            subject="Audit trail",
            by=request.user,
            note=f"{events.count()} events as {name}. {request.GET.urlencode()}",
        )
        return _download(writer(events), name.lower())


def _download(lines: Iterator[str], kind: str) -> HttpResponse:
    types = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
    response = StreamingHttpResponse(lines, content_type=types[kind])
    filename = f"audit-{timezone.now():%Y-%m-%d}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    add_never_cache_headers(response)
    return response


def _rows(events: Any) -> Iterator[tuple[str, ...]]:
    for event in events.iterator(ROWS_AT_ONCE):
        yield (
            event.at.isoformat(),
            event.actor.get_username() if event.actor else "",
            event.action,
            event.kind,
            event.subject,
            str(event.document_uid or ""),
            str(event.version or ""),
            event.note,
            event.address or "",
            event.request_id,
        )


class _Echo:
    """A file that answers what is written to it."""

    def write(self, text: str) -> str:
        return text


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula.

    >>> harmless("=1+1")
    "'=1+1"
    """
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _csv_lines(events: Any) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield writer.writerow(COLUMNS)
    for row in _rows(events):
        yield writer.writerow([harmless(cell) for cell in row])


def _json_lines(events: Any) -> Iterator[str]:
    """One array, a line for each event."""
    separator = "[\n"
    for row in _rows(events):
        yield separator + json.dumps(dict(zip(COLUMNS, row, strict=True)))
        separator = ",\n"
    yield "[]\n" if separator == "[\n" else "\n]\n"
