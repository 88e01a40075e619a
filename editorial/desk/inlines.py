"""Ordered rows inside a document's form."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import ManyToManyField
from django.forms.models import BaseInlineFormSet

from editorial.desk.judged import JudgedMixin
from editorial.desk.pickers import PickerMixin
from editorial.desk.sources_field import SourcesField
from editorial.models import Source


class OrderedFormSet(BaseInlineFormSet):
    """Numbers its rows 1, 2, 3 … after each save; a new row without one goes last."""

    def save(self, commit: bool = True) -> Any:
        saved = super().save(commit=commit)
        if commit:
            self.renumber()
        return saved

    def renumber(self) -> None:
        relation = self.model._base_manager.filter(**{self.fk.name: self.instance})
        rows = sorted(relation, key=lambda row: (row.position or 10_000, row.pk))
        for position, row in enumerate(rows, start=1):
            if row.position != position:
                relation.filter(pk=row.pk).update(position=position)


class SourcesMixin:
    """Shows many-to-many sources as addresses, one a line."""

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: Any, **options: Any
    ) -> forms.Field | None:
        if db_field.related_model is Source:
            return db_field.formfield(form_class=SourcesField, required=False)
        return super().formfield_for_manytomany(db_field, request, **options)

    def formfield_for_dbfield(self, db_field: Any, request: Any, **options: Any) -> Any:
        """Without the buttons that Django puts beside a relation."""
        if isinstance(db_field, ManyToManyField):
            return self.formfield_for_manytomany(db_field, request)
        return super().formfield_for_dbfield(db_field, request, **options)


class OrderedInline(JudgedMixin, SourcesMixin, PickerMixin, admin.StackedInline):
    formset = OrderedFormSet
    extra = 0
    show_change_link = False


class LabelledForm(forms.ModelForm):
    """A row of a table: each input carries its column's name for screen readers."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            if field.label:
                field.widget.attrs.setdefault("aria-label", str(field.label))


class LabelledFormSet(BaseInlineFormSet):
    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].widget.attrs["aria-label"] = "Delete this row"


class TableInline(JudgedMixin, PickerMixin, admin.TabularInline):
    """Rows of facts as a table."""

    form = LabelledForm
    formset = LabelledFormSet
    extra = 0
