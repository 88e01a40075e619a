"""The name under which an address is remembered once nothing else of it is kept."""

import contextlib

from django.utils.crypto import salted_hmac
from django.utils.encoding import punycode

SALT = "newsletter suppression"


def address_hash(address_key: str) -> str:
    """A keyed hash of an address; two spellings of one address have the same."""
    local, domain = _halves(address_key)
    text = f"{local}@{_in_ascii(domain)}"
    return salted_hmac(SALT, text, algorithm="sha256").hexdigest()


def spellings(address: str) -> set[str]:
    """The keys under which a subscriber with this address may be found."""
    local, domain = _halves(address)
    domains = {domain, _in_ascii(domain)}
    with contextlib.suppress(UnicodeError):
        domains.add(_in_ascii(domain).encode("ascii").decode("idna"))
    return {f"{local}@{each}" for each in domains}


def _halves(address: str) -> tuple[str, str]:
    local, _, domain = address.strip().casefold().rpartition("@")
    return local, domain


def _in_ascii(domain: str) -> str:
    with contextlib.suppress(UnicodeError):
        return str(punycode(domain)).lower()
    return domain  # no domain that could be written so; it stands for itself
