"""The desk's views that begin a comparison, copy one, and change its sides."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from comparisons.beginning import begin_comparison
from comparisons.desk.side_forms import BeginForm
from comparisons.models import Comparison
from editorial.rights import can, objection


@require_http_methods(["GET", "POST"])
def comparison_begin(request: HttpRequest, *, comparison_admin: Any) -> HttpResponse:
    """Kind, sides and rows in one form; then the draft's own form."""
    if not can(request.user, "create", Comparison):
        raise PermissionDenied(objection(request.user, "create", Comparison))
    form = BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        comparison = begin_comparison(
            subject=form.cleaned_data["subject"],
            choices=form.cleaned_data["choices"],
            template=form.cleaned_data["template"],
            by=request.user,
        )
        messages.success(request, f"“{comparison}” is begun. Only the desk sees it.")
        return redirect(comparison_admin.change_url(comparison))
    context = {
        **comparison_admin.admin_site.each_context(request),
        "title": "New comparison",
        "opts": comparison_admin.opts,
        "form": form,
        "button": "Start the draft",
        "back_url": reverse("admin:comparisons_comparison_changelist"),
    }
    return TemplateResponse(request, "admin/editorial/begin.html", context)
