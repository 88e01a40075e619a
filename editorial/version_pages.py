"""The public page of a text's versions, and of what differs between two of them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.dateformat import format as format_date

from editorial.conditional import conditional
from editorial.diffing import changes_between, unchanged_between
from editorial.models import Correction
from editorial.reading import Page, VersionEntry, version_page


def _version_field(label: str) -> forms.TypedChoiceField:
    widget = forms.Select(attrs={"class": "field"})
    return forms.TypedChoiceField(coerce=int, label=label, widget=widget)


class VersionsForm(forms.Form):
    """Two of the versions that readers have seen: at first the last two."""

    old = _version_field("From version")
    new = _version_field("to version")

    def __init__(
        self, data: QueryDict | None, *, history: Sequence[VersionEntry]
    ) -> None:
        last, before = history[0].version, history[min(1, len(history) - 1)].version
        initial = {"old": before, "new": last}
        super().__init__(data, auto_id="%s", initial=initial, label_suffix="")
        for field in self.fields.values():
            field.choices = [(entry.version, _name_of(entry)) for entry in history]


def _name_of(entry: VersionEntry) -> str:
    return f"{entry.version} · {format_date(entry.published_at, 'j M Y')}"


def versions_page(
    request: HttpRequest, page: Page, *, crumbs: Sequence[tuple[str, str]]
) -> HttpResponse:
    """Every version readers have seen; with ?old= and ?new=, what differs.

    `crumbs` are the steps that lead to the live page.
    """
    is_asked = not {"old", "new"}.isdisjoint(request.GET)
    form = VersionsForm(request.GET if is_asked else None, history=page.meta.history)
    texts = _two_versions(page, form) if form.is_valid() else None
    path = page.meta.path
    context = {
        "doc": page.body,
        "meta": page.meta,
        "crumbs": [*crumbs, (page.body["title"], path)],
        "form": form,
        "changes": changes_between(*texts) if texts else None,
        "unchanged": unchanged_between(*texts) if texts else [],
        "corrections": Correction.objects.on_page(path, page.meta.document_uid),
        "canonical_url": f"{settings.SITE_URL}{path}history/",
    }
    return conditional(
        request, render(request, "editorial/version_history.html", context)
    )


def _two_versions(page: Page, form: VersionsForm) -> tuple[Any, Any] | None:
    old = version_page(page.meta.path, form.cleaned_data["old"])
    new = version_page(page.meta.path, form.cleaned_data["new"])
    return (old.body, new.body) if old and new else None
