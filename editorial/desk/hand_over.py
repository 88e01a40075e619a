"""The form that gives a review to somebody."""

import datetime
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils import timezone

from editorial.rights import reviewers_of
from editorial.transitions import name_of


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, person: Any) -> str:
        return name_of(person)


class HandOverForm(forms.Form):
    assignee = PersonField(
        label="Reviewer",
        queryset=get_user_model().objects.none(),
        required=False,
        empty_label="Whoever comes first",
        help_text="People who may approve and did not write this text. "
        "They get a mail.",
    )
    due_on = forms.DateField(
        label="Wanted by",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    note = forms.CharField(
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="What to look at. The reviewer sees it beside the text.",
    )

    def clean_due_on(self) -> datetime.date | None:
        due_on: datetime.date | None = self.cleaned_data["due_on"]
        if due_on is not None and due_on < timezone.now().date():
            raise ValidationError("This day has passed. Choose today or later.")
        return due_on


def offer_reviewers(form: HandOverForm, document: Any) -> None:
    form.fields["assignee"].queryset = reviewers_of(document)


def what_is_assigned(document: Any) -> dict[str, Any]:
    return {
        "assignee": document.assigned_to,
        "due_on": document.assigned_due_on,
        "note": document.assigned_note,
    }
