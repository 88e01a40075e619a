"""The desk's list of facts that nobody has held against their source for long."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from editorial.fact_freshness import DatedFacts, check_fact, dated_facts, due_facts
from editorial.problems import NotAllowedError, WrongStateError
from editorial.rights import can, objection

ROWS_ON_A_PAGE = 50


@dataclass(frozen=True)
class DueFact:
    row: Any
    days_overdue: int


@require_http_methods(["GET", "POST"])
def facts_due(request: HttpRequest, *, verification_admin: Any) -> HttpResponse:
    """One kind at a time; POST says that a fact still is as its source says."""
    if not verification_admin.has_view_permission(request):
        raise PermissionDenied
    kind = _chosen(request.GET.get("kind", ""))
    if request.method == "POST":
        return _check(request, kind)
    today = timezone.now().date()
    counts = [(row, due_facts(row, today).count()) for row in dated_facts()]
    pages = Paginator(due_facts(kind, today), ROWS_ON_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        **verification_admin.admin_site.each_context(request),
        "title": "Facts due for re-check",
        "opts": verification_admin.opts,
        "kind": kind,
        "counts": counts,
        "page": page,
        "rows": [_due(row, kind, today) for row in page],
        "may_check": can(request.user, "check", kind.rows().model),
    }
    return TemplateResponse(request, "admin/editorial/facts_due.html", context)


def _chosen(key: str) -> DatedFacts:
    kinds = {kind.key: kind for kind in dated_facts()}
    if not key:
        return next(iter(kinds.values()))
    if key not in kinds:
        raise Http404
    return kinds[key]


def _due(row: Any, kind: DatedFacts, today: datetime.date) -> DueFact:
    return DueFact(row, (today - row.checked_on).days - kind.days)


def _check(request: HttpRequest, kind: DatedFacts) -> HttpResponse:
    if sentence := objection(request.user, "check", kind.rows().model):
        raise PermissionDenied(sentence)
    pk = request.POST.get("fact", "")
    fact = get_object_or_404(kind.rows(), pk=pk if pk.isdecimal() else 0)
    try:
        check_fact(fact, by=request.user)
    except NotAllowedError as error:
        raise PermissionDenied(str(error)) from error
    except WrongStateError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"“{fact}” was checked against its source today.")
    page = request.POST.get("page", "")
    number = page if page.isdecimal() else "1"
    return redirect(f"{reverse('admin:facts_due')}?kind={kind.key}&page={number}")
