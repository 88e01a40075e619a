"""The desk's views that begin a comparison, copy one, and change its sides."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from comparisons.beginning import begin_comparison
from comparisons.copying import copy_comparison
from comparisons.desk.side_forms import BeginForm, ChangeSidesForm, CopyForm
from comparisons.models import MAX_SIDES, MIN_SIDES, Comparison
from comparisons.sides import add_side, drop_side, loss_of, replace_side, swap_sides
from editorial.desk.pages import document_for, document_page
from editorial.drafts import StaleSaveError
from editorial.problems import WrongStateError
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


@require_http_methods(["GET", "POST"])
def comparison_copy(
    request: HttpRequest, object_id: int, *, comparison_admin: Any
) -> HttpResponse:
    """A new draft from this text, once its sides are named."""
    original = document_for(comparison_admin, request, object_id, "copy")
    form = CopyForm(request.POST or None, original=original)
    if request.method == "POST" and form.is_valid():
        choices = form.cleaned_data["choices"]
        copy = copy_comparison(original, choices=choices, by=request.user)
        messages.success(request, f"“{copy}” was copied from “{original}”.")
        return redirect(comparison_admin.change_url(copy))
    return document_page(
        comparison_admin,
        request,
        "copy",
        title=f"Copy: {original}",
        document=original,
        form=form,
    )


def _change_sides(verb: str, form: ChangeSidesForm, by: Any) -> None:
    """Raises WrongStateError when something that the change needs is missing."""
    data = form.cleaned_data
    first, second = data["first"], data["second"]
    choice = next(iter(data["choices"]), None)
    document = form.comparison
    state = {"by": by, "lock_version": data["lock_version"]}
    if verb == "swap" and first and second:
        swap_sides(document, first, second, **state)
    elif verb == "replace" and first and choice:
        replace_side(document, first, choice, **state)
    elif verb == "add" and choice:
        add_side(document, choice, **state)
    else:
        raise WrongStateError("Say which side, and what it is to be.")


@require_http_methods(["GET", "POST"])
def comparison_sides(
    request: HttpRequest, object_id: int, *, comparison_admin: Any
) -> HttpResponse:
    """Swap, replace or add a side; each side leads to the page that drops it."""
    document = document_for(comparison_admin, request, object_id, "change_sides")
    initial = {"lock_version": document.lock_version}
    form = ChangeSidesForm(
        request.POST or None, comparison=document, initial=initial, auto_id=False
    )
    if request.method == "POST" and form.is_valid():
        try:
            _change_sides(request.POST.get("change", ""), form, request.user)
        except (StaleSaveError, WrongStateError) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "The sides are changed. Read what is said.")
            return redirect(comparison_admin.desk_url(document, "sides"))
    sides = list(document.sides.select_related("engine", "hardware", "ai_model"))
    return document_page(
        comparison_admin,
        request,
        "sides",
        title=f"Sides: {document}",
        document=document,
        form=form,
        sides=sides,
        may_add=len(sides) < MAX_SIDES,
        may_drop=len(sides) > MIN_SIDES,
    )


@require_http_methods(["GET", "POST"])
def side_drop(
    request: HttpRequest, object_id: int, uid: Any, *, comparison_admin: Any
) -> HttpResponse:
    """Name what goes with the side; a POST drops it."""
    document = document_for(comparison_admin, request, object_id, "change_sides")
    side = get_object_or_404(document.sides, uid=uid)
    initial = {"lock_version": document.lock_version}
    form = ChangeSidesForm(request.POST or None, comparison=document, initial=initial)
    if request.method == "POST" and form.is_valid():
        state = form.cleaned_data["lock_version"]
        try:
            drop_side(document, side, by=request.user, lock_version=state)
        except (StaleSaveError, WrongStateError) as error:
            messages.error(request, str(error))
        else:
            messages.success(request, "The side is dropped.")
        return redirect(comparison_admin.desk_url(document, "sides"))
    return document_page(
        comparison_admin,
        request,
        "drop_side",
        title=f"Drop {side}: {document}",
        document=document,
        side=side,
        loss=loss_of(side),
        form=form,
    )
