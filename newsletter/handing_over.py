"""One message given to the mail server or provider that `EMAIL_URL` names."""

import contextlib
import re
import smtplib
from typing import Any

import structlog
from anymail.exceptions import AnymailError
from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from newsletter.outcomes import (
    SENT,
    Outcome,
    Verdict,
    later,
    outcome_of_provider_error,
    outcome_of_provider_status,
    outcome_of_refusal,
    words_of,
)
from newsletter.smtp import NotingBackend

logger = structlog.get_logger(__name__)

SMTP = "django.core.mail.backends.smtp.EmailBackend"
MESSAGES_A_CONNECTION = 100
"""Mail servers end connections that bring too many."""

ONE_ADDRESS = re.compile(r"[^\s@,;:<>()\"]+@[^\s@,;:<>()\"]+")
NOT_ASCII = (
    "The part of the address before the @ has letters that mail servers may not take. "
    "It was not tried."
)
NOT_AN_ADDRESS = "This is not an address that mail can be sent to."
UNKNOWN = (
    "It failed in a way that nobody foresaw, so it may have gone out. The log of the "
    "site says why."
)


class Counter:
    """A connection that is kept between messages. To be closed at the end."""

    def __init__(self) -> None:
        self._backend: Any = None
        self._count = 0

    def hand_over(self, message: EmailMessage) -> Outcome:
        """Give `message` away once, and say what became of it."""
        if sentence := complaint_about(*message.to):
            return Outcome(Verdict.FAILED, sentence)
        if self._count >= MESSAGES_A_CONNECTION:
            self.close()
        is_used = self._count > 0
        outcome = self._try(message)
        if outcome.verdict == Verdict.LATER and is_used and self._backend is None:
            # The other side ended a connection that had been idle.
            outcome = self._try(message)
        self._count = self._count + 1 if self._backend else 0
        return outcome

    def close(self) -> None:
        if self._backend is not None:
            with contextlib.suppress(OSError):
                self._backend.close()
        self._backend, self._count = None, 0

    def _try(self, message: EmailMessage) -> Outcome:
        try:
            if self._backend is None:
                backend = _new_backend()
                backend.open()
                self._backend = backend
        except AnymailError as error:
            return later(error)
        except OSError as error:  # nobody answers, or refuses our login
            return later(error)
        try:
            self._backend.send_messages([message])
        except smtplib.SMTPServerDisconnected as error:
            return self._lost(error)
        except smtplib.SMTPException as error:
            return self._refused(error)
        except AnymailError as error:
            return outcome_of_provider_error(error)
        except ValueError:  # an address or a header that cannot be written
            return Outcome(Verdict.FAILED, NOT_AN_ADDRESS)
        except OSError as error:  # a disk that is full, a connection that broke
            return self._lost(error)
        except Exception:
            logger.exception("letter_failed", message_id=_id_of(message))
            self.close()
            return Outcome(Verdict.UNCERTAIN, UNKNOWN)
        if hasattr(message, "anymail_status"):
            return outcome_of_provider_status(message.anymail_status.status)
        return SENT

    def _lost(self, error: OSError) -> Outcome:
        has_begun = getattr(self._backend, "has_begun_text", False)
        self.close()
        if has_begun:
            return Outcome(
                Verdict.UNCERTAIN,
                f"The connection was lost while the text went out: {words_of(error)}",
                is_about_us=True,
            )
        return later(error)

    def _refused(self, error: smtplib.SMTPException) -> Outcome:
        outcome = outcome_of_refusal(error)
        if outcome.is_about_us:
            self.close()
        return outcome


def complaint_about(address: str) -> str:
    """Why nothing can be sent to an address, as a sentence; empty where it can."""
    if not ONE_ADDRESS.fullmatch(address):
        return NOT_AN_ADDRESS
    return "" if address.partition("@")[0].isascii() else NOT_ASCII


def _new_backend() -> Any:
    if settings.EMAIL_BACKEND == SMTP:
        return NotingBackend()
    return get_connection()


def _id_of(message: EmailMessage) -> str:
    return str(message.extra_headers.get("Message-ID", ""))
