"""What the desk asks before an issue is filled or sent."""

import re
from typing import Any

from django import forms
from django.core.validators import validate_email

MOST_TESTS = 3


class SeenForm(forms.Form):
    """Which state of the draft the editor looked at."""

    lock_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class TestForm(forms.Form):
    """Where a test goes: up to three addresses."""

    text = forms.CharField(widget=forms.HiddenInput, required=False)
    addresses = forms.CharField(
        label="Addresses",
        max_length=1000,
        help_text="Up to three, with commas between them.",
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )

    def clean_addresses(self) -> list[str]:
        parts = re.split(r"[,;\s]+", self.cleaned_data["addresses"])
        found = list(dict.fromkeys(part for part in parts if part))
        if not 1 <= len(found) <= MOST_TESTS:
            raise forms.ValidationError("Name one to three addresses.")
        for address in found:
            try:
                validate_email(address)
            except forms.ValidationError:
                raise forms.ValidationError(
                    "“%(address)s” is not a mail address.", params={"address": address}
                ) from None
        return found


class SendForm(forms.Form):
    """The version that is to go out, and how many get it, as the page said."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    has_read = forms.BooleanField(label="I have read the mail as it will go out")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, label_suffix="", **options)
