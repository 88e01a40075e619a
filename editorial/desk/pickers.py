"""Choosing one row of a long table: a plain input that offers names as one types.

Works without scripts (the exact name or slug), with a keyboard, and under a policy
that forbids inline styles.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from editorial.desk.sources_field import SourcesField
from editorial.models import Source


class PickerField(forms.ModelChoiceField):
    """A name or a slug, typed or chosen from what the server offers."""

    widget = forms.TextInput

    def __init__(self, queryset: Any, *, db_field: models.Field, **options: Any):
        for unused in ("empty_label", "blank", "to_field_name", "limit_choices_to"):
            options.pop(unused, None)
        super().__init__(queryset, **options)
        model = db_field.model._meta
        address = reverse("admin:autocomplete")
        self.widget.attrs |= {
            "autocomplete": "off",
            "spellcheck": "false",
            "class": "vTextField",
            "data-picker": f"{address}?app_label={model.app_label}"
            f"&model_name={model.model_name}&field_name={db_field.name}",
        }

    def prepare_value(self, value: Any) -> Any:
        if value is None or value == "":
            return ""
        if isinstance(value, models.Model):
            return str(value)
        if isinstance(value, int) or str(value).isdecimal():
            row = self.queryset.filter(pk=value).first()
            return str(row) if row else value
        return value

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        text = str(value).strip()
        found = next((row for row in self._candidates(text)), None)
        if found is None:
            kind = self.queryset.model._meta.verbose_name
            raise ValidationError(
                f"No {kind} is called “{text}”. Type a part of its name and choose one."
            )
        return found

    def _candidates(self, text: str) -> Any:
        names = {field.name for field in self.queryset.model._meta.get_fields()}
        if "name" in names:
            yield from self.queryset.filter(name__iexact=text)[:1]
        if "slug" in names:
            yield from self.queryset.filter(slug=text.lower())[:1]
        if "name" not in names:
            yield from (row for row in self.queryset if str(row) == text)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(self.prepare_value(initial)) != str(data or "").strip()


class SourceField(SourcesField):
    """The address of one source."""

    def __init__(self, queryset: Any = None, **options: Any) -> None:
        for unused in ("empty_label", "blank", "db_field"):
            options.pop(unused, None)
        super().__init__(**options)
        self.widget.attrs["rows"] = 1

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int) or (isinstance(value, str) and value.isdecimal()):
            row = Source.objects.filter(pk=value).first()
            return row.url if row else ""
        return super().prepare_value([value] if isinstance(value, Source) else value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (self.prepare_value(initial) or "") != (data or "").strip()

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        if len(found) > 1:
            raise ValidationError("One address is enough here: give the main source.")
        return found[0] if found else None


class DayInput(forms.DateInput):
    """The browser's own calendar: it needs no scripts and no inline styles."""

    input_type = "date"

    def __init__(self, attrs: Any = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class PickerMixin:
    """Long foreign keys as pickers, sources as addresses, days as the browser asks."""

    picker_fields: tuple[str, ...] = ()
    formfield_overrides = {
        models.DateField: {"widget": DayInput},
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 4})},
    }

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey, request: Any, **options: Any
    ) -> Any:
        if db_field.remote_field.model is Source:
            return db_field.formfield(form_class=SourceField)
        if db_field.name in self.picker_fields:
            return db_field.formfield(form_class=PickerField, db_field=db_field)
        return super().formfield_for_foreignkey(db_field, request, **options)

    def formfield_for_dbfield(
        self, db_field: models.Field, request: Any, **options: Any
    ) -> Any:
        """Without the buttons beside a foreign key, which a picker does not need."""
        is_picker = getattr(db_field, "name", "") in self.picker_fields
        remote = getattr(db_field, "remote_field", None)
        if is_picker or (
            remote and remote.model is Source and not db_field.many_to_many
        ):
            return self.formfield_for_foreignkey(db_field, request)
        return super().formfield_for_dbfield(db_field, request, **options)
