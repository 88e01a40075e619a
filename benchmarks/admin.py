"""Measurements in the admin."""

from django.contrib import admin

from benchmarks.grading import regrade, regrade_setups, setup_of
from benchmarks.models import Benchmark, BenchmarkRun
from catalog.admin.facts import FactAdmin
from editorial.desk.inlines import TableInline


class BenchmarkRunInline(TableInline):
    model = BenchmarkRun


class LinkedFilter(admin.SimpleListFilter):
    """Rows whose raw names found no fact."""

    title = "links"
    parameter_name = "links"

    def lookups(self, request, model_admin):
        return [("complete", "all three found"), ("missing", "one or more missing")]

    def queryset(self, request, queryset):
        if self.value() == "complete":
            return queryset.fully_linked()
        if self.value() == "missing":
            return queryset.partly_linked()
        return queryset


@admin.register(Benchmark)
class BenchmarkAdmin(FactAdmin):
    list_display = ["slug", "engine_name", "hardware_name", "model_name"]
    list_display += ["quantization", "source_kind", "measured_on", "is_doubtful"]
    list_filter = [LinkedFilter, "is_doubtful", "state", "source_kind"]
    list_filter += ["engine_name"]
    search_fields = ["slug", "engine_name", "hardware_name", "model_name"]
    picker_fields = (
        "engine",
        "hardware",
        "ai_model",
    )
    inlines = [BenchmarkRunInline]
    fieldsets = [
        (None, {"fields": ["slug", "state", "source_kind", "source"]}),
        (
            "Set-up",
            {
                "fields": [
                    ("engine_name", "engine", "engine_version"),
                    "backend",
                    ("hardware_name", "hardware_slug"),
                    ("hardware", "hardware_count"),
                    ("model_name", "model_slug"),
                    ("ai_model", "quantization"),
                ]
            },
        ),
        (
            "Workload",
            {
                "fields": [
                    "concurrency",
                    ("prompt_tokens", "output_tokens"),
                    "context_depth_tokens",
                    "command",
                ]
            },
        ),
        (
            "Result",
            {
                "fields": [
                    ("decode_tokens_per_second", "prefill_tokens_per_second"),
                    ("aggregate_tokens_per_second", "aggregate_kind"),
                    "time_to_first_token_ms",
                    ("peak_memory_gb", "power_w"),
                    ("measured_on", "measured_on_precision"),
                ]
            },
        ),
        ("Trust", {"fields": ["is_doubtful", "notes", "marks"]}),
    ]

    def save_model(self, request, obj, form, change):
        """Rows that were equal to this one before are judged without it."""
        former = [setup_of(row) for row in Benchmark.objects.filter(pk=obj.pk)]
        super().save_model(request, obj, form, change)
        regrade_setups(former)

    def save_related(self, request, form, formsets, change):
        """Judged after the single runs are saved, for they count as well."""
        super().save_related(request, form, formsets, change)
        regrade([form.instance])

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        regrade([obj])

    def delete_queryset(self, request, queryset):
        setups = {setup_of(row) for row in queryset}
        super().delete_queryset(request, queryset)
        regrade_setups(setups)
