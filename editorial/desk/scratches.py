"""Forms that keep what is typed, and offer it on return."""

import json
import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms.utils import ErrorDict, ErrorList
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from editorial.desk.opened import OpenedForm, parsed_key
from editorial.desk.pages import document_for
from editorial.desk.typed import typed_changes
from editorial.models import NEW_DOCUMENT, Scratch
from editorial.rights import can, objection
from editorial.scratch import (
    MAX_SCRATCH_BYTES,
    UnfitScratchError,
    drop_scratch,
    keep_scratch,
    mark_present,
    offered_scratches,
    others_present,
)

TAKE_UP = "take_up"


def document_uid_of(document: Any) -> Any:
    return NEW_DOCUMENT if document is None else document.uid


def scratch_called(
    document_admin: Any, request: HttpRequest, document: Any, key: str
) -> Scratch:
    """What this person typed into a form of `document`; 404 for anybody else's."""
    kind = document_admin.model.kind
    scratches = Scratch.objects.of(request.user, kind, document_uid_of(document))
    return get_object_or_404(scratches.fresh(), key=parsed_key(key))


class ScratchMixin:
    """Fills the form with a scratch when asked to, without checking or saving it."""

    def takes_up(self, request: HttpRequest, document: Any) -> bool:
        """Whether this request wants a scratch in the form; puts it there if so."""
        if TAKE_UP not in request.POST:
            return False
        scratch = scratch_called(self, request, document, request.POST[TAKE_UP])
        data = QueryDict(mutable=True)
        for name, value in scratch.fields:
            data.appendlist(name, value)
        request.POST = data
        request.is_taking_up = True
        return True

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        if not getattr(request, "is_taking_up", False):
            return form
        return type(form.__name__, (_Unchecked, form), {})

    def _create_formsets(self, request: HttpRequest, obj: Any, change: bool) -> Any:
        formsets, inlines = super()._create_formsets(request, obj, change)
        if getattr(request, "is_taking_up", False):
            for rows in formsets:
                _leave_unchecked(rows)
        return formsets, inlines


class _Unchecked:
    """A form that shows what was typed and says nothing about it yet."""

    def full_clean(self) -> None:
        self._errors = ErrorDict()
        self.cleaned_data: dict[str, Any] = {}

    def is_valid(self) -> bool:
        return False


def _leave_unchecked(rows: Any) -> None:
    for form in rows.forms:
        form._errors = ErrorDict()
        form.cleaned_data = {}
    rows._errors = [form._errors for form in rows.forms]
    rows._non_form_errors = ErrorList(error_class="nonform")


def scratch_context(
    document_admin: Any, request: HttpRequest, document: Any, context: dict[str, Any]
) -> dict[str, Any]:
    """What the form needs to keep itself, and what it offers."""
    formsets = [inline.formset for inline in context["inline_admin_formsets"]]
    is_post = request.method == "POST"
    opened = OpenedForm.of_post(request.POST)
    if not (is_post and opened.scratch_key):
        opened = OpenedForm.at(document, formsets)
    uid = document_uid_of(document)
    offers = offered_scratches(request.user, document_admin.model.kind, uid)
    is_editable = document is None or can(request.user, "edit", document)
    others = others_present(request.user, uid) if document is not None else []
    return {
        "opened": opened,
        "scratch_url": _url(document_admin, document, "scratch"),
        "offers": [
            (row, _url(document_admin, document, "typed", row.key))
            for row in offers
            if is_editable and str(row.key) != opened.key
        ],
        "discard_url": _url(document_admin, document, "discard"),
        "is_taken_up": getattr(request, "is_taking_up", False),
        "present": others,
        "is_editable": is_editable,
    }


def _url(document_admin: Any, document: Any, view: str, *args: Any) -> str:
    if document is not None:
        return str(document_admin.desk_url(document, view, *args))
    options = document_admin.opts
    name = f"admin:{options.app_label}_{options.model_name}_new_{view}"
    return reverse(name, args=args)


def form_document(
    document_admin: Any, request: HttpRequest, object_id: int | None
) -> Any:
    """The document whose form this is; None for the form of a new one."""
    if object_id is not None:
        return document_for(document_admin, request, object_id, "edit")
    if not can(request.user, "create", document_admin.model):
        raise PermissionDenied(objection(request.user, "create", document_admin.model))
    return None


@require_POST
def scratch(
    request: HttpRequest, object_id: int | None = None, *, document_admin: Any
) -> HttpResponse:
    """Keep the fields that a form sends, if it sends any; say who else is here."""
    document = form_document(document_admin, request, object_id)
    if len(request.body) > MAX_SCRATCH_BYTES:
        return _refused("This text is too long to be kept while you type.", status=413)
    answer: dict[str, Any] = {"kept_at": None, "present": []}
    try:
        data = json.loads(request.body)
        if data.get("fields"):
            kept = keep_scratch(
                request.user,
                kind=document_admin.model.kind,
                document_uid=document_uid_of(document),
                key=parsed_key(str(data.get("key"))) or _bad_key(),
                fields=data["fields"],
            )
            answer["kept_at"] = timezone.localtime(kept.written_at).strftime("%H:%M")
    except (ValueError, AttributeError, UnfitScratchError):
        return _refused("The form sent something that cannot be kept.", status=400)
    if document is not None:
        mark_present(request.user, document.uid)
        answer["present"] = others_present(request.user, document.uid)
    return JsonResponse(answer)


def _bad_key() -> Any:
    raise UnfitScratchError("A form has a key.")


def _refused(sentence: str, *, status: int) -> JsonResponse:
    return JsonResponse({"error": sentence}, status=status)


@require_safe
def typed(
    request: HttpRequest,
    object_id: int | None = None,
    *,
    key: uuid.UUID,
    document_admin: Any,
) -> HttpResponse:
    """What differs between a scratch and the form as it would open now."""
    document = form_document(document_admin, request, object_id)
    row = scratch_called(document_admin, request, document, str(key))
    change_url = document_admin.form_address(document)
    context = {
        **document_admin.admin_site.each_context(request),
        "title": "What you typed and did not save",
        "opts": document_admin.opts,
        "document": document or f"New {document_admin.opts.verbose_name}",
        "change_url": change_url,
        "scratch": row,
        "changes": typed_changes(document_admin, request, document, row.fields),
        "discard_url": _url(document_admin, document, "discard"),
    }
    return TemplateResponse(request, "admin/editorial/typed.html", context)


@require_POST
def discard(
    request: HttpRequest, object_id: int | None = None, *, document_admin: Any
) -> HttpResponse:
    """Throw a scratch away."""
    document = form_document(document_admin, request, object_id)
    drop_scratch(request.user, parsed_key(request.POST.get("key", "")))
    return redirect(document_admin.form_address(document))
