"""The admin's pages on which facts are exported, and imported by way of a dry run."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from catalog.exchange.exporting import FORMATS, exported
from catalog.exchange.importing import (
    PlanChangedError,
    import_upload,
    plan_import,
    told,
)
from catalog.exchange.tables import FactTable, table_of
from catalog.exchange.uploads import (
    MAX_BYTES,
    MAX_ROWS,
    UploadError,
    digest_of,
    read_upload,
)
from catalog.models import FactUpload
from editorial.rights import can, objection

SHOWN = 200
"""Rows of a dry run on the page; all of them are counted."""


class UploadForm(forms.Form):
    file = forms.FileField(
        label="CSV or JSON file",
        help_text=f"At most {MAX_BYTES // 1_000_000} MB and {MAX_ROWS} rows, in UTF-8, "
        "with the columns of the export.",
    )


def may_import(user: Any, model: Any) -> bool:
    """An import changes rows and makes new ones."""
    return can(user, "import", model) and can(user, "create", model)


def _address(model_admin: Any, view: str, *args: Any) -> str:
    stem = f"admin:{model_admin.opts.app_label}_{model_admin.opts.model_name}"
    return reverse(f"{stem}_{view}", args=args)


def _page(
    model_admin: Any, request: HttpRequest, template: str, **context: Any
) -> TemplateResponse:
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": f"Import {model_admin.opts.verbose_name_plural}",
        "list_url": _address(model_admin, "changelist"),
        "import_url": _address(model_admin, "import"),
        **context,
    }
    return TemplateResponse(request, f"admin/catalog/{template}.html", context)


def _table_for(model_admin: Any, request: HttpRequest) -> FactTable:
    if not may_import(request.user, model_admin.model):
        raise PermissionDenied("Your account may not import these facts.")
    return table_of(model_admin.model)


@require_safe
def fact_export(
    request: HttpRequest, file_format: str, *, model_admin: Any
) -> HttpResponse:
    """Exactly the rows that the list shows with the same parameters, on all pages."""
    if file_format not in FORMATS:
        raise Http404
    if not can(request.user, "export", model_admin.model):
        raise PermissionDenied(objection(request.user, "export", model_admin.model))
    rows = model_admin.get_changelist_instance(request).get_queryset(request)
    return exported(rows, table_of(model_admin.model), file_format)


@require_http_methods(["GET", "POST"])
def fact_import(request: HttpRequest, *, model_admin: Any) -> HttpResponse:
    """Take a file and keep it for its dry run. No fact is touched."""
    table = _table_for(model_admin, request)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        content = file.read(MAX_BYTES + 1)
        try:
            text = read_upload(content, file.name, table)
        except UploadError as error:
            form.add_error("file", str(error))
        else:
            upload = FactUpload.objects.create(
                model=table.model,
                file_name=file.name[:200],
                digest=digest_of(content),
                text=text,
                uploaded_by=request.user,
            )
            return redirect(_address(model_admin, "import_plan", upload.uid))
    return _page(model_admin, request, "import", form=form, table=table)


@require_http_methods(["GET", "POST"])
def fact_import_plan(
    request: HttpRequest, uid: Any, *, model_admin: Any
) -> HttpResponse:
    """What the file would change; a POST with the digest of just that changes it."""
    table = _table_for(model_admin, request)
    uploads = FactUpload.objects.filter(model=table.model, uploaded_by=request.user)
    upload = get_object_or_404(uploads, uid=uid, imported_at=None)
    if request.method == "POST":
        digest = request.POST.get("plan", "")
        try:
            done = import_upload(upload, table, by=request.user, digest=digest)
        except PlanChangedError as error:
            messages.error(request, str(error))
        else:
            number = len(done.changes)
            messages.success(request, f"{number} rows were written.")
            return redirect(_address(model_admin, "changelist"))
    plan = plan_import(upload, table, by=request.user)
    return _page(
        model_admin,
        request,
        "import_plan",
        upload=upload,
        plan=plan,
        changes=plan.changes[:SHOWN],
        refusals=told(plan.refusals[:SHOWN], upload.text),
        shown=SHOWN,
    )
