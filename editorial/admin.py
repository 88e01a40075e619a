"""Publications and the log can be read in the admin, not changed.

Sources are registered by `catalog`, which can import them.
"""

from functools import partial
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import path

from editorial.desk.audit import EditorialEventAdmin
from editorial.desk.bundle_admin import BundleAdmin  # noqa: F401 - registers itself
from editorial.desk.calendar import desk_calendar
from editorial.desk.consistency import consistency
from editorial.desk.fact_freshness import facts_due
from editorial.desk.freshness import freshness
from editorial.desk.job_admin import BulkJobAdmin  # noqa: F401 - registers itself
from editorial.desk.judged import JudgedMixin
from editorial.desk.moved_numbers import moved_numbers
from editorial.desk.read_only import ReadOnlyAdmin
from editorial.desk.report_admin import ReportAdmin
from editorial.desk.site_at import site_at
from editorial.models import (
    Citation,
    EditorialEvent,
    Publication,
    Recheck,
    Report,
    Verification,
)

admin.site.register(Report, ReportAdmin)


@admin.register(Citation)
class CitationAdmin(JudgedMixin, admin.ModelAdmin):
    list_display = ["source", "subject_type", "field", "label", "retrieved_on"]
    list_filter = ["subject_type"]
    search_fields = ["source__title", "source__url", "label"]
    list_select_related = ["source"]


@admin.register(Publication)
class PublicationAdmin(ReadOnlyAdmin):
    list_display = ["title", "kind", "version", "visible_from", "visible_until"]
    list_filter = ["kind"]
    search_fields = ["title", "path"]
    exclude = ["body"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).for_listing()

    def get_urls(self) -> list[Any]:
        name = "editorial_publication"
        return [
            self._page("consistency", consistency, f"{name}_consistency"),
            self._page("moved-numbers", moved_numbers, f"{name}_moved_numbers"),
            self._page("site", site_at, f"{name}_site"),
            self._page("calendar", desk_calendar, "calendar"),
            *super().get_urls(),
        ]

    def _page(self, address: str, view: Any, name: str) -> Any:
        wrapped = self.admin_site.admin_view(partial(view, model_admin=self))
        return path(f"{address}/", wrapped, name=name)


admin.site.register(EditorialEvent, EditorialEventAdmin)


@admin.register(Recheck)
class RecheckAdmin(ReadOnlyAdmin):
    list_display = ["reason", "fact_type", "opened_at", "closed_at"]
    list_filter = ["fact_type", "closed_at"]


@admin.register(Verification)
class VerificationAdmin(ReadOnlyAdmin):
    """What was verified; `due/` lists what is to be verified next."""

    list_display = ["verified_at", "version", "verified_by_name", "note"]
    search_fields = ["note", "verified_by_name"]

    def get_urls(self) -> list[Any]:
        return [
            path("due/", self._page(freshness), name="freshness"),
            path("facts/", self._page(facts_due), name="facts_due"),
            *super().get_urls(),
        ]

    def _page(self, view: Any) -> Any:
        return self.admin_site.admin_view(partial(view, verification_admin=self))
