"""The public page of a text's versions, and of what differs between two of them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from editorial.conditional import conditional
from editorial.diffing import changes_between, unchanged_between
from editorial.models import Correction
from editorial.reading import Page, version_page

HIGHEST_VERSION = 100_000


class VersionsForm(forms.Form):
    """Two versions of one page."""

    old = forms.IntegerField(min_value=1, max_value=HIGHEST_VERSION)
    new = forms.IntegerField(min_value=1, max_value=HIGHEST_VERSION)


def versions_page(
    request: HttpRequest, page: Page, *, crumbs: Sequence[tuple[str, str]]
) -> HttpResponse:
    """Every version readers have seen; with ?old= and ?new=, what differs.

    `crumbs` are the steps that lead to the live page.
    """
    form = VersionsForm(request.GET) if request.GET else None
    texts = _two_versions(page, form) if form and form.is_valid() else None
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
    if old is None or new is None:
        form.add_error(None, "One of these versions does not exist.")
        return None
    return old.body, new.body
