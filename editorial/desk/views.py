"""The desk's views on one document. Every change is a POST."""

from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from editorial import workflow
from editorial.desk.pages import document_for, document_page
from editorial.desk.panel import desk_panel
from editorial.desk.steps import STEPS
from editorial.desk.texts import text_called, texts_of
from editorial.diffing import changes_between, unchanged_between
from editorial.freezing import digest_of
from editorial.problems import (
    NotAllowedError,
    NotReadyError,
    WrongStateError,
    sentences_of,
)
from editorial.registry import document_kind
from editorial.rights import can
from editorial.uses import uses_of

STEP_ERRORS = (NotAllowedError, NotReadyError, WrongStateError)


@require_http_methods(["GET", "POST"])
def step(
    request: HttpRequest, object_id: int, verb: str, *, document_admin: Any
) -> HttpResponse:
    """Ask before a step of the workflow, showing what it would change; then do it."""
    verb_name = verb.replace("-", "_")
    if verb_name not in STEPS:
        raise Http404
    chosen = STEPS[verb_name]
    document = document_for(document_admin, request, object_id, verb_name)
    body = document_kind(document.kind).freeze(document)
    uses = uses_of(document) if chosen.shows_uses else []
    initial = {"digest": digest_of(body), "is_used": bool(uses)}
    form = chosen.form_for(document, request.POST or None, initial)
    if request.method == "POST" and form.is_valid():
        try:
            chosen.run(document, by=request.user, **form.cleaned_data)
        except STEP_ERRORS as error:
            form.add_error(None, sentences_of(error))
        else:
            messages.success(request, f"“{document}” was {chosen.done}.")
            return redirect(document_admin.change_url(document))
    return document_page(
        document_admin,
        request,
        "step",
        title=f"{chosen.label}: {document}",
        document=document,
        step=chosen,
        form=form,
        panel=desk_panel(document, request.user),
        uses=uses,
        changes=_changes_from_live(document, body) if chosen.shows_differences else [],
    )


def _changes_from_live(document: Any, body: Any) -> list[Any] | None:
    """What would differ from the live page; None while there is none."""
    live = text_called(document, "live")
    return None if live is None else changes_between(live.body, body)


@require_safe
def version_list(
    request: HttpRequest, object_id: int, *, document_admin: Any
) -> HttpResponse:
    """Every version and checkpoint, to compare and to bring back."""
    document = document_for(document_admin, request, object_id, "view")
    return document_page(
        document_admin,
        request,
        "version_list",
        title=f"Versions: {document}",
        document=document,
        texts=texts_of(document),
        diff_url=document_admin.desk_url(document, "diff"),
        restore_url=document_admin.desk_url(document, "restore"),
        may_restore=can(request.user, "restore", document),
    )


@require_safe
def version_diff(
    request: HttpRequest, object_id: int, *, document_admin: Any
) -> HttpResponse:
    """Two texts of one document, word by word."""
    document = document_for(document_admin, request, object_id, "diff")
    old = text_called(document, request.GET.get("old", "live"))
    new = text_called(document, request.GET.get("new", "draft"))
    if old is None or new is None:
        messages.error(request, "Choose two texts of this document to compare.")
        return redirect(document_admin.desk_url(document, "versions"))
    return document_page(
        document_admin,
        request,
        "version_diff",
        title=f"{old.label} → {new.label}: {document}",
        document=document,
        old=old,
        new=new,
        changes=changes_between(old.body, new.body),
        unchanged=unchanged_between(old.body, new.body),
        versions_url=document_admin.desk_url(document, "versions"),
    )


@require_POST
def restore(
    request: HttpRequest, object_id: int, *, document_admin: Any
) -> HttpResponse:
    """Make an earlier text the working copy. What readers see does not change."""
    document = document_for(document_admin, request, object_id, "restore")
    text = text_called(document, request.POST.get("text", ""))
    if text is None:
        messages.error(request, "That text is not among the versions any more.")
        return redirect(document_admin.desk_url(document, "versions"))
    note = f"Brought back: {text.label}."
    try:
        workflow.restore(document, by=request.user, body=text.body, note=note)
    except ValueError as error:
        messages.error(request, str(error))
    except IntegrityError:
        messages.error(
            request,
            "Another document has taken this text's slug or subject since. Change it "
            "there first.",
        )
    else:
        messages.success(request, f"The working copy now reads like: {text.label}.")
    return redirect(document_admin.change_url(document))
