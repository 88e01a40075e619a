"""Where the request being answered came from, for whoever writes the trail.

Kept beside the call instead of in it, so that the workflow knows of no requests.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


@dataclass(frozen=True)
class Origin:
    """Empty where no request is being answered, as in a command."""

    address: str | None = None
    request_id: str = ""


NOWHERE = Origin()

_origin: ContextVar[Origin] = ContextVar("origin", default=NOWHERE)


@contextmanager
def coming_from(address: str | None, *, request_id: str = "") -> Iterator[None]:
    token = _origin.set(Origin(address, request_id))
    try:
        yield
    finally:
        _origin.reset(token)


def current_address() -> str | None:
    return _origin.get().address


def current_request_id() -> str:
    return _origin.get().request_id


def client_address(request: HttpRequest) -> str | None:
    """The address that the outermost of our own proxies saw.

    Each proxy appends who asked it to `X-Forwarded-For`. What stands further left than
    our `PROXY_COUNT` proxies reach came with the request and may be invented.
    """
    peer = request.META.get("REMOTE_ADDR", "")
    forwarded = request.headers.get("X-Forwarded-For", "")
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()] + [peer]
    is_complete = len(hops) > settings.PROXY_COUNT
    claimed = hops[-1 - settings.PROXY_COUNT] if is_complete else peer
    return _address_in(claimed) or _address_in(peer)


def _address_in(text: str) -> str | None:
    """The address in `text`, without the port that some proxies add."""
    bare = text.partition("]")[0].lstrip("[") if text.startswith("[") else text
    if bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        return str(ip_address(bare))
    except ValueError:
        return None
