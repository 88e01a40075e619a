"""The desk's list of published numbers that moved, and the step that renews them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from editorial.models import Publication
from editorial.moved_numbers import (
    MovedText,
    moved_text_count,
    moved_texts,
    objection_to_taking,
    take_new_numbers,
)
from editorial.problems import NotAllowedError, WrongStateError
from editorial.registry import document_kind, document_kinds, register_desk_box
from editorial.rights import can, objection

TEXTS_ON_A_PAGE = 20
NAME = "editorial_publication_moved_numbers"


@require_http_methods(["GET", "POST"])
def moved_numbers(request: HttpRequest, *, model_admin: Any) -> HttpResponse:
    """Old and new side by side; POST takes the new ones into the ticked drafts."""
    if not can(request.user, "view", Publication):
        raise PermissionDenied(objection(request.user, "view", Publication))
    if request.method == "POST":
        if not may_take(request.user):
            raise PermissionDenied("Your account may not take new numbers.")
        return redirect(_take(request, request.POST.getlist("text")))
    pages = Paginator(moved_texts(timezone.now()), TEXTS_ON_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        **model_admin.admin_site.each_context(request),
        "title": "Numbers that moved",
        "page": page,
        "rows": [(text, _why_not(text, request.user)) for text in page],
        "may_take": may_take(request.user),
    }
    return TemplateResponse(request, "admin/editorial/moved_numbers.html", context)


def may_take(user: Any) -> bool:
    """Whether this person may renew the numbers of any kind of document."""
    return any(can(user, "take_numbers", kind.model) for kind in document_kinds())


def _why_not(text: MovedText, user: Any) -> str:
    """Why this person cannot take the new numbers here; empty where they can."""
    for verb in ("take_numbers", "submit"):
        if sentence := objection(user, verb, text.document):
            return sentence
    return objection_to_taking(text.document, text.body)


def _take(request: HttpRequest, chosen: list[str]) -> str:
    """Renew each chosen draft; answers where to go on."""
    taken = []
    for key in chosen:
        document, digest = _chosen(key)
        if document is None:
            messages.error(request, "One of the texts is gone. Look at the list again.")
            continue
        try:
            take_new_numbers(document, by=request.user, digest=digest)
        except (NotAllowedError, WrongStateError) as error:
            messages.error(request, f"“{document}”: {error}")
        else:
            taken.append(document)
            messages.success(
                request, f"“{document}” has the new numbers and waits for review."
            )
    if not chosen:
        messages.error(request, "Tick the texts that shall take the new numbers.")
    if len(taken) == len(chosen) == 1 and can(request.user, "approve", taken[0]):
        return _step_url(taken[0], "approve")
    return reverse(f"admin:{NAME}")


def _chosen(key: str) -> tuple[Any, str]:
    """The document and the digest that `kind:pk:digest` names."""
    kind, pk, digest = ([*key.split(":"), "", ""])[:3]
    if kind not in {row.name for row in document_kinds()} or not pk.isdecimal():
        return None, ""
    model = document_kind(kind).model
    return model._default_manager.filter(pk=pk).first(), digest


def _step_url(document: Any, verb: str) -> str:
    options = document._meta
    name = f"admin:{options.app_label}_{options.model_name}_step"
    return reverse(name, args=[document.pk, verb])


def register() -> None:
    register_desk_box(
        "Texts with numbers that moved",
        count=lambda user: moved_text_count(timezone.now()),
        link=lambda: reverse(f"admin:{NAME}"),
        order=52,
        right=lambda user: can(user, "view", Publication),
    )
