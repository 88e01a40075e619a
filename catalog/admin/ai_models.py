"""Models, their families, files and hosted prices."""

from django.contrib import admin

from catalog.admin.facts import FactAdmin, FactRowInline
from catalog.admin.findable import FindableAdmin
from catalog.exchange.admin import ExchangeMixin
from catalog.models import (
    AIModel,
    HostedPrice,
    ModelFamily,
    ModelFile,
    ModelLanguages,
)
from editorial.desk.used_by import UsedByMixin


@admin.register(ModelFamily)
class ModelFamilyAdmin(UsedByMixin, ExchangeMixin, FindableAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    fields = ["name", "slug"]


class ModelFileInline(FactRowInline):
    model = ModelFile
    fields = ["weight_format", "quantization", "size_bytes", "printed_size"]
    fields += ["printed_unit", "bits_per_weight", "publisher", "source"]


@admin.register(AIModel)
class AIModelAdmin(FactAdmin):
    list_display = ["name", "family", "vendor", "architecture", "total_parameters"]
    list_display += ["context_window_tokens", "license"]
    list_filter = ["architecture", "modality", "commercial_use", "vendor"]
    search_fields = ["name", "slug", "hf_repository"]
    list_select_related = ["family", "vendor"]
    picker_fields = (
        "family",
        "vendor",
    )
    prepopulated_fields = {"slug": ["name"]}
    inlines = [ModelFileInline]
    fieldsets = [
        (None, {"fields": ["name", "slug", "family", "vendor", "modality"]}),
        (None, {"fields": [("released_on", "released_on_precision"), "source"]}),
        ("Licence", {"fields": ["license", "commercial_use"]}),
        (
            "Size",
            {
                "fields": [
                    "total_parameters",
                    "active_parameters",
                    "context_window_tokens",
                    "native_dtype",
                    "hf_repository",
                ]
            },
        ),
        (
            "Architecture",
            {
                "fields": [
                    "architecture",
                    "layers",
                    "hidden_size",
                    "attention_heads",
                    "kv_heads",
                    "head_dim",
                    "kv_lora_rank",
                    "qk_rope_head_dim",
                    "sliding_window_tokens",
                    "global_layer_every_n",
                    "vocabulary_size",
                    "has_tied_embeddings",
                ]
            },
        ),
        ("Notes", {"fields": ["notes", "marks"]}),
    ]


@admin.register(ModelFile)
class ModelFileAdmin(FactAdmin):
    list_display = ["ai_model", "weight_format", "quantization", "size_bytes"]
    list_display += ["printed_unit", "publisher"]
    list_filter = ["weight_format", "printed_unit", "publisher"]
    search_fields = ["ai_model__name", "quantization", "publisher"]
    list_select_related = ["ai_model"]
    picker_fields = ("ai_model",)


@admin.register(ModelLanguages)
class ModelLanguagesAdmin(FactAdmin):
    list_display = ["ai_model", "codes", "stated_count", "is_at_least"]
    search_fields = ["ai_model__name", "codes"]
    list_select_related = ["ai_model"]
    picker_fields = ("ai_model",)


@admin.register(HostedPrice)
class HostedPriceAdmin(FactAdmin):
    list_display = ["provider", "model_name", "input_usd_per_million_tokens"]
    list_display += ["output_usd_per_million_tokens", "observed_on"]
    list_filter = ["provider"]
    search_fields = ["provider", "model_name", "ai_model__name"]
    picker_fields = ("ai_model",)
    date_hierarchy = "observed_on"
