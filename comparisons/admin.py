"""The desk's forms for comparisons and verdicts."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from comparisons.desk.forms import sides_of
from comparisons.desk.inlines import (
    ComparisonSideInline,
    DecisionRuleInline,
    DimensionInline,
    RelatedPageInline,
    SideFailureModeInline,
    VerdictPointInline,
)
from comparisons.desk.urls import side_urls
from comparisons.models import (
    Comparison,
    DimensionTemplate,
    TemplateRow,
    Verdict,
)
from editorial.desk.document_admin import DocumentAdmin
from editorial.desk.inlines import LabelledFormSet, TableInline
from editorial.desk.judged import JudgedMixin

HEAD = ("title", "slug", "thesis", "description")
CARE = ("author_name", "verified_on", "change_note", "seen_lock_version")


@admin.register(Comparison)
class ComparisonAdmin(DocumentAdmin):
    change_list_template = "admin/editorial/comparison_list.html"
    list_filter = ["subject", *DocumentAdmin.list_filter]
    prepopulated_fields = {"slug": ["title"]}
    fieldsets = [
        (None, {"fields": ["subject", *HEAD]}),
        ("The answer", {"fields": ["answer", "answer_sources"]}),
        ("Measured side by side", {"fields": ["measured_note", "measured_command"]}),
        ("Verdict", {"fields": ["verdict", "verdict_sources", "what_would_change"]}),
        ("Care", {"fields": CARE}),
    ]
    inlines = [
        ComparisonSideInline,
        DecisionRuleInline,
        DimensionInline,
        SideFailureModeInline,
        RelatedPageInline,
    ]

    def get_urls(self) -> list[Any]:
        return side_urls(self) + super().get_urls()

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        """The rows that name a side appear once there are sides to name."""
        return self.inlines if sides_of(obj) else [ComparisonSideInline]

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Any, change: bool
    ) -> None:
        """Sides go last: a side that goes takes its ratings and rules with it."""
        ordered = sorted(formsets, key=lambda rows: rows.prefix == "sides")
        super().save_related(request, form, ordered, change)


@admin.register(Verdict)
class VerdictAdmin(DocumentAdmin):
    prepopulated_fields = {"slug": ["title"]}
    picker_fields = (
        "engine",
        "hardware",
        "ai_model",
    )
    fieldsets = [
        (None, {"fields": [("engine", "hardware", "ai_model"), "title", "slug"]}),
        (None, {"fields": ["description", "summary", "summary_sources"]}),
        ("Change of mind", {"fields": ["what_would_change"]}),
        ("Care", {"fields": CARE}),
    ]
    inlines = [VerdictPointInline]


class TemplateRowInline(TableInline):
    model = TemplateRow
    formset = LabelledFormSet
    fields = ["position", "label", "gloss", "direction"]
    verbose_name_plural = "rows"
    extra = 1


@admin.register(DimensionTemplate)
class DimensionTemplateAdmin(JudgedMixin, admin.ModelAdmin):
    list_display = ["name", "subject", "position"]
    list_filter = ["subject"]
    inlines = [TemplateRowInline]
