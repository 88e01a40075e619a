"""The desk's list of published documents that are due for a look."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from editorial.freshness import DUE_SOON_DAYS, due_documents, due_publications
from editorial.rights import can

ROWS_ON_A_PAGE = 50


@require_safe
def freshness(request: HttpRequest, *, verification_admin: Any) -> HttpResponse:
    """What is due, the longest overdue first; each row leads to its verification."""
    if not verification_admin.has_view_permission(request):
        raise PermissionDenied
    now = timezone.now()
    pages = Paginator(due_publications(now), ROWS_ON_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    rows = due_documents(page.object_list, now.date())
    context = {
        **verification_admin.admin_site.each_context(request),
        "title": "Due for re-check",
        "opts": verification_admin.opts,
        "page": page,
        "rows": [(row, can(request.user, "verify", row.document)) for row in rows],
        "due_soon_days": DUE_SOON_DAYS,
    }
    return TemplateResponse(request, "admin/editorial/freshness.html", context)
