"""What readers fill in: an address, preferences, why they leave."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone

from editorial.anonymous_forms import AnonymousForm
from newsletter.models import LeaveReason
from newsletter.spelling import MailAddress, NotAnAddressError, read_address
from newsletter.tokens import Wish
from newsletter.watching import Target, target_called

FOOTER = "footer"
BOTH, ONLY_WATCH = "both", "watch"
LONGEST_TYPED = 320
GONE = (
    "What you wanted to watch is not on this site any more. It has been taken out of "
    "the form: send it once more for the digest alone."
)
LONGEST_PAUSE_DAYS = 365
DAYS_OF_MONTH = 30


class AddressForm(AnonymousForm):
    """Asks for a mail address; `address` holds it once the form is valid."""

    address: MailAddress

    mail_address = forms.CharField(
        label="Your mail address",
        max_length=LONGEST_TYPED,
        widget=forms.EmailInput(
            attrs={"autocomplete": "email", "autocapitalize": "none"}
        ),
        error_messages={
            "required": "Type the address that the mail should go to.",
            "max_length": "No mail address is as long as this.",
        },
    )

    def clean_mail_address(self) -> str:
        try:
            self.address = read_address(self.cleaned_data["mail_address"])
        except NotAnAddressError as error:
            raise forms.ValidationError(str(error)) from error
        return self.address.written


class DataForm(AddressForm):
    purpose = "newsletter data"


class AskedForm(forms.Form):
    """What an address of the sign-up names. Whatever it says is never printed."""

    watch = forms.CharField(required=False, max_length=300)

    @classmethod
    def of(cls, data: Any) -> Target | None:
        form = cls(data)
        form.full_clean()
        return target_called(form.cleaned_data.get("watch", ""))


class SignUpForm(AddressForm):
    """From the page, from the foot of every page, or from another program.

    The foot of a page is the same for everybody and for days, so it carries no mark of
    its time. A script fetches one; without scripts `needs_step` says that the page has
    to show the address once more, and then that page's time counts.
    """

    purpose = "newsletter sign-up"
    watch = forms.CharField(
        required=False, max_length=300, widget=forms.HiddenInput, label="What to watch"
    )
    wanted = forms.ChoiceField(
        label="What should we send?",
        required=False,
        choices=[
            (BOTH, "The monthly digest, and a notice when this changes"),
            (ONLY_WATCH, "Only a notice when this changes"),
        ],
        widget=forms.RadioSelect,
        initial=BOTH,
    )
    step = forms.CharField(required=False, widget=forms.HiddenInput, max_length=20)

    def __init__(self, *args: Any, target: Target | None = None, **options: Any):
        super().__init__(*args, **options)
        self.target = target
        self.fields["watch"].initial = target.key if target else ""
        is_foot = self.data.get("step") == FOOTER
        self.needs_step = is_foot and not self.data.get("began")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        name = data.get("watch", "")
        self.target = target_called(name) if name else None
        if name and self.target is None:
            self._put("watch", "")
            self.add_error(None, GONE)
        data["watch"] = self.target.key if self.target else ""
        return data

    def _complaint(self, mark: str) -> str:
        if self.needs_step:
            self.begin_step()
            return ""
        return super()._complaint(mark)

    @property
    def wish(self) -> Wish:
        watch = self.cleaned_data["watch"]
        is_only = bool(watch) and self.cleaned_data["wanted"] == ONLY_WATCH
        return Wish(wants_digest=not is_only, watch=watch)


class LeaveForm(forms.Form):
    """Why somebody leaves, if they like to say it."""

    reason = forms.ChoiceField(
        label="Why, if you like to say",
        required=False,
        choices=LeaveReason,
        widget=forms.RadioSelect,
    )
    remark = forms.CharField(
        label="Anything to add",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def said(self) -> dict[str, str]:
        """What of it can be kept. A slip in it must not keep anybody from leaving."""
        self.full_clean()
        return {
            name: self.cleaned_data.get(name, "") or "" for name in ("reason", "remark")
        }


class PreferencesForm(forms.Form):
    """What an active subscriber gets."""

    wants_digest = forms.BooleanField(label="The monthly digest", required=False)
    pause = forms.ChoiceField(
        label="Pause",
        choices=[
            ("no", "No pause"),
            ("1", "For one month"),
            ("2", "For two months"),
            ("3", "For three months"),
            ("until", "Until this day:"),
        ],
        widget=forms.RadioSelect,
    )
    until = forms.DateField(
        label="Day on which mail begins again",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Write the day as 2027-03-31."},
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        until, today = data.get("until"), timezone.now().date()
        if data.get("pause") == "until" and "until" not in self.errors:
            if until is None or until <= today:
                self.add_error("until", "Choose a day that is still to come.")
            elif (until - today).days > LONGEST_PAUSE_DAYS:
                self.add_error("until", "A pause lasts one year at most.")
        return data

    @property
    def paused_until(self) -> datetime.date | None:
        pause = self.cleaned_data["pause"]
        if pause == "no":
            return None
        if pause == "until":
            return self.cleaned_data["until"]
        days = DAYS_OF_MONTH * int(pause)
        return timezone.now().date() + datetime.timedelta(days=days)
