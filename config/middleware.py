"""What every answer carries: the id of its request, and what pages may not use."""

import re
import time
from collections.abc import Callable
from uuid import uuid4

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from editorial.origin import client_address, coming_from
from editorial.secret_paths import without_secret

log = structlog.get_logger("request")

HEADER = "X-Request-ID"
WELL_FORMED = re.compile(r"^[A-Za-z0-9_-]{8,64}$")

Handler = Callable[[HttpRequest], HttpResponse]


class RequestIdMiddleware:
    """Takes the id a proxy gave, or makes one; every log line of the request has it.

    What the request writes into the trail carries it too, with the reader's address.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        offered = request.headers.get(HEADER, "")
        request_id = offered if WELL_FORMED.match(offered) else uuid4().hex
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        began = time.monotonic()
        with coming_from(client_address(request), request_id=request_id):
            response = self.get_response(request)
        response[HEADER] = request_id
        log.info(
            "request",
            method=request.method,
            path=without_secret(request.path),
            status=response.status_code,
            duration_ms=round((time.monotonic() - began) * 1000, 1),
        )
        return response


class PermissionsPolicyMiddleware:
    """Names the browser features that no page of this site uses."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.policy = ", ".join(
            f"{name}={value}" for name, value in settings.PERMISSIONS_POLICY.items()
        )

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response["Permissions-Policy"] = self.policy
        return response
