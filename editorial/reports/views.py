"""The form for readers, its thanks, and the public log."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from editorial.anonymous_forms import FOREIGN, is_from_this_site, refusal
from editorial.conditional import conditional
from editorial.models import Correction
from editorial.reports.answering import ADDRESS_KEPT_DAYS
from editorial.reports.claim_pages import target_at
from editorial.reports.forms import AskedForm, ReportForm
from editorial.reports.log import log_figures
from editorial.reports.receiving import LIMITS, is_known, receive
from editorial.vocabularies import CORRECTION_DAYS

CORRECTIONS_PER_PAGE = 50
FORBIDDEN, UNPROCESSABLE, TOO_MANY = 403, 422, 429


@csrf_exempt  # without a session there is no token; the form checks the origin itself
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Ask what is wrong; keep it; say what happens next."""
    if request.method == "POST":
        return _received(request)
    page, place = AskedForm.of(request.GET)
    form = ReportForm(target=target_at(page), asked=place)
    return _form_page(request, form)


def _received(request: HttpRequest) -> HttpResponse:
    """Each answer but the last shows the form again with everything that was typed."""
    page, place = AskedForm.of(
        {**request.POST.dict(), "place": request.POST.get("asked")}
    )
    form = ReportForm(request.POST, target=target_at(page), asked=place)
    is_valid = form.is_valid()
    if not is_from_this_site(request):
        form.add_error(None, FOREIGN)
        return _form_page(request, form, status=FORBIDDEN)
    if not is_valid:
        return _form_page(request, form, status=UNPROCESSABLE)
    data = form.cleaned_data
    spot = form.chosen_spot
    if not is_known(spot, data["message"]):
        if sentence := refusal(request, LIMITS):
            form.add_error(None, sentence)
            return _form_page(request, form, status=TOO_MANY)
        texts = {key: data[key] for key in ("message", "proof_url", "mail_address")}
        receive(form.target, spot, **texts)
    return redirect("report_thanks")


def _form_page(
    request: HttpRequest, form: ReportForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "target": form.target,
        "spot": form.spot,
        "correction_days": CORRECTION_DAYS,
        "crumbs": [("Home", "/")],
        "canonical_url": f"{settings.SITE_URL}{reverse('report')}",
    }
    response = render(request, "editorial/report.html", context, status=status)
    add_never_cache_headers(response)
    return response


@require_safe
def report_thanks(request: HttpRequest) -> HttpResponse:
    context = {
        "correction_days": CORRECTION_DAYS,
        "kept_days": ADDRESS_KEPT_DAYS,
        "crumbs": [("Home", "/")],
    }
    return conditional(
        request, render(request, "editorial/report_thanks.html", context)
    )


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """What was wrong and what it says now, the newest first."""
    pages = Paginator(Correction.objects.newest_first(), CORRECTIONS_PER_PAGE)
    context = {
        "page": pages.get_page(request.GET.get("page")),
        "figures": log_figures(),
        "correction_days": CORRECTION_DAYS,
        "crumbs": [("Home", "/")],
        "canonical_url": f"{settings.SITE_URL}{reverse('corrections')}",
    }
    return conditional(request, render(request, "editorial/corrections.html", context))
