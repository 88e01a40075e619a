"""What the desk's views on one document share: the right to it, and the frame."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse

from editorial.rights import can, objection


def document_for(
    document_admin: Any, request: HttpRequest, object_id: int, verb: str
) -> Any:
    """The document, if this person may do `verb` to it."""
    document = document_admin.get_object(request, str(object_id))
    if document is None:
        raise Http404
    if not can(request.user, verb, document):
        raise PermissionDenied(objection(request.user, verb, document))
    return document


def document_page(
    document_admin: Any,
    request: HttpRequest,
    template: str,
    *,
    folder: str = "admin/editorial",
    **context: Any,
) -> TemplateResponse:
    """A page about `context["document"]`, from `folder` of `templates/`."""
    context = {
        **document_admin.admin_site.each_context(request),
        "opts": document_admin.opts,
        "change_url": document_admin.change_url(context["document"]),
        **context,
    }
    return TemplateResponse(request, f"{folder}/{template}.html", context)
