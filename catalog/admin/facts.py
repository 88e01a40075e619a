"""What the admin of every fact shares: no changed specification without a source."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from simple_history.admin import SimpleHistoryAdmin

from catalog.admin.findable import FindableAdmin
from catalog.exchange.admin import ExchangeMixin
from catalog.facts import record_change
from editorial.desk.inlines import LabelledForm, TableInline
from editorial.desk.pickers import PickerMixin
from editorial.desk.sources_field import SourcesField
from editorial.desk.used_by import UsedByMixin

CHANGE_SOURCE = "change_source"
FREE_FIELDS = {"notes", "marks", "source", "slug", "DELETE", CHANGE_SOURCE}
"""Changing these needs no proof of its own."""


class ProofForm(forms.ModelForm):
    """Asks for the page that proves a change of a specification."""

    change_source = SourcesField(
        label="Source of this change",
        required=False,
        help_text="Needed when you change a specification: the address of the page "
        "that proves it. A new one brings its title and kind: "
        "https://… | Title of the page | official docs",
    )

    @property
    def changed_specifications(self) -> list[str]:
        return [name for name in self.changed_data if name not in FREE_FIELDS]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        is_edit = self.instance.pk is not None
        if is_edit and self.changed_specifications and not self._has_proof():
            names = ", ".join(self.fields[n].label for n in self.changed_specifications)
            raise ValidationError(
                {CHANGE_SOURCE: f"You changed {names}. Which page proves it?"}
            )
        return cleaned

    def _has_proof(self) -> bool:
        if CHANGE_SOURCE in self.errors:
            return True  # what is wrong with it is said already
        return bool(self.cleaned_data.get(CHANGE_SOURCE))


class FactForm(ProofForm):
    """The form of one fact."""


class FactRowForm(LabelledForm, ProofForm):
    """One row of a fact's table: a cell, a release, a price, a file."""


class FactRowInline(TableInline):
    """Rows of a fact, each changed only with the page that proves it."""

    form = FactRowForm

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [*super().get_fields(request, obj), CHANGE_SOURCE]


class FactAdmin(
    UsedByMixin, ExchangeMixin, PickerMixin, FindableAdmin, SimpleHistoryAdmin
):
    """Search, filters and history; a changed specification is cited and re-checked."""

    form = FactForm
    formfield_overrides = PickerMixin.formfield_overrides | {
        models.URLField: {"assume_scheme": "https"}
    }
    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """Of a deleted row too, but not of words that are no key."""
        if not object_id.isdecimal():
            raise Http404
        return super().history_view(request, object_id, extra_context)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or CHANGE_SOURCE in _names_in(fieldsets):
            return fieldsets
        proof = ("Proof", {"fields": [CHANGE_SOURCE]})
        return [*fieldsets, proof]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool):
        super().save_model(request, obj, form, change)
        if change and form.changed_specifications:
            sources = form.cleaned_data.get(CHANGE_SOURCE) or [None]
            fields = form.changed_specifications
            record_change(obj, fields=fields, source=sources[0])

    def save_formset(
        self, request: HttpRequest, form: Any, formset: Any, change: bool
    ) -> None:
        """A changed row is cited; any change of rows asks the fact's documents."""
        super().save_formset(request, form, formset, change)
        if not change or not formset.has_changed():
            return
        for row in formset.initial_forms:
            if isinstance(row, ProofForm) and row.changed_specifications:
                sources = row.cleaned_data.get(CHANGE_SOURCE) or [None]
                if row not in formset.deleted_forms:
                    fields = row.changed_specifications
                    record_change(row.instance, fields=fields, source=sources[0])
        rows = str(formset.model._meta.verbose_name_plural)
        record_change(form.instance, fields=[rows], source=None)


def _names_in(fieldsets: Any) -> set[str]:
    names: set[str] = set()
    for _, options in fieldsets:
        for entry in options["fields"]:
            names.update(entry if isinstance(entry, list | tuple) else [entry])
    return names
