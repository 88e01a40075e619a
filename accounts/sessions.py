"""Noting where people are signed in, and ending it."""

import datetime
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import SignIn
from editorial.audit import record
from editorial.models import EventAction
from editorial.origin import client_address

NOTE_EVERY = datetime.timedelta(minutes=5)
"""Writing down each page would turn reading into writing."""

NOTED = "sign_in_noted"
"""In the session: which key was noted, and when."""


def note_session(request: HttpRequest, person: Any) -> None:
    """Keep the row of this session fresh: at once, then at most each 5 minutes.

    Costs no statement in between: the session itself remembers when it was noted.
    """
    key = request.session.session_key
    now = timezone.now()
    noted_key, noted_at = request.session.get(NOTED, ("", 0))
    if noted_key == key and now.timestamp() - noted_at < NOTE_EVERY.total_seconds():
        return
    if key is None:
        return
    values = {
        "user_id": person.pk,
        "session_key": key,
        "user_agent": request.headers.get("User-Agent", "")[:300],
        "address": client_address(request),
        "seen_at": now,
    }
    # A session gets another key when its owner's password changes.
    if not noted_key or not SignIn.objects.filter(session_key=noted_key).update(
        **values
    ):
        SignIn.objects.update_or_create(session_key=key, defaults=values)
    request.session[NOTED] = (key, now.timestamp())


def forget_ended(person: Any) -> None:
    """Drop the rows of sessions that have ended without a word, or were cleared."""
    SignIn.objects.of(person).ended().delete()


@transaction.atomic
def end_session(sign_in: SignIn, *, by: Any, note: str = "") -> None:
    """Sign that browser out: its next page asks for the password."""
    _delete_session(sign_in.session_key)
    sign_in.delete()
    words = f"{sign_in.browser}, {sign_in.address or 'address unknown'}"
    record(
        EventAction.SESSION_END,
        subject=str(sign_in.user),
        by=by,
        note=f"{words}. {note}".strip(),
    )


@transaction.atomic
def end_sessions(person: Any, *, by: Any, but: str = "", note: str = "") -> int:
    """End every session of `person`, except the one whose key is `but`."""
    rows = list(SignIn.objects.of(person).exclude(session_key=but).select_related())
    for row in rows:
        end_session(row, by=by, note=note)
    return len(rows)


def _delete_session(key: str) -> None:
    import_module(settings.SESSION_ENGINE).SessionStore().delete(key)
