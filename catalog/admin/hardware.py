"""Chips and boards, and their prices."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from catalog.admin.facts import FactAdmin, FactRowInline
from catalog.models import GIB, Hardware, PriceObservation


class PriceObservationInline(FactRowInline):
    model = PriceObservation
    fields = ["kind", "amount", "currency", "condition", "seller", "observed_on"]
    fields += ["observed_on_precision", "source"]


@admin.register(Hardware)
class HardwareAdmin(FactAdmin):
    list_display = ["name", "vendor", "segment", "memory_gib", "memory_bandwidth_gb_s"]
    list_display += ["board_power_w", "released_on"]
    list_filter = ["vendor", "segment", "kind", "has_unified_memory"]
    search_fields = ["name", "slug", "architecture"]
    list_select_related = ["vendor"]
    picker_fields = ("vendor",)
    prepopulated_fields = {"slug": ["name"]}
    inlines = [PriceObservationInline]
    fieldsets = [
        (
            None,
            {"fields": ["name", "slug", "vendor", "kind", "segment", "architecture"]},
        ),
        (None, {"fields": [("released_on", "released_on_precision"), "source"]}),
        (
            "Memory",
            {
                "fields": [
                    "memory_bytes",
                    "memory_type",
                    "memory_bus_bits",
                    "memory_bandwidth_gb_s",
                    "has_unified_memory",
                ]
            },
        ),
        (
            "Rates",
            {
                "fields": [
                    "fp32_tflops",
                    "fp16_tensor_tflops",
                    "fp8_tflops",
                    "fp4_tflops",
                    "int8_tops",
                ]
            },
        ),
        (
            "Board",
            {
                "fields": [
                    "compute_capability",
                    "board_power_w",
                    "interface",
                    "has_nvlink",
                    "launch_price_usd",
                ]
            },
        ),
        ("Notes", {"fields": ["notes", "marks"]}),
    ]

    @admin.display(description="memory (GiB)", ordering="memory_bytes")
    def memory_gib(self, hardware: Hardware) -> str:
        return f"{hardware.memory_bytes / GIB:g}"


@admin.register(PriceObservation)
class PriceObservationAdmin(FactAdmin):
    list_display = ["hardware", "kind", "amount", "currency", "seller", "observed_on"]
    list_filter = ["kind", "condition"]
    search_fields = ["hardware__name", "seller"]
    list_select_related = ["hardware"]
    picker_fields = ("hardware",)
    date_hierarchy = "observed_on"

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).order_by("-observed_on", "hardware__name")
