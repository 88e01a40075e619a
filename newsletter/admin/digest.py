"""The desk's form for an issue of the digest."""

from typing import Any

from django.contrib import admin
from django.utils.formats import date_format

from editorial.desk.document_admin import DocumentAdmin
from editorial.desk.inlines import OrderedInline
from newsletter.digest.desk.urls import issue_urls
from newsletter.models import DigestIssue, DigestItem


class DigestItemInline(OrderedInline):
    model = DigestItem
    verbose_name = "item"
    verbose_name_plural = "items"
    fields = [
        ("group", "happened_on", "position"),
        "title",
        "text",
        "path",
        "sources",
    ]


@admin.register(DigestIssue)
class DigestIssueAdmin(DocumentAdmin):
    change_list_template = "newsletter/digest_desk_list.html"
    prepopulated_fields = {"slug": ["period"]}
    readonly_fields = ["covers"]
    fieldsets = [
        (None, {"fields": ["title", "period", "slug", "description", "covers"]}),
        ("From the editor", {"fields": ["note", "note_sources"]}),
        (
            "Care",
            {
                "fields": ["author_name", "verified_on", "change_note"]
                + ["seen_lock_version"]
            },
        ),
    ]
    inlines = [DigestItemInline]

    def get_urls(self) -> list[Any]:
        return issue_urls(self) + super().get_urls()

    @admin.display(description="filled with what happened")
    def covers(self, issue: DigestIssue) -> str:
        if not (issue.covers_from and issue.covers_until):
            return "Nothing was brought in yet."
        begun, ended = (
            date_format(moment, "j M Y, H:i")
            for moment in (issue.covers_from, issue.covers_until)
        )
        return f"{begun} to {ended} UTC"
