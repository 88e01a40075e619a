"""Answers that a browser or a cache may keep until the content changes."""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control

PUBLIC_MAX_AGE = 60
"""Seconds for which a shared cache may answer without asking."""


def conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """`response` with an ETag over its bytes, or 304 when the reader has them.

    The bytes hold the frozen text, what it resolved from the facts, and the page
    around them, so nothing that a reader sees can change without the tag changing.
    """
    digest = hashlib.sha256(response.content).hexdigest()[:32]
    response["ETag"] = f'"{digest}"'
    patch_cache_control(response, public=True, max_age=PUBLIC_MAX_AGE)
    return get_conditional_response(request, etag=response["ETag"], response=response)
