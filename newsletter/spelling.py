"""What counts as a mail address, and when two spellings of one are equal."""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.crypto import salted_hmac

LONGEST_ADDRESS = 254
LONGEST_NAME = 64

SALT = "newsletter address"

NOT_AN_ADDRESS = "This is not a mail address. It looks like name@example.org."
NAME_NOT_ASCII = (
    "Before the @ this address has letters beyond a to z, and our mail server cannot "
    "write to such addresses. Many providers give you a second spelling in plain "
    "letters: please use that."
)
DOMAIN_UNCLEAR = (
    "The two standards for such names disagree about what stands behind the @. Please "
    "type it in its other spelling, which begins with xn--."
)
UNCLEAR_LETTERS = set("ßς\u200c\u200d")
"""Letters of domain names that the older standard replaces and the newer keeps."""

_is_address = EmailValidator(message=NOT_AN_ADDRESS, allowlist=[])


class NotAnAddressError(ValueError):
    """The sentence says what is wrong and what to do."""


@dataclass(frozen=True)
class MailAddress:
    """`written` is what somebody typed, `key` is equal for spellings of one address."""

    written: str
    key: str


def read_address(text: str) -> MailAddress:
    """The address in `text`. Raises NotAnAddressError.

    A name before the @ is never taken apart: what stands behind a plus belongs to it.

    >>> read_address(" Jo.B+News@Bücher.Example ").key
    'jo.b+news@xn--bcher-kva.example'
    """
    written = text.strip()
    name, at, domain = written.rpartition("@")
    if not (name and at and domain) or domain.startswith("["):
        raise NotAnAddressError(NOT_AN_ADDRESS)
    plain = _plain_domain(domain)
    if not name.isascii():
        raise NotAnAddressError(NAME_NOT_ASCII)
    key = f"{name}@{plain}".lower()
    try:
        _is_address(key)
    except ValidationError as error:
        raise NotAnAddressError(NOT_AN_ADDRESS) from error
    if len(key) > LONGEST_ADDRESS or len(name) > LONGEST_NAME or '"' in name:
        raise NotAnAddressError(NOT_AN_ADDRESS)
    return MailAddress(written, key)


def key_of(address: str) -> str:
    """The key of an address as a provider reports it: never an error.

    >>> key_of("Jo@Bücher.Example"), key_of(" Not an address")
    ('jo@xn--bcher-kva.example', 'not an address')
    """
    try:
        return read_address(address).key
    except NotAnAddressError:
        return address.strip().lower()


def _plain_domain(domain: str) -> str:
    """`domain` in the letters that mail servers know."""
    if UNCLEAR_LETTERS & set(domain.lower()):
        raise NotAnAddressError(DOMAIN_UNCLEAR)
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise NotAnAddressError(NOT_AN_ADDRESS) from error


def address_hashes(key: str) -> list[str]:
    """What lists that name nobody hold for `key`: first as it is written today, then
    as it was written under earlier secret keys."""
    return [
        salted_hmac(SALT, key, secret=secret, algorithm="sha256").hexdigest()
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    ]


def address_hash(key: str) -> str:
    return address_hashes(key)[0]


def masked(address: str) -> str:
    """Enough to know one's own address by, for pages that a forwarded mail opens.

    >>> masked("reader@example.org")
    'r…@example.org'
    """
    name, _, domain = address.rpartition("@")
    return f"{name[:1]}…@{domain}"
