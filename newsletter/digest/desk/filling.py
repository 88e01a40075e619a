"""Beginning the next issue, and bringing in what happened since."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from editorial.desk.pages import document_for, document_page
from editorial.drafts import StaleSaveError
from editorial.rights import can, objection
from newsletter.digest.desk.forms import SeenForm
from newsletter.digest.groups import ItemGroup
from newsletter.digest.happenings import Happening
from newsletter.digest.prefilling import (
    begin_issue,
    bring_in_since,
    happenings,
    missing_from,
    next_span,
    span_since,
)
from newsletter.models import DigestIssue


def by_group(rows: list[Happening]) -> list[tuple[str, list[Happening]]]:
    groups = [
        (str(group.label), [row for row in rows if row.group == group])
        for group in ItemGroup
    ]
    return [(label, found) for label, found in groups if found]


@require_http_methods(["GET", "POST"])
def issue_begin(request: HttpRequest, *, issue_admin: Any) -> HttpResponse:
    """Show what the next issue would be filled with; a POST makes the draft."""
    if not can(request.user, "create", DigestIssue):
        raise PermissionDenied(objection(request.user, "create", DigestIssue))
    if request.method == "POST":
        issue = begin_issue(by=request.user)
        messages.success(request, f"“{issue}” is begun. Only the desk sees it.")
        return redirect(issue_admin.change_url(issue))
    span = next_span(timezone.now())
    found = happenings(span)
    context = {
        **issue_admin.admin_site.each_context(request),
        "title": "Begin the next issue",
        "opts": issue_admin.opts,
        "span": span,
        "groups": by_group(found),
        "count": len(found),
        "back_url": reverse("admin:newsletter_digestissue_changelist"),
    }
    return TemplateResponse(request, "newsletter/digest_desk_begin.html", context)


@require_http_methods(["GET", "POST"])
def issue_since(
    request: HttpRequest, object_id: int, *, issue_admin: Any
) -> HttpResponse:
    """Show what happened since the draft was filled; a POST brings it in."""
    issue = document_for(issue_admin, request, object_id, "edit")
    form = SeenForm(request.POST or None, initial={"lock_version": issue.lock_version})
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["lock_version"]
        try:
            count = bring_in_since(issue, by=request.user, lock_version=seen)
        except StaleSaveError as error:
            form.add_error(None, f"{error} Look at it, then bring it in.")
        else:
            items = "1 item" if count == 1 else f"{count} items"
            messages.success(request, f"Brought in {items}. Nothing else changed.")
            return redirect(issue_admin.change_url(issue))
    span = span_since(issue, timezone.now())
    found = missing_from(issue, happenings(span))
    return document_page(
        issue_admin,
        request,
        "digest_desk_since",
        folder="newsletter",
        title=f"What happened since: {issue}",
        document=issue,
        form=form,
        span=span,
        groups=by_group(found),
        count=len(found),
    )
