"""Who may send the forms of the digest, and what each of them is answered."""

import re

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from editorial.anonymous_forms import AnonymousForm, is_from_this_site, sender_key

FORBIDDEN, UNPROCESSABLE, TOO_MANY = 403, 422, 429
STATUS_HELP = {
    FORBIDDEN: "forbidden",
    UNPROCESSABLE: "invalid",
    TOO_MANY: "too_many",
}
PROGRAM_NAME = re.compile(r"^[\x20-\x7e]{1,100}$")

NOT_FROM_HERE = (
    "The browser did not say that this was sent from a page of this site, so nothing "
    "was kept. Your address is below: send it once more from here. A program that is "
    "no browser names itself in the header X-Integration."
)


def is_welcome(request: HttpRequest) -> bool:
    """Whether the request comes from a page of this site or from no browser at all.

    A browser names the page that sent a form in one of two headers, and lets no other
    site add `X-Integration`. So what has that header and neither of the two is a
    program, which acts in its own name.
    """
    headers = request.headers
    if "Sec-Fetch-Site" in headers or "Origin" in headers:
        return is_from_this_site(request)
    return bool(PROGRAM_NAME.match(headers.get("X-Integration", "")))


def client_hash(request: HttpRequest) -> str:
    """The sender's address as a keyed hash of the day, for the row of a consent."""
    return sender_key(request, timezone.now())


def wants_json(request: HttpRequest) -> bool:
    """Whether a program asked for an answer to read."""
    return request.get_preferred_type(["text/html", "application/json"]) == (
        "application/json"
    )


def refused_json(form: AnonymousForm, status: int) -> HttpResponse:
    """What is wrong, field by field; what concerns no field stands under `form`."""
    errors = {
        ("form" if name == "__all__" else name): list(sentences)
        for name, sentences in form.errors.items()
    }
    body = {"status": STATUS_HELP[status], "errors": errors}
    return JsonResponse(body, status=status)
