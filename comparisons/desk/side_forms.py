"""Forms that ask what a side is: to begin, to copy, and to change sides."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify

from comparisons.beginning import FACT_FIELDS, SideChoice, comparison_of
from comparisons.models import (
    MIN_SIDES,
    Comparison,
    DimensionTemplate,
    Subject,
)

NO_ROWS = "none"


def picker_attributes() -> dict[str, str]:
    """Where the browser finds names to offer, by the kind that is compared."""
    address = reverse("admin:autocomplete")
    attributes = {
        f"data-picker-{subject}": f"{address}?app_label=comparisons"
        f"&model_name=comparisonside&field_name={field}"
        for subject, (field, _) in FACT_FIELDS.items()
    }
    return attributes | {"autocomplete": "off", "spellcheck": "false"}


class SideField(forms.CharField):
    """What one side is: a name or slug of the catalogue, or a name alone."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=80, **options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"class": "vTextField"}


def choice_called(text: str, subject: str) -> SideChoice:
    """Raises ValidationError for a name that the catalogue lacks."""
    if subject not in FACT_FIELDS:
        if not slugify(text):
            raise ValidationError("Give this way to deploy a name with letters.")
        return SideChoice(name=text)
    _, model = FACT_FIELDS[subject]
    found = (
        model.objects.filter(name__iexact=text).first()
        or model.objects.filter(slug=text.lower()).first()
    )
    if found is None:
        kind = model._meta.verbose_name
        raise ValidationError(
            f"No {kind} is called “{text}”. Type a part of its name and choose one."
        )
    return SideChoice(fact=found)


class SideChoicesForm(forms.Form):
    """Up to four sides of one kind. `subject` is set by whoever knows it."""

    subject_value = ""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in self.side_names():
            self.fields[name].widget.attrs |= picker_attributes() | {
                "data-picker-subject": self.subject_value
            }

    def side_names(self) -> list[str]:
        return [name for name in self.fields if name.startswith("side_")]

    def chosen_subject(self) -> str:
        return self.subject_value

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        subject = self.chosen_subject()
        if not subject:
            return cleaned
        choices = []
        for name in self.side_names():
            if text := cleaned.get(name):
                try:
                    choices.append(choice_called(text, subject))
                except ValidationError as error:
                    self.add_error(name, error)
        cleaned["choices"] = choices
        if not self.errors:
            self.check_choices(subject, choices)
        return cleaned

    def check_choices(self, subject: str, choices: list[SideChoice]) -> None:
        """Adds an error unless these are two to four different sides, not yet met."""
        if len(choices) < MIN_SIDES:
            self.add_error(None, f"A comparison needs at least {MIN_SIDES} sides.")
        if len({choice.fact or slugify(choice.name) for choice in choices}) < len(
            choices
        ):
            self.add_error(None, "A side is named twice: compare different things.")
        if not self.errors and (known := comparison_of(subject, choices)):
            self.add_error(None, already_compared(known))


def already_compared(known: Comparison) -> SafeString:
    return format_html(
        'These sides are compared already: <a href="{}">{}</a>. Change that text, or '
        "name other sides.",
        reverse("admin:comparisons_comparison_change", args=[known.pk]),
        known,
    )


class BeginForm(SideChoicesForm):
    """All that a new comparison needs."""

    subject = forms.ChoiceField(
        label="What is compared",
        choices=Subject,
        initial=Subject.ENGINE,
        widget=forms.RadioSelect,
    )
    side_1 = SideField(label="First side")
    side_2 = SideField(label="Second side")
    side_3 = SideField(label="Third side", required=False)
    side_4 = SideField(label="Fourth side", required=False)
    template = forms.ChoiceField(
        label="Rows of the matrix",
        required=False,
        help_text="Each row starts without a rating. All of them can be changed.",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._templates = {str(row.pk): row for row in DimensionTemplate.objects.all()}
        self.fields["template"].choices = [
            ("", "The usual rows of the kind"),
            *((key, str(row)) for key, row in self._templates.items()),
            (NO_ROWS, "No rows"),
        ]
        self.fields["side_1"].widget.attrs["autofocus"] = True

    def chosen_subject(self) -> str:
        return str(self.cleaned_data.get("subject", ""))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        chosen, subject = cleaned.get("template", ""), self.chosen_subject()
        if chosen == NO_ROWS:
            cleaned["template"] = None
        elif chosen:
            cleaned["template"] = self._templates[chosen]
            if cleaned["template"].subject != subject:
                self.add_error("template", "These rows are for another kind.")
        else:
            cleaned["template"] = DimensionTemplate.objects.usual_for(subject)
        return cleaned


class CopyForm(SideChoicesForm):
    """The sides of the copy: one for each side of the original, in its order."""

    def __init__(self, *args: Any, original: Comparison, **options: Any) -> None:
        self.subject_value = original.subject
        self.base_fields = {
            f"side_{number}": SideField(
                label=f"Instead of {side}", initial=side.display_name
            )
            for number, side in enumerate(original.sides.all(), start=1)
        }
        super().__init__(*args, **options)


class ChangeSidesForm(SideChoicesForm):
    """One change of the sides, bound to the state that the editor saw."""

    lock_version = forms.IntegerField(widget=forms.HiddenInput)
    first = forms.ModelChoiceField(queryset=None, required=False)
    second = forms.ModelChoiceField(queryset=None, required=False)
    side_1 = SideField(label="New side", required=False)

    def __init__(self, *args: Any, comparison: Comparison, **options: Any) -> None:
        self.comparison = comparison
        self.subject_value = comparison.subject
        super().__init__(*args, **options)
        for name in ("first", "second"):
            self.fields[name].queryset = comparison.sides.all()

    def check_choices(self, subject: str, choices: list[SideChoice]) -> None:
        """A new side must not be one of those that are there."""
        sides = self.comparison.sides.all()
        if any(choice.is_same_as(side) for choice in choices for side in sides):
            self.add_error("side_1", "This side is compared here already.")
