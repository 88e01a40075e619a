"""Which outside addresses may be asked: public hosts, plain names, standard ports."""

import ipaddress
import re
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

PORTS = {"http": 80, "https": 443}
EMBEDDING = [ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("::/96")]
"""IPv6 networks whose last four bytes are an IPv4 address."""

_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?", re.ASCII)
_UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Iterable[str]]
IsPublic = Callable[[str], bool]


class RefusedAddressError(Exception):
    """We do not ask this address; the message says why."""


@dataclass(frozen=True)
class Target:
    """Where to connect, and what to ask for. `address` is fixed: no second look-up."""

    scheme: str
    host: str
    address: str
    request: str

    @property
    def port(self) -> int:
        return PORTS[self.scheme]


def resolve_host(host: str, port: int) -> list[str]:
    rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(row[4][0]) for row in rows]


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public network.

    >>> is_public("10.1.2.3") or is_public("::ffff:127.0.0.1") or is_public("fe80::1%1")
    False
    """
    if "%" in address:
        return False
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    return all(_is_global(one) for one in (ip, *_embedded(ip)))


def _is_global(ip: IPAddress) -> bool:
    if ip.is_multicast or ip.is_reserved or not ip.is_global:
        is_translated = isinstance(ip, ipaddress.IPv6Address) and ip in EMBEDDING[0]
        is_mapped = getattr(ip, "ipv4_mapped", None) is not None
        return is_translated or is_mapped
    return not getattr(ip, "is_site_local", False)


def _embedded(ip: IPAddress) -> list[IPAddress]:
    """IPv4 addresses that an IPv6 one leads to."""
    if isinstance(ip, ipaddress.IPv4Address):
        return []
    found: list[IPAddress | None] = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
    if any(ip in network for network in EMBEDDING):
        found.append(ipaddress.IPv4Address(ip.packed[-4:]))
    return [one for one in found if one is not None]


def target_of(
    url: str, *, resolve: Resolve = resolve_host, is_allowed: IsPublic = is_public
) -> Target:
    """Where `url` leads, its host looked up once.

    Raises RefusedAddressError, or OSError where the host is not found.
    """
    if _UNSAFE.search(url):
        raise RefusedAddressError("It holds a character that addresses may not have.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise RefusedAddressError("It is no address.") from error
    if parts.scheme not in PORTS:
        raise RefusedAddressError("Only http and https are asked.")
    if "@" in parts.netloc:
        raise RefusedAddressError("It holds a user name or a password.")
    if port not in (None, PORTS[parts.scheme]):
        raise RefusedAddressError("It names a port of its own.")
    host = plain_host(parts.hostname or "")
    addresses = list(resolve(host, PORTS[parts.scheme]))
    if not addresses or not all(is_allowed(address) for address in addresses):
        raise RefusedAddressError("Its host is not on the public network.")
    request = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~")
    if parts.query:
        request += "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~?[]")
    return Target(parts.scheme, host, addresses[0], request)


def plain_host(host: str) -> str:
    """A host name in its ASCII form, or an IP address written the usual way.

    Numbers in other notations (one decimal, hexadecimal, octal) are refused rather
    than understood: programs differ in how they read them.
    """
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass
    try:
        name = host.rstrip(".").encode("idna").decode().lower()
    except UnicodeError as error:
        raise RefusedAddressError("Its host is no name.") from error
    labels = name.split(".")
    is_number = re.fullmatch(r"\d+|0x[0-9a-f]*", labels[-1]) is not None
    if len(labels) < 2 or is_number or not all(map(_LABEL.fullmatch, labels)):
        raise RefusedAddressError("Its host is no public name.")
    return name
