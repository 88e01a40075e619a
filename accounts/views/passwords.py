"""Changing one's own password, written into the trail."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from editorial.audit import record
from editorial.models import EventAction


def password_change(request: HttpRequest) -> HttpResponse:
    """The admin's own view. It answers with a redirect once the password is changed."""
    response = admin.site.password_change(request)
    if request.method == "POST" and response.status_code == 302:
        person = request.user
        record(EventAction.PASSWORD, subject=str(person), by=person)
    return response
