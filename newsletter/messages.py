"""A letter as the message that goes out: its headers, and its recipient's addresses."""

from email.policy import Compat32
from email.utils import format_datetime, parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone
from django.utils.html import escape

from newsletter.addresses import leave_address, preferences_address
from newsletter.marks import LEAVE, PREFERENCES
from newsletter.models import Letter

LIST_NAMES = {"digest": "digest", "notice": "notices"}
"""The kinds that come without being asked for each time, as `List-Id` calls them."""


class WholeLinks(Compat32):
    """How a message is written: a link in a header stays on the header's first line.

    Python would begin a new one for it, which some mail programs do not read.
    """

    def fold_binary(self, name: str, value: Any) -> bytes:
        if name == "List-Unsubscribe":
            return f"{name}: {value}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


class PersonalMail(EmailMultiAlternatives):
    def message(self, **options: Any) -> Any:
        message = super().message(**options)
        message.policy = WholeLinks()
        return message


def message_for(letter: Letter) -> EmailMultiAlternatives:
    """Everything is in it that goes out; nothing is asked of the database."""
    source = letter.mailing or letter
    message = PersonalMail(
        subject=" ".join(source.subject.split()),
        body=personal(source.text, letter),
        from_email=settings.NEWSLETTER_FROM,
        to=[letter.address],
        headers=headers_of(letter),
    )
    if source.html:
        html = personal(source.html, letter, is_html=True)
        message.attach_alternative(html, "text/html")
    return message


def headers_of(letter: Letter) -> dict[str, str]:
    headers = {
        "Message-ID": letter.message_id,
        "Date": format_datetime(timezone.now()),
        "Auto-Submitted": "auto-generated",
    }
    if letter.kind in LIST_NAMES and letter.subscriber is not None:
        host = urlsplit(settings.SITE_URL).hostname
        headers |= {
            "List-Id": f"<{LIST_NAMES[letter.kind]}.{host}>",
            "List-Unsubscribe": f"<{leave_address(letter.subscriber)}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Precedence": "bulk",
        }
    return headers


def message_id_of(letter: Letter) -> str:
    """The same at each attempt, so that a mail program knows a message it has."""
    domain = parseaddr(settings.NEWSLETTER_FROM)[1].rpartition("@")[2]
    return f"<{letter.uid.hex}@{domain or 'localhost'}>"


def personal(words: str, letter: Letter, *, is_html: bool = False) -> str:
    """`words` with the recipient's own addresses in place of the marks.

    Who is no subscriber, as whoever tests a digest, gets the page of the newsletter.
    """
    own = {LEAVE: leave_address, PREFERENCES: preferences_address}
    for mark, address_of in own.items():
        if mark in words:
            subscriber = letter.subscriber
            nobody = f"{settings.SITE_URL}/newsletter/"
            address = address_of(subscriber) if subscriber else nobody
            words = words.replace(mark, escape(address) if is_html else address)
    return words
