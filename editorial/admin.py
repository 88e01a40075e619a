"""Sources in the admin; publications and the log can be read there, not changed."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.urls import path
from django.utils.text import Truncator

from editorial.desk.consistency import consistency
from editorial.desk.freshness import freshness
from editorial.desk.report_list import ReportQueue, age_of
from editorial.desk.reports import report_page, report_step
from editorial.link_checks.findings import state_of
from editorial.models import (
    Citation,
    EditorialEvent,
    LinkCheck,
    Publication,
    Recheck,
    Report,
    Source,
    Verification,
)

WORDS_SHOWN = 80
"""Characters of a reader's message in the list of reports."""


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):
    list_display = ["title", "publisher", "kind", "retrieved_on", "url"]
    list_filter = ["kind", "retrieved_on"]
    search_fields = ["title", "url", "publisher"]
    fields = ["url", "title", "publisher", "kind", "retrieved_on", "archive_url"]
    fields += ["page_state"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    readonly_fields = ["page_state"]

    @admin.display(description="page")
    def page_state(self, source: Source) -> str:
        check = LinkCheck.objects.filter(source=source, url=source.url).first()
        return state_of(check) if check else "Not asked yet."


@admin.register(Citation)
class CitationAdmin(admin.ModelAdmin):
    list_display = ["source", "subject_type", "field", "label", "retrieved_on"]
    list_filter = ["subject_type"]
    search_fields = ["source__title", "source__url", "label"]
    list_select_related = ["source"]


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows that only the workflow writes."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Publication)
class PublicationAdmin(ReadOnlyAdmin):
    list_display = ["title", "kind", "version", "visible_from", "visible_until"]
    list_filter = ["kind"]
    search_fields = ["title", "path"]
    exclude = ["body"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).for_listing()

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(partial(consistency, model_admin=self))
        name = "editorial_publication_consistency"
        return [path("consistency/", view, name=name), *super().get_urls()]


@admin.register(EditorialEvent)
class EditorialEventAdmin(ReadOnlyAdmin):
    list_display = ["at", "actor", "action", "kind", "version", "note"]
    list_filter = ["action", "kind"]
    search_fields = ["note"]
    list_select_related = ["actor"]


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
        view = self.admin_site.admin_view(partial(freshness, verification_admin=self))
        return [path("due/", view, name="freshness"), *super().get_urls()]


@admin.register(Report)
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
