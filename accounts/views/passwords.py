"""Changing one's own password: in the trail, and the end of other sessions."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from accounts.sessions import end_sessions, note_session
from editorial.audit import record
from editorial.models import EventAction


def password_change(request: HttpRequest) -> HttpResponse:
    """The admin's own view. It answers with a redirect once the password is changed."""
    response = admin.site.password_change(request)
    if request.method == "POST" and response.status_code == 302:
        person = request.user
        record(EventAction.PASSWORD, subject=str(person), by=person)
        note_session(request, person)  # this session has another key since
        key = request.session.session_key
        end_sessions(person, by=person, but=key, note="The password was changed.")
    return response
