"""What Django says of people who come and go, written into the trail."""

from typing import Any

from django.contrib.auth.signals import (
    user_logged_in,
    user_logged_out,
    user_login_failed,
)
from django.http import HttpRequest

from accounts.models import SignIn
from accounts.sessions import forget_ended, note_session
from editorial.audit import record
from editorial.models import EventAction


def connect() -> None:
    for signal, receiver in (
        (user_logged_in, signed_in),
        (user_login_failed, failed_to_sign_in),
        (user_logged_out, signed_out),
    ):
        signal.connect(receiver, dispatch_uid=f"accounts.{receiver.__name__}")


def signed_in(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    forget_ended(user)
    note_session(request, user)
    record(EventAction.SIGN_IN, subject=str(user), by=user)


def failed_to_sign_in(
    sender: Any, credentials: dict[str, Any], request: Any = None, **kwargs: Any
) -> None:
    """Each failure until the lock-out, then the lock-out, then nothing more.

    A flood of tries must not flood the trail. Axes has counted this one already.
    """
    is_known = getattr(request, "axes_failures_since_start", None) is not None
    is_locked = getattr(request, "axes_locked_out", False)
    if is_locked and not is_known:
        return
    action = EventAction.LOCK_OUT if is_locked else EventAction.SIGN_IN_FAILED
    record(action, subject=str(credentials.get("username", "")), by=None)


def signed_out(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    SignIn.objects.filter(session_key=request.session.session_key).delete()
    if user is not None:
        record(EventAction.SIGN_OUT, subject=str(user), by=user)
