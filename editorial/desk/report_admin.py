"""The queue of readers' reports in the admin."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import path
from django.utils.text import Truncator

from editorial.desk.read_only import ReadOnlyAdmin
from editorial.desk.report_list import ReportQueue, age_of
from editorial.desk.reports import report_page, report_step
from editorial.models import Report

WORDS_SHOWN = 80
"""Characters of a reader's message in the list of reports."""


class ReportAdmin(ReadOnlyAdmin):
    """What readers say is wrong; each row opens on what can be done about it."""

    list_display = ["__str__", "state", "waiting", "words", "taken_by"]
    list_filter = [ReportQueue, "state"]
    list_select_related = ["taken_by"]
    search_fields = ["page_title", "message"]

    @admin.display(description="what the reader says")
    def words(self, report: Report) -> str:
        return Truncator(report.message).chars(WORDS_SHOWN)

    @admin.display(description="age", ordering="-received_at")
    def waiting(self, report: Report) -> str:
        return age_of(report)

    def get_urls(self) -> list[Any]:
        step = self.admin_site.admin_view(partial(report_step, report_admin=self))
        address = "<int:object_id>/step/<slug:verb>/"
        own = path(address, step, name="editorial_report_step")
        return [own, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        title = {"title": "Reports from readers"}
        return super().changelist_view(request, title | (extra_context or {}))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: Any = None,
    ) -> Any:
        return report_page(request, object_id, report_admin=self)
