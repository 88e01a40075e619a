"""An issue as mail: read it, send a test, send it to everybody who wants it."""

from typing import Any

from csp.constants import NONE, UNSAFE_INLINE
from csp.decorators import csp
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from editorial.desk.pages import document_for, document_page
from editorial.desk.texts import text_called
from editorial.problems import NotAllowedError, WrongStateError
from editorial.rights import can
from newsletter.digest.desk.forms import SendForm, TestForm
from newsletter.digest.mail import drawn_mail
from newsletter.digest.sending import (
    live_version,
    mailing_of,
    recipient_count,
    send_issue,
    send_test,
    without_marks,
)
from newsletter.marks import DrawnMail

WIDTHS = (("phone", "Phone, 390 pixels"), ("desktop", "Desktop, 700 pixels"))
OWN_ADDRESS = "(each recipient's own address)"
DRAFT, LIVE = "draft", "live"
TEXTS = {DRAFT: "The draft", LIVE: "The live version"}
MAIL_POLICY = {
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],  # a mail has its style on its elements
    "frame-ancestors": ["'self'"],
    "base-uri": [NONE],
    "form-action": [NONE],
}


def _chosen(request: HttpRequest, otherwise: str = DRAFT) -> str:
    """Which text was asked for."""
    asked = request.GET.get("text") or request.POST.get("text")
    return asked if asked in TEXTS else otherwise


def _mail(issue: Any, key: str) -> DrawnMail:
    text = text_called(issue, key)
    if text is None or text.body is None:
        raise Http404("No version of this issue is live.")
    return drawn_mail(text.body)


@require_safe
def issue_mail(
    request: HttpRequest, object_id: int, *, issue_admin: Any
) -> HttpResponse:
    """The mail at two widths and as plain text, with the ways to send it."""
    issue = document_for(issue_admin, request, object_id, "preview")
    key = _chosen(request, LIVE) if live_version(issue) else DRAFT
    return _mail_page(request, issue_admin, issue, key, _test_form(request, key))


def _test_form(request: HttpRequest, key: str) -> TestForm:
    return TestForm(initial={"addresses": request.user.email, "text": key})


def _mail_page(
    request: HttpRequest, issue_admin: Any, issue: Any, key: str, form: TestForm
) -> HttpResponse:
    mail, live, mailing = _mail(issue, key), live_version(issue), mailing_of(issue)
    may_send = can(request.user, "publish", issue)
    return document_page(
        issue_admin,
        request,
        "digest_desk_mail",
        folder="newsletter",
        title=f"As mail: {issue}",
        document=issue,
        mail=mail,
        mail_text=without_marks(mail.text, OWN_ADDRESS),
        kilobytes=len(mail.html.encode()) // 1000 + 1,
        texts=[(name, label, name == key) for name, label in TEXTS.items()]
        if live
        else [],
        frame_url=f"{issue_admin.desk_url(issue, 'mail_frame')}?text={key}",
        widths=WIDTHS,
        form=form if may_send else None,
        may_send=may_send,
        live=live,
        count=recipient_count() if may_send and live and not mailing else None,
        mailing=mailing,
        progress_url=progress_url(mailing),
    )


def progress_url(mailing: Any) -> str:
    """Where its progress is shown; nothing while there is no mailing or no page."""
    if mailing is None:
        return ""
    try:
        return reverse("admin:newsletter_mailing_change", args=[mailing.pk])
    except NoReverseMatch:
        return ""


@require_safe
@xframe_options_sameorigin
@csp(MAIL_POLICY)
def issue_mail_frame(
    request: HttpRequest, object_id: int, *, issue_admin: Any
) -> HttpResponse:
    """The HTML part as it goes out, for a frame that may run nothing."""
    issue = document_for(issue_admin, request, object_id, "preview")
    html = without_marks(_mail(issue, _chosen(request)).html, settings.SITE_URL)
    response = HttpResponse(html)
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex"
    return response


@require_POST
def issue_test(
    request: HttpRequest, object_id: int, *, issue_admin: Any
) -> HttpResponse:
    """Write the mail to one to three addresses."""
    issue = document_for(issue_admin, request, object_id, "publish")
    key, form = _chosen(request), TestForm(request.POST)
    if not form.is_valid():
        return _mail_page(request, issue_admin, issue, key, form)
    addresses = form.cleaned_data["addresses"]
    send_test(_mail(issue, key), addresses, home=settings.SITE_URL)
    messages.success(request, f"A test is on its way to {', '.join(addresses)}.")
    return redirect(f"{issue_admin.desk_url(issue, 'mail')}?text={key}")


@require_http_methods(["GET", "POST"])
def issue_send(
    request: HttpRequest, object_id: int, *, issue_admin: Any
) -> HttpResponse:
    """Say how many get it and ask once more; a POST begins the mailing."""
    issue = document_for(issue_admin, request, object_id, "publish")
    live, mailing = live_version(issue), mailing_of(issue)
    form = SendForm(
        request.POST or None, initial={"version": live.version if live else 0}
    )
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            mailing = send_issue(issue, by=request.user, version=version)
        except (NotAllowedError, WrongStateError) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"“{issue}” is on its way.")
            there = progress_url(mailing) or issue_admin.desk_url(issue, "mail")
            return redirect(there)
    return document_page(
        issue_admin,
        request,
        "digest_desk_send",
        folder="newsletter",
        title=f"Send: {issue}",
        document=issue,
        form=form,
        live=live,
        mailing=mailing,
        progress_url=progress_url(mailing),
        count=recipient_count(),
        mail_url=issue_admin.desk_url(issue, "mail"),
    )
