"""Sources in the admin; publications and the log can be read there, not changed."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.urls import path

from editorial.desk.audit import EditorialEventAdmin
from editorial.desk.bundle_admin import BundleAdmin  # noqa: F401 - registers itself
from editorial.desk.calendar import desk_calendar
from editorial.desk.consistency import consistency
from editorial.desk.freshness import freshness
from editorial.desk.job_admin import BulkJobAdmin  # noqa: F401 - registers itself
from editorial.desk.judged import JudgedMixin
from editorial.desk.read_only import ReadOnlyAdmin
from editorial.desk.site_at import site_at
from editorial.link_checks.findings import state_of
from editorial.models import (
    Citation,
    EditorialEvent,
    LinkCheck,
    Publication,
    Recheck,
    Source,
    Verification,
)


@admin.register(Source)
class SourceAdmin(JudgedMixin, admin.ModelAdmin):
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
        view = self.admin_site.admin_view(partial(consistency, model_admin=self))
        name = "editorial_publication_consistency"
        wrap = self.admin_site.admin_view
        month = wrap(partial(desk_calendar, model_admin=self))
        moment = wrap(partial(site_at, publication_admin=self))
        return [
            path("consistency/", view, name=name),
            path("calendar/", month, name="calendar"),
            path("site/", moment, name="editorial_publication_site"),
            *super().get_urls(),
        ]


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
        view = self.admin_site.admin_view(partial(freshness, verification_admin=self))
        return [path("due/", view, name="freshness"), *super().get_urls()]
