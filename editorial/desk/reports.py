"""The desk's page of one report: the claim then and now, and what can be done."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_POST, require_safe

from editorial.consistency.findings import Place
from editorial.desk.consistency import desk_addresses
from editorial.desk.report_steps import STEPS, StepForm, offered_steps
from editorial.diffing import word_pieces
from editorial.models import Report
from editorial.problems import NotAllowedError, WrongStateError
from editorial.registry import document_kinds, fact_types
from editorial.reports.answering import ADDRESS_KEPT_DAYS
from editorial.reports.claim_pages import SITE, ClaimPage, target_at
from editorial.rights import can, objection

UNPROCESSABLE = 422


def report_for(request: HttpRequest, object_id: Any, verb: str, admin: Any) -> Report:
    """The report, if this person may do `verb` to it."""
    report = admin.get_object(request, str(object_id))
    if report is None:
        raise Http404
    if not can(request.user, verb, report):
        raise PermissionDenied(objection(request.user, verb, report))
    return report


@require_safe
def report_page(
    request: HttpRequest, object_id: Any, *, report_admin: Any
) -> HttpResponse:
    report = report_for(request, object_id, "view", report_admin)
    return _page(request, report, report_admin)


@require_POST
def report_step(
    request: HttpRequest, object_id: int, verb: str, *, report_admin: Any
) -> HttpResponse:
    """Do one thing to a report; the page again where that does not work."""
    name = verb.replace("-", "_")
    if name not in STEPS:
        raise Http404
    step = STEPS[name]
    report = report_for(request, object_id, name, report_admin)
    page = page_of(report)
    form = step.form(request.POST, report=report, page=page, prefix=name)
    if not form.is_valid():
        return _page(request, report, report_admin, sent=form, status=UNPROCESSABLE)
    try:
        step.run(report, request.user, form)
    except (NotAllowedError, WrongStateError) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"The report on “{report}” is {step.done}.")
    return redirect(reverse("admin:editorial_report_change", args=[report.pk]))


def page_of(report: Report) -> ClaimPage:
    """The text or fact that the report speaks of, as it is now."""
    pages = target_at(report.page_path).pages if report.page_path else [SITE]
    same = (page for page in pages if page.uid and page.uid == report.subject_uid)
    return next(same, pages[0])


def _edit_link(report: Report) -> str:
    """Where the desk changes what the report speaks of; empty for other pages."""
    known = {kind.name for kind in document_kinds()} | set(fact_types())
    if report.subject_uid is None or report.kind not in known:
        return ""
    place = Place(report.kind, report.subject_uid, report.page_title, report.page_path)
    return desk_addresses([place]).get(place, "")


def _page(
    request: HttpRequest,
    report: Report,
    report_admin: Any,
    *,
    sent: StepForm | None = None,
    status: int = 200,
) -> HttpResponse:
    page = page_of(report)
    claim = page.claim_at(report.place)
    context = {
        **report_admin.admin_site.each_context(request),
        "title": f"Report: {report}",
        "opts": report_admin.opts,
        "report": report,
        "claim": claim,
        "pieces": word_pieces(report.quote, claim.text) if claim else [],
        "edit_link": _edit_link(report),
        "offers": offered_steps(report, page, request.user, sent),
        "kept_days": ADDRESS_KEPT_DAYS,
    }
    template = "admin/editorial/report.html"
    response = TemplateResponse(request, template, context, status=status)
    add_never_cache_headers(response)
    return response
