"""Ask one outside page whether it is there: HEAD, then a little of a GET."""

import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urljoin

from django.conf import settings

from editorial.link_checks.addresses import RefusedAddressError, Target, target_of

TIMEOUT_SECONDS = 10
"""For each step of the connection."""

DEADLINE_SECONDS = 25
"""For one request as a whole, however slowly its bytes arrive."""

READ_BYTES = 2048
MAX_REDIRECTS = 5
REDIRECTS = (301, 302, 303, 307, 308)
FOR_GOOD = (301, 308)

FindTarget = Callable[[str], Target]


@dataclass(frozen=True)
class Answer:
    """What came back. `status` is None where nothing did; `note` says why.

    `moved_to` is where the page went for good, if every redirect said so.
    """

    status: int | None
    note: str = ""
    moved_to: str = ""

    @property
    def is_good(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


class PinnedConnection(http.client.HTTPConnection):
    """Connects to the address that was judged, whatever the name means by now."""

    def __init__(self, target: Target) -> None:
        super().__init__(target.host, target.port, timeout=TIMEOUT_SECONDS)
        self.target = target

    def connect(self) -> None:
        place = (self.target.address, self.target.port)
        self.sock = socket.create_connection(place, timeout=TIMEOUT_SECONDS)
        if self.target.scheme == "https":
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.target.host)


def ask(url: str, *, find_target: FindTarget = target_of) -> Answer:
    """Whether `url` answers. Never raises for what a server or an address does."""
    try:
        answer = _follow("HEAD", url, find_target)
        return answer if answer.is_good else _follow("GET", url, find_target)
    except RefusedAddressError as error:
        return Answer(None, f"Not asked: {error}")
    except ssl.SSLError as error:
        return Answer(None, f"No safe connection: {error.reason or error}"[:200])
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Answer(None, f"No answer: {error or type(error).__name__}"[:200])


def _follow(method: str, url: str, find_target: FindTarget) -> Answer:
    """The answer at the end of the redirects, each judged like the first address."""
    is_for_good = True
    for hop in range(MAX_REDIRECTS + 1):
        status, location = _request(method, find_target(url))
        if status not in REDIRECTS or not location:
            return Answer(status, moved_to=url if hop and is_for_good else "")
        is_for_good &= status in FOR_GOOD
        url = urljoin(url, location)
    return Answer(None, f"More than {MAX_REDIRECTS} redirects.")


def _request(method: str, target: Target) -> tuple[int, str]:
    headers = {
        "User-Agent": f"{settings.SITE_NAME} link check (+{settings.SITE_URL})",
        "Accept": "*/*",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    connection = PinnedConnection(target)
    with _deadline(connection):
        connection.request(method, target.request, headers=headers)
        response = connection.getresponse()
        if method == "GET":
            response.read(READ_BYTES)
        return response.status, response.getheader("Location", "")


@contextmanager
def _deadline(connection: PinnedConnection) -> Iterator[None]:
    """Cut the connection after a time, and close it in any case."""
    timer = threading.Timer(DEADLINE_SECONDS, _cut, [connection])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        connection.close()


def _cut(connection: PinnedConnection) -> None:
    sock = connection.sock
    if sock is not None:
        sock.shutdown(socket.SHUT_RDWR)
