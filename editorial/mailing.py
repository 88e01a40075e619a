"""Mail to people of the desk: plain text, to one person each, after the commit."""

from typing import Any

from django.core.mail import EmailMessage
from django.db import transaction


def can_be_mailed(person: Any) -> bool:
    return person is not None and person.is_active and bool(person.email)


def send_mail_to(
    person: Any, *, subject: str, text: str, headers: dict[str, str] | None = None
) -> None:
    """One plain message. A subject is one line, whatever a title holds."""
    message = EmailMessage(
        subject=" ".join(subject.split()),
        body=text,
        to=[person.email],
        headers={"Auto-Submitted": "auto-generated"} | (headers or {}),
    )
    message.send()


def mail_after_commit(
    person: Any, *, subject: str, text: str, headers: dict[str, str] | None = None
) -> None:
    """Send when the transaction has ended; a mail server that is down stops nobody."""

    def send() -> None:  # not a partial: Django logs the name of what failed
        send_mail_to(person, subject=subject, text=text, headers=headers)

    transaction.on_commit(send, robust=True)
