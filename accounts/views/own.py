"""One's own account: where one is signed in, and the second factor."""

import base64
from io import BytesIO

import django_otp
import qrcode
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from qrcode.image.svg import SvgPathFillImage

from accounts import second_factor
from accounts.forms import CodeForm, EnrolForm, ProvenCodeForm
from accounts.models import SignIn
from accounts.second_factor import WrongCodeError
from accounts.sessions import end_session, end_sessions
from accounts.views.pages import account_page


def _next(request: HttpRequest) -> str:
    """Where the person was going, if that is on this site; else their account."""
    wanted = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else reverse("accounts:account")


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    person = request.user
    return account_page(
        request,
        "account",
        title="Your account",
        person=person,
        sign_ins=SignIn.objects.of(person).open(),
        this_key=request.session.session_key,
        apps=list(second_factor.apps_of(person)),
        codes_left=second_factor.recovery_codes_left(person),
        must_enrol=second_factor.must_enrol(person),
    )


@require_POST
def session_end(request: HttpRequest) -> HttpResponse:
    """One of one's sessions, or all but this one."""
    own = SignIn.objects.of(request.user)
    if "others" in request.POST:
        key = request.session.session_key or ""
        count = end_sessions(request.user, by=request.user, but=key)
        messages.success(request, f"Other sessions that were ended: {count}.")
    else:
        chosen = request.POST.get("session", "")
        row = get_object_or_404(own, pk=int(chosen) if chosen.isdecimal() else 0)
        end_session(row, by=request.user)
        messages.success(request, "The session is ended.")
    return redirect("accounts:account")


def _qr_code(text: str) -> str:
    """An image for the page itself, so that the secret has no address of its own."""
    stream = BytesIO()
    qrcode.make(text, image_factory=SvgPathFillImage, border=3).save(stream)
    encoded = base64.b64encode(stream.getvalue()).decode()
    return f"data:image/svg+xml;base64,{encoded}"


@require_http_methods(["GET", "POST"])
def enrol(request: HttpRequest) -> HttpResponse:
    """Show a secret as a picture and as text; its first code confirms it."""
    person = request.user
    form = EnrolForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        secret, code = form.cleaned_data["secret"], form.cleaned_data["code"]
        name = form.cleaned_data["name"]
        try:
            codes = second_factor.enrol(
                person, signed_secret=secret, code=code, name=name
            )
        except WrongCodeError as error:
            form.add_error("code", str(error))
        else:
            newest = second_factor.apps_of(person).last()
            django_otp.login(request, newest)
            messages.success(request, f"“{newest.name}” is your second factor now.")
            return _codes_or_on(request, codes)
    return _enrol_page(request, form)


def _enrol_page(request: HttpRequest, form: EnrolForm) -> HttpResponse:
    """The same secret again after a slip; a new one where it is too old."""
    secret = form.data.get("secret", "") or second_factor.new_secret(request.user)
    try:
        device = second_factor.unsaved_app(request.user, secret)
    except WrongCodeError:
        secret = second_factor.new_secret(request.user)
        device = second_factor.unsaved_app(request.user, secret)
    return account_page(
        request,
        "enrol",
        title="Set up a second factor",
        form=form,
        secret=secret,
        typed_secret=second_factor.typed_secret(device),
        qr_code=_qr_code(device.config_url),
        must_enrol=second_factor.must_enrol(request.user),
    )


def _codes_or_on(request: HttpRequest, codes: list[str]) -> HttpResponse:
    if not codes:
        return redirect(_next(request))
    return account_page(
        request,
        "recovery_codes",
        title="Your recovery codes",
        codes=codes,
        next_url=_next(request),
    )


@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """The second half of signing in."""
    if request.user.is_verified():
        return redirect(_next(request))
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            device = second_factor.check_code(request.user, form.cleaned_data["code"])
        except WrongCodeError as error:
            form.add_error("code", str(error))
        else:
            request.session.cycle_key()
            django_otp.login(request, device)
            return redirect(_next(request))
    return account_page(request, "verify", title="Enter your code", form=form)


@require_http_methods(["GET", "POST"])
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """New codes, shown in the answer to the POST and never again."""
    if not second_factor.has_second_factor(request.user):
        return redirect("accounts:enrol")
    if request.method == "POST":
        codes = second_factor.renew_recovery_codes(request.user, by=request.user)
        return _codes_or_on(request, codes)
    left = second_factor.recovery_codes_left(request.user)
    title = "Make new recovery codes"
    return account_page(request, "renew_codes", title=title, codes_left=left)


@require_http_methods(["GET", "POST"])
def app_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for the password and a code: a browser left open is not enough."""
    device = get_object_or_404(second_factor.apps_of(request.user), pk=pk)
    form = ProvenCodeForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            second_factor.check_code(request.user, form.cleaned_data["code"])
        except WrongCodeError as error:
            form.add_error("code", str(error))
        else:
            second_factor.remove_app(device, by=request.user)
            messages.success(request, f"“{device.name}” is removed.")
            return redirect("accounts:account")
    return account_page(
        request, "app_remove", title=f"Remove “{device.name}”", form=form, app=device
    )
