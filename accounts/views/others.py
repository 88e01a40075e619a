"""For administrators: somebody's sessions and second factor, and lock-outs."""

from typing import Any

from axes.models import AccessAttempt
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import second_factor
from accounts.forms import ReasonForm
from accounts.lockouts import lift, lock_outs
from accounts.models import SignIn
from accounts.sessions import end_session, end_sessions
from accounts.views.pages import account_page
from editorial.rights import can, objection


def _require(request: HttpRequest, verb: str, subject: Any) -> None:
    if not can(request.user, verb, subject):
        raise PermissionDenied(objection(request.user, verb, subject))


def person_in_reach(request: HttpRequest, pk: int) -> User:
    """The person, unless they are a superuser and whoever asks is none."""
    person = get_object_or_404(User, pk=pk)
    if person.is_superuser and not request.user.is_superuser:
        raise PermissionDenied("Only a superuser looks after a superuser.")
    return person


@require_safe
def person_access(request: HttpRequest, pk: int) -> HttpResponse:
    _require(request, "view", SignIn)
    person = person_in_reach(request, pk)
    return account_page(
        request,
        "person_access",
        title=f"Access of {person}",
        person=person,
        sign_ins=SignIn.objects.of(person).open(),
        this_key=request.session.session_key,
        apps=list(second_factor.apps_of(person)),
        form=ReasonForm(),
    )


@require_POST
def person_session_end(request: HttpRequest, pk: int) -> HttpResponse:
    _require(request, "delete", SignIn)
    person = person_in_reach(request, pk)
    chosen = request.POST.get("session", "")
    if chosen.isdecimal():
        row = get_object_or_404(SignIn.objects.of(person), pk=int(chosen))
        end_session(row, by=request.user)
        messages.success(request, "The session is ended.")
    else:
        count = end_sessions(person, by=request.user)
        messages.success(request, f"Sessions that were ended: {count}.")
    return redirect("accounts:person_access", person.pk)


@require_POST
def person_factor_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """For a lost phone. Ends the sessions too: whoever has the phone may be in one."""
    _require(request, "delete", TOTPDevice)
    person = person_in_reach(request, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Say why: the reason stands in the audit trail.")
    else:
        note = form.cleaned_data["note"]
        second_factor.remove_second_factor(person, by=request.user, note=note)
        end_sessions(person, by=request.user, note=note)
        messages.success(request, f"{person} signs in without a code next time.")
    return redirect("accounts:person_access", person.pk)


@require_http_methods(["GET", "POST"])
def lock_out_list(request: HttpRequest) -> HttpResponse:
    """Who has to wait now; a POST lifts one."""
    _require(request, "view", AccessAttempt)
    if request.method == "POST":
        _require(request, "delete", AccessAttempt)
        name = request.POST.get("username", "")
        if lift(name, request.POST.get("address") or None, by=request.user):
            messages.success(request, f"“{name}” may be tried again.")
        else:
            messages.info(request, "Nothing was locked: it may have ended by itself.")
        return redirect("accounts:lock_outs")
    rows = lock_outs()
    return account_page(request, "lock_outs", title="Lock-outs", lock_outs=rows)
