"""What a reader may ask of a compare page by its address."""

from dataclasses import dataclass

from django import forms
from django.http import QueryDict


class OptionsForm(forms.Form):
    rows = forms.ChoiceField(choices=[("differences", "differences")], required=False)


class TickForm(forms.Form):
    situation = forms.UUIDField()


class DiffForm(forms.Form):
    """Two versions of one page."""

    old = forms.IntegerField(min_value=1)
    new = forms.IntegerField(min_value=1)


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
