"""What the pages about one's account ask."""

from typing import Any

from django import forms


def _code_field(label: str, help_text: str) -> forms.CharField:
    widget = forms.TextInput(
        attrs={
            "autocomplete": "one-time-code",
            "spellcheck": "false",
            "class": "vTextField desk-code",
        }
    )
    return forms.CharField(
        label=label, max_length=20, widget=widget, help_text=help_text
    )


class CodeForm(forms.Form):
    code = _code_field(
        "Code",
        "The six digits that your app shows now, or one of your recovery codes.",
    )


class EnrolForm(forms.Form):
    secret = forms.CharField(widget=forms.HiddenInput)
    name = forms.CharField(
        label="Name of the device",
        max_length=64,
        initial="Phone",
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="So that you recognise it here.",
    )
    code = _code_field("First code", "The six digits that the app shows now.")


class ProvenCodeForm(CodeForm):
    """Asks for the password as well. Needs the person."""

    password = forms.CharField(
        label="Your password",
        strip=False,
        widget=forms.PasswordInput(
            attrs={"autocomplete": "current-password", "class": "vTextField"}
        ),
    )
    field_order = ["password", "code"]

    def __init__(self, *args: Any, person: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.person = person

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        if not self.person.check_password(password):
            raise forms.ValidationError("That is not your password.")
        return password


class ReasonForm(forms.Form):
    note = forms.CharField(
        label="Reason",
        max_length=200,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="How you know that it is really them. Kept in the audit trail.",
    )
