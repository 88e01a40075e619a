"""The rows of a comparison's and a verdict's form."""

from typing import Any

from comparisons.checks import MIN_RULES
from comparisons.desk.forms import (
    DimensionForm,
    SideAwareForm,
    side_fieldsets,
    sides_of,
)
from comparisons.models import (
    MAX_SIDES,
    ComparisonSide,
    DecisionRule,
    Dimension,
    RelatedPage,
    SideFailureMode,
    VerdictPoint,
)
from editorial.desk.inlines import OrderedFormSet, OrderedInline


class ComparisonSideInline(OrderedInline):
    model = ComparisonSide
    max_num = MAX_SIDES
    verbose_name_plural = "sides"
    picker_fields = (
        "engine",
        "hardware",
        "ai_model",
    )
    fields = [
        ("engine", "hardware", "ai_model"),
        ("name", "provenance", "position"),
        "one_liner",
        "choose_if",
    ]

    def get_extra(self, request: Any, obj: Any = None, **options: Any) -> int:
        return 2 if obj is None else 0


class SideAwareInline(OrderedInline):
    """Rows that name a side: their forms offer this comparison's sides only."""

    form = SideAwareForm

    def get_formset(self, request: Any, obj: Any = None, **options: Any) -> Any:
        sides = sides_of(obj)
        options["form"] = type(self.form.__name__, (self.form,), {"sides": sides})
        return super().get_formset(request, obj, **options)


class DecisionRuleInline(SideAwareInline):
    model = DecisionRule
    verbose_name_plural = "decision rules"
    fields = [("situation", "choice", "position"), "reason", "sources"]

    def get_extra(self, request: Any, obj: Any = None, **options: Any) -> int:
        """A text without rules is given the empty rows that it owes."""
        return 0 if obj is None or obj.rules.exists() else MIN_RULES


class DimensionFormSet(OrderedFormSet):
    """Saves each row's ratings with it."""

    def save(self, commit: bool = True) -> Any:
        saved = super().save(commit=commit)
        if commit:
            for form in self.forms:
                if form.has_changed() and form not in self.deleted_forms:
                    form.save_ratings()
        return saved


class DimensionInline(SideAwareInline):
    model = Dimension
    form = DimensionForm
    formset = DimensionFormSet
    verbose_name_plural = "operational matrix"

    def get_fieldsets(self, request: Any, obj: Any = None) -> Any:
        own = [
            ("label", "position"),
            "gloss",
            ("direction", "edge", "edge_note"),
        ]
        return [(None, {"fields": own}), *side_fieldsets(sides_of(obj))]

    def get_formset(self, request: Any, obj: Any = None, **options: Any) -> Any:
        options["fields"] = list(DimensionForm.Meta.fields)
        return super().get_formset(request, obj, **options)


class SideFailureModeInline(SideAwareInline):
    model = SideFailureMode
    verbose_name_plural = "what breaks first"
    picker_fields = ("fact",)
    fields = [
        ("side", "severity", "position"),
        "title",
        "trigger",
        "symptom",
        "mitigation",
        "fact",
        "sources",
    ]

    def get_extra(self, request: Any, obj: Any = None, **options: Any) -> int:
        """A text that says nothing of this is given an empty row for each side."""
        if obj is None or obj.failure_modes.exists():
            return 0
        return int(obj.sides.count())


class RelatedPageInline(OrderedInline):
    model = RelatedPage
    verbose_name_plural = "related pages"
    fields = [("label", "path", "position")]


class VerdictPointInline(OrderedInline):
    model = VerdictPoint
    verbose_name_plural = "strengths, limits, for whom and not for whom"
    fields = [("group", "position"), "text", "sources"]
