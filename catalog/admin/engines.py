"""Engines, and everything that hangs on them."""

from django.contrib import admin

from catalog.admin.facts import FactAdmin, FactRowInline
from catalog.models import (
    Engine,
    EngineRelease,
    EngineStatement,
    FailureMode,
    SupportCell,
)


class EngineReleaseInline(FactRowInline):
    model = EngineRelease
    fields = ["role", "version", "released_on", "released_on_precision", "basis"]
    fields += ["source"]


class SupportCellInline(FactRowInline):
    model = SupportCell
    fields = ["axis", "key", "value", "note", "source"]


@admin.register(Engine)
class EngineAdmin(FactAdmin):
    list_display = ["name", "kind", "vendor", "license", "status"]
    list_filter = ["kind", "status"]
    search_fields = ["name", "slug", "vendor__name"]
    list_select_related = ["vendor"]
    picker_fields = ("vendor",)
    prepopulated_fields = {"slug": ["name"]}
    inlines = [EngineReleaseInline, SupportCellInline]
    fieldsets = [
        (None, {"fields": ["name", "slug", "kind", "vendor", "status", "source"]}),
        ("Addresses", {"fields": ["homepage_url", "repository_url", "docs_url"]}),
        ("Licence", {"fields": ["license", "license_note"]}),
        (
            "Running it",
            {
                "fields": [
                    "primary_language",
                    "default_port",
                    "min_compute_capability",
                    "min_compute_capability_note",
                    "install_command",
                    "quickstart_command",
                ]
            },
        ),
        ("For editors", {"fields": ["notes", "marks"]}),
    ]


class EngineRowAdmin(FactAdmin):
    """A row that belongs to one engine."""

    list_select_related = ["engine", "source"]
    picker_fields = ("engine",)


@admin.register(EngineRelease)
class EngineReleaseAdmin(EngineRowAdmin):
    list_display = ["engine", "role", "version", "released_on", "basis"]
    list_filter = ["role", "basis"]
    search_fields = ["engine__name", "version"]
    date_hierarchy = "released_on"


@admin.register(SupportCell)
class SupportCellAdmin(EngineRowAdmin):
    list_display = ["engine", "axis", "key", "value", "note"]
    list_filter = ["axis", "value", "key"]
    search_fields = ["engine__name", "key", "note"]


@admin.register(EngineStatement)
class EngineStatementAdmin(EngineRowAdmin):
    list_display = ["engine", "claim", "source"]
    search_fields = ["engine__name", "claim"]


@admin.register(FailureMode)
class FailureModeAdmin(EngineRowAdmin):
    list_display = ["engine", "title", "severity", "first_seen_version"]
    list_filter = ["severity", "engine"]
    search_fields = ["engine__name", "title", "symptom", "trigger"]
