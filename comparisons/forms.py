"""What a reader may ask of a compare page by its address."""

from dataclasses import dataclass

from django import forms
from django.http import QueryDict

LONGEST_NAME = 120


class OptionsForm(forms.Form):
    rows = forms.ChoiceField(choices=[("differences", "differences")], required=False)


class TickForm(forms.Form):
    situation = forms.UUIDField()


class NamesField(forms.Field):
    """One parameter given several times: names as a person may type them."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: list[str] | None) -> list[str]:
        """The names without control characters and spaces around, none of them empty.

        Nothing is refused: a name that makes no sense is an unknown one.
        """
        shown = ("".join(c if c.isprintable() else " " for c in v) for v in value or ())
        return [name[:LONGEST_NAME] for text in shown if (name := text.strip())]


class SidesForm(forms.Form):
    """Sides to compare at once, and sides to keep in the form."""

    side = NamesField(required=False)
    keep = NamesField(required=False)


@dataclass(frozen=True)
class ComparisonOptions:
    """Rows to show and situations ticked. What cannot be read is left out."""

    differences: bool = False
    ticked: frozenset[str] = frozenset()

    @classmethod
    def of(cls, parameters: QueryDict) -> "ComparisonOptions":
        rows = OptionsForm(parameters)
        ticks = (
            TickForm({"situation": value}) for value in parameters.getlist("situation")
        )
        return cls(
            differences=rows.is_valid() and rows.cleaned_data["rows"] == "differences",
            ticked=frozenset(
                str(tick.cleaned_data["situation"]) for tick in ticks if tick.is_valid()
            ),
        )
