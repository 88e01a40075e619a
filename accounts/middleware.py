"""At the door of the desk: who has a second factor is asked for it.

Looks at nothing but the address on public pages, which must not read the session.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.second_factor import has_second_factor, must_enrol
from accounts.sessions import note_session

OPEN = {"admin:login", "admin:logout", "admin:jsi18n", "accounts:verify"}
"""What one may reach without the code."""

ENROL = "accounts:enrol"


def is_desk(request: HttpRequest) -> bool:
    return request.path_info.startswith(f"/{settings.ADMIN_PATH}")


class DeskDoorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if is_desk(request) and request.user.is_authenticated:
            note_session(request, request.user)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """None lets the person pass."""
        if not is_desk(request):
            return None
        person, name = request.user, request.resolver_match.view_name
        if name in OPEN or not (person.is_authenticated and person.is_staff):
            return None
        if person.is_verified():
            return None
        if has_second_factor(person):
            return _first(request, "accounts:verify")
        if name != ENROL and must_enrol(person):
            return _first(request, ENROL)
        return None


def _first(request: HttpRequest, name: str) -> HttpResponse:
    """To that page, and back here afterwards where coming back makes sense."""
    target = reverse(name)
    if request.method == "GET":
        target += "?" + urlencode({"next": request.get_full_path()})
    return redirect(target)
