"""What the pages of a bundle ask."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse

from editorial.desk.queues import can_model
from editorial.desk.step_forms import ScheduleForm, StepForm
from editorial.registry import document_kinds

OFFERED = 10
"""Titles offered of each kind while one types."""


def bundle_candidates(user: Any) -> list[Any]:
    """The working copies that `user` may bundle, a queryset for each kind."""
    return [
        kind.model._default_manager.order_by("title")
        for kind in document_kinds()
        if can_model(user, "bundle", kind.model)
    ]


def offered_names(user: Any, term: str) -> list[str]:
    """Titles like `term`; where two share one, the slug stands there instead."""
    rows = [
        row for rows in bundle_candidates(user) for row in rows.like(term)[:OFFERED]
    ]
    titles = [row.title for row in rows]
    return [row.slug if titles.count(row.title) > 1 else row.title for row in rows]


class AddDocumentForm(forms.Form):
    """Finds one document by its title or slug, among those that `user` may bundle."""

    document = forms.CharField(
        label="Add a document",
        max_length=200,
        help_text="Its title or its slug. It need not be approved yet.",
    )

    def __init__(self, *args: Any, user: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user
        self.fields["document"].widget.attrs |= {
            "autocomplete": "off",
            "class": "vTextField",
            "data-picker": reverse("admin:editorial_bundle_pick"),
        }

    def clean_document(self) -> Any:
        text = self.cleaned_data["document"].strip()
        candidates = bundle_candidates(self.user)
        found = [row for rows in candidates for row in rows.named(text)[:2]]
        found = [row for row in found if row.slug == text.lower()] or found
        if not found:
            raise ValidationError(
                f"No document is called “{text}”. Type a part of its title and choose."
            )
        if len(found) > 1:
            slugs = " or ".join(row.slug for row in found)
            raise ValidationError(f"Several are called that. Give the slug: {slugs}.")
        return found[0]


class ReleaseForm(StepForm):
    note = forms.CharField(
        label="What these versions change",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="One sentence for readers, in the public change log of each. Left "
        "empty, each document's own change note stands there.",
    )


class ScheduleBundleForm(ScheduleForm):
    note = ReleaseForm.base_fields["note"]
