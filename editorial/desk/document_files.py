"""The desk's pages on which documents leave as files and come back as drafts."""

import json
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from editorial.desk.queues import can_model
from editorial.document_files import (
    MAX_BYTES,
    DocumentFileError,
    FileChangedError,
    export_documents,
    import_documents,
    plan_documents,
    read_documents,
)
from editorial.problems import NotAllowedError
from editorial.registry import document_kind


class DocumentFileForm(forms.Form):
    file = forms.FileField(
        label="JSON or YAML file",
        help_text=f"An export of the desk, or the form of the shipped documents. At "
        f"most {MAX_BYTES // 1000} KB.",
    )


class ConfirmForm(forms.Form):
    """Carries what was looked at, so that nothing else is imported."""

    content = forms.CharField(widget=forms.HiddenInput, strip=False)
    name = forms.CharField(widget=forms.HiddenInput, max_length=200)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


def _page(document_admin: Any, request: HttpRequest, **more: Any) -> TemplateResponse:
    stem = f"admin:{document_admin.opts.app_label}_{document_admin.opts.model_name}"
    context = {
        **document_admin.admin_site.each_context(request),
        "title": f"Import {document_admin.opts.verbose_name_plural}",
        "opts": document_admin.opts,
        "list_url": reverse(f"{stem}_changelist"),
        **more,
    }
    return TemplateResponse(request, "admin/editorial/document_import.html", context)


@require_safe
def document_export(request: HttpRequest, *, document_admin: Any) -> HttpResponse:
    """The working copies that the list shows with the same parameters."""
    if not can_model(request.user, "export_draft", document_admin.model):
        raise PermissionDenied("Your account may not export these documents.")
    rows = document_admin.get_changelist_instance(request).get_queryset(request)
    text = json.dumps(export_documents(rows), ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/json")
    name = document_admin.opts.model_name
    response["Content-Disposition"] = f'attachment; filename="{name}s.json"'
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "POST"])
def document_import(request: HttpRequest, *, document_admin: Any) -> HttpResponse:
    """Ask for a file, show what it would change, and on a second POST change it."""
    user, model = request.user, document_admin.model
    if not (can_model(user, "import", model) and can_model(user, "create", model)):
        raise PermissionDenied("Your account may not import these documents.")
    if "seen" in request.POST:
        return _confirmed(request, document_admin)
    form = DocumentFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        content = file.read(MAX_BYTES + 1)
        try:
            return _plan(request, document_admin, content, file.name)
        except DocumentFileError as error:
            form.add_error("file", str(error))
    return _page(document_admin, request, form=form, plan=None)


def _plan(
    request: HttpRequest, document_admin: Any, content: bytes, name: str
) -> TemplateResponse:
    kind = document_kind(document_admin.model.kind)
    plan = plan_documents(read_documents(content, kind), kind, by=request.user)
    text = content.decode("utf-8-sig")
    told = {"content": text, "name": name[:200], "seen": plan.digest}
    form = ConfirmForm(initial=told)
    return _page(document_admin, request, form=form, plan=plan, name=name)


def _confirmed(request: HttpRequest, document_admin: Any) -> HttpResponse:
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Send the file again.")
        return redirect(request.path)
    kind = document_kind(document_admin.model.kind)
    content, name = form.cleaned_data["content"].encode(), form.cleaned_data["name"]
    try:
        bodies = read_documents(content, kind)
        options = {"seen": form.cleaned_data["seen"], "name": name}
        written = import_documents(bodies, kind, by=request.user, **options)
    except FileChangedError as error:
        messages.error(request, str(error))
        return _plan(request, document_admin, content, name)
    except (DocumentFileError, NotAllowedError) as error:
        messages.error(request, str(error))
        return redirect(request.path)
    messages.success(request, f"Drafts written: {', '.join(map(str, written))}.")
    return redirect(document_admin.change_url(written[0]))
