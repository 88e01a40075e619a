"""Actions of the lists of documents: choose, look at what would happen, then confirm.

What is done, and by which rules, is `editorial.bulk`; a worker does it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from editorial.bulk import MAX_ITEMS, rehearse, start_job
from editorial.bulk import STEPS as BULK_STEPS
from editorial.desk.bundle_forms import ReleaseForm, ScheduleBundleForm
from editorial.desk.queues import can_model
from editorial.desk.steps import STEPS, ReasonForm, StepForm

CHOSEN = "document"


class BulkScheduleForm(ScheduleBundleForm):
    def clean_at(self) -> Any:
        at = self.cleaned_data["at"]
        if at <= timezone.now():
            raise forms.ValidationError("A schedule needs a moment in the future.")
        return at


FORMS: dict[str, type[forms.Form]] = {
    "submit": StepForm,
    "publish": ReleaseForm,
    "schedule": BulkScheduleForm,
    "withdraw": ReasonForm,
}
"""Where many documents are asked something else than one; the rest is as in STEPS."""


def bulk_form(verb: str) -> type[forms.Form]:
    return FORMS.get(verb, STEPS[verb].form)


@dataclass(frozen=True)
class Prospect:
    """One chosen document, and why the action would be refused."""

    document: Any
    objections: list[str]


def bulk_actions() -> list[Callable[..., Any]]:
    """The admin's actions, in the order of the workflow."""
    return [_action(verb) for verb in STEPS if verb in BULK_STEPS]


def _action(verb: str) -> Callable[..., Any]:
    def action(document_admin: Any, request: HttpRequest, chosen: Any) -> Any:
        number = chosen.count()
        if number > MAX_ITEMS:
            messages.error(
                request,
                f"You chose {number} documents. One job takes {MAX_ITEMS} at most.",
            )
            return None
        return _confirmation(document_admin, request, verb, chosen, bulk_form(verb)())

    action.__name__ = verb
    action.short_description = f"{STEPS[verb].label} …"
    return action


def offered_actions(actions: dict[str, Any], user: Any, model: Any) -> dict[str, Any]:
    """Of the admin's `actions` those that `user` may take on documents of `model`."""
    return {
        name: action
        for name, action in actions.items()
        if name in BULK_STEPS and can_model(user, name, model)
    }


@require_POST
def bulk_confirm(
    request: HttpRequest, verb: str, *, document_admin: Any
) -> HttpResponse:
    """Make a job of what was confirmed. Rights are judged again as each is done."""
    verb = verb.replace("-", "_")
    if verb not in BULK_STEPS:
        raise Http404
    if not can_model(request.user, verb, document_admin.model):
        raise PermissionDenied(f"Your account may not {STEPS[verb].label.lower()}.")
    keys = [key for key in request.POST.getlist(CHOSEN) if key.isdecimal()]
    rows = document_admin.get_queryset(request)
    chosen = rows.filter(pk__in=keys[:MAX_ITEMS]).order_by("title", "pk")
    form = bulk_form(verb)(request.POST)
    if not form.is_valid() or not chosen:
        return _confirmation(document_admin, request, verb, chosen, form)
    job = start_job(verb, chosen, by=request.user, **form.cleaned_data)
    return redirect(reverse("admin:editorial_bulkjob_change", args=[job.pk]))


def _confirmation(
    document_admin: Any, request: HttpRequest, verb: str, chosen: Any, form: forms.Form
) -> TemplateResponse:
    prospects = list(_prospects(verb, chosen, request.user))
    stem = f"admin:{document_admin.opts.app_label}_{document_admin.opts.model_name}"
    context = {
        **document_admin.admin_site.each_context(request),
        "title": f"{STEPS[verb].label}: {len(prospects)} documents",
        "opts": document_admin.opts,
        "step": STEPS[verb],
        "form": form,
        "prospects": prospects,
        "ready_count": sum(not prospect.objections for prospect in prospects),
        "confirm_url": reverse(f"{stem}_bulk", args=[verb.replace("_", "-")]),
        "list_url": reverse(f"{stem}_changelist"),
    }
    return TemplateResponse(request, "admin/editorial/bulk_confirm.html", context)


def _prospects(verb: str, chosen: Iterable[Any], user: Any) -> Iterable[Prospect]:
    for document in chosen:
        yield Prospect(document, rehearse(verb, document, by=user))
