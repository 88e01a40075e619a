"""What the steps of the workflow ask."""

from typing import Any

from django import forms


class StepForm(forms.Form):
    """What every step asks: a note, kept in the log."""

    note = forms.CharField(
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Kept in the log of this document.",
    )


class ReasonForm(StepForm):
    """A step that somebody else has to understand."""

    note = forms.CharField(
        label="Reason",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="A sentence or two. Kept in the log of this document.",
    )


class WithdrawForm(ReasonForm):
    """Asks whoever withdraws a page that others use to read which."""

    has_read = forms.BooleanField(label="I have read what uses it")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not self.initial.get("is_used"):
            del self.fields["has_read"]


class ChangeNoteForm(StepForm):
    """A step that readers will see in the change log."""

    note = forms.CharField(
        label="What this version changes",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="One sentence for readers: it stands in the public change log.",
    )


class ScheduleForm(ChangeNoteForm):
    at = forms.SplitDateTimeField(
        label="Goes live at (UTC)",
        widget=forms.SplitDateTimeWidget(
            date_attrs={"type": "date", "aria-label": "Day (UTC)"},
            time_attrs={"type": "time", "aria-label": "Time (UTC)"},
        ),
        help_text="The clock publishes it; nobody has to be there.",
    )


class ApproveForm(StepForm):
    """Bound to the text that was on the screen."""

    digest = forms.CharField(widget=forms.HiddenInput)


class VerifyForm(StepForm):
    """Bound to the published text and to the moment at which it was looked at."""

    live_digest = forms.CharField(widget=forms.HiddenInput)
    seen_at = forms.DateTimeField(widget=forms.HiddenInput)
    note = forms.CharField(
        label="What you checked",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For example: every price against its page, the release notes of "
        "both engines. Kept with the verification and in the log.",
    )
