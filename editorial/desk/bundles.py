"""The desk's pages about one bundle. Every change is a POST."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from editorial.bundle_review import bundled_documents
from editorial.bundles import (
    add_to_bundle,
    cancel_bundle,
    release_bundle,
    remove_from_bundle,
)
from editorial.desk.bundle_forms import (
    AddDocumentForm,
    ReleaseForm,
    ScheduleBundleForm,
    offered_names,
)
from editorial.desk.step_forms import StepForm
from editorial.desk.views import STEP_ERRORS
from editorial.models import Bundle
from editorial.problems import sentences_of
from editorial.rights import can, objection


@dataclass(frozen=True)
class BundleStep:
    """A change of the whole bundle, asked for on a page of its own."""

    label: str
    done: str
    explanation: str
    form: type[forms.Form]
    run: Callable[..., Any]
    is_open: Callable[[Bundle], bool]


BUNDLE_STEPS = {
    "release": BundleStep(
        label="Release now",
        done="released",
        explanation="Readers see all of these documents from one instant on.",
        form=ReleaseForm,
        run=release_bundle,
        is_open=lambda bundle: bundle.is_open,
    ),
    "schedule": BundleStep(
        label="Schedule",
        done="scheduled",
        explanation="Readers see all of these documents from the moment you choose. "
        "The versions are taken now; a later edit does not change them.",
        form=ScheduleBundleForm,
        run=release_bundle,
        is_open=lambda bundle: bundle.is_open,
    ),
    "cancel": BundleStep(
        label="Cancel the release",
        done="taken off the schedule",
        explanation="None of these versions goes live. The bundle is open again.",
        form=StepForm,
        run=cancel_bundle,
        is_open=lambda bundle: bundle.is_ahead,
    ),
}


def bundle_for(request: HttpRequest, object_id: int | str, verb: str) -> Bundle:
    """The bundle, if this person may do `verb` to it."""
    bundles = Bundle.objects.select_related("released_by")
    is_key = str(object_id).isdecimal()
    bundle = bundles.filter(pk=object_id).first() if is_key else None
    if bundle is None:
        raise Http404
    if not can(request.user, verb, bundle):
        raise PermissionDenied(objection(request.user, verb, bundle))
    return bundle


def bundle_url(bundle: Bundle) -> str:
    return reverse("admin:editorial_bundle_change", args=[bundle.pk])


def _page(
    request: HttpRequest,
    bundle: Bundle,
    template: str,
    model_admin: Any,
    **context: Any,
) -> TemplateResponse:
    entries = bundled_documents(bundle, by=request.user)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": str(bundle),
        "opts": model_admin.opts,
        "bundle": bundle,
        "bundle_url": bundle_url(bundle),
        "entries": entries,
        "owing_count": sum(bool(entry.problems) for entry in entries),
        **context,
    }
    return TemplateResponse(request, f"admin/editorial/{template}.html", context)


@require_safe
def bundle_detail(
    request: HttpRequest, object_id: str, *, model_admin: Any, form: Any = None
) -> HttpResponse:
    """The documents of a bundle, and what each still owes."""
    bundle = bundle_for(request, object_id, "view")
    return _bundle_detail(request, bundle, model_admin, form)


def _bundle_detail(
    request: HttpRequest, bundle: Bundle, model_admin: Any, form: Any
) -> HttpResponse:
    may_edit = can(request.user, "edit", bundle)
    offered = [
        (verb, step) for verb, step in BUNDLE_STEPS.items() if step.is_open(bundle)
    ]
    return _page(
        request,
        bundle,
        "bundle",
        model_admin,
        form=form or AddDocumentForm(user=request.user),
        may_edit=may_edit,
        may_delete=model_admin.has_delete_permission(request, bundle),
        steps=offered if may_edit else [],
    )


@require_POST
def bundle_add(
    request: HttpRequest, object_id: int, *, model_admin: Any
) -> HttpResponse:
    bundle = bundle_for(request, object_id, "edit")
    form = AddDocumentForm(request.POST, user=request.user)
    if form.is_valid():
        document = form.cleaned_data["document"]
        try:
            add_to_bundle(bundle, document, by=request.user)
        except STEP_ERRORS as error:
            form.add_error("document", sentences_of(error))
        else:
            messages.success(request, f"“{document}” stands in the bundle.")
            return redirect(bundle_url(bundle))
    return _bundle_detail(request, bundle, model_admin, form)


@require_POST
def bundle_remove(
    request: HttpRequest, object_id: int, document_uid: Any, *, model_admin: Any
) -> HttpResponse:
    bundle = bundle_for(request, object_id, "edit")
    try:
        remove_from_bundle(bundle, document_uid, by=request.user)
    except STEP_ERRORS as error:
        messages.error(request, " ".join(sentences_of(error)))
    else:
        messages.success(request, "The document was taken out of the bundle.")
    return redirect(bundle_url(bundle))


@require_http_methods(["GET", "POST"])
def bundle_step(
    request: HttpRequest, object_id: int, verb: str, *, model_admin: Any
) -> HttpResponse:
    """Ask before the whole bundle is released or cancelled; then do it."""
    if verb not in BUNDLE_STEPS:
        raise Http404
    bundle, step = bundle_for(request, object_id, "edit"), BUNDLE_STEPS[verb]
    form = step.form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            step.run(bundle, by=request.user, **form.cleaned_data)
        except STEP_ERRORS as error:
            form.add_error(None, sentences_of(error))
        else:
            messages.success(request, f"“{bundle}” was {step.done}.")
            return redirect(bundle_url(bundle))
    title = f"{step.label}: {bundle}"
    return _page(
        request, bundle, "bundle_step", model_admin, form=form, step=step, title=title
    )


@require_safe
def bundle_pick(request: HttpRequest, *, model_admin: Any) -> JsonResponse:
    """Titles for the picker, in the form in which the admin answers."""
    if not can(request.user, "edit", Bundle):
        raise PermissionDenied(objection(request.user, "edit", Bundle))
    names = offered_names(request.user, request.GET.get("term", "")[:100])
    return JsonResponse({"results": [{"text": name} for name in names]})
