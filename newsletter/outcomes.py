"""What became of a message that was handed over, read from the error that came back."""

import enum
import smtplib
from collections.abc import Collection
from dataclasses import dataclass

from anymail.exceptions import AnymailError, AnymailRequestsAPIError
from requests import ConnectionError as NoConnection
from requests import ConnectTimeout
from urllib3.exceptions import NewConnectionError

MAX_WORDS = 500
REFUSED = "The mail provider does not take mail for this address."
UNCLEAR = "The mail provider did not say whether it took this."
BUSY = {429, 503}
"""Answers of a provider's programming interface that say: later."""

OUR_ACCOUNT = {401, 402, 403}
"""Those that speak of our account and not of the message."""


class Verdict(enum.Enum):
    SENT = "sent"
    LATER = "later"
    FAILED = "failed"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True)
class Outcome:
    """`is_about_us`: the next message would fare the same."""

    verdict: Verdict
    sentence: str = ""
    is_about_us: bool = False


SENT = Outcome(Verdict.SENT)


def later(error: Exception, *, is_about_us: bool = True) -> Outcome:
    return Outcome(Verdict.LATER, words_of(error), is_about_us)


def outcome_of_refusal(error: smtplib.SMTPException) -> Outcome:
    """What a mail server's refusal means. It has not taken the message."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, answer = next(iter(error.recipients.values()))
        return _of_code(code, answer)
    if isinstance(error, smtplib.SMTPDataError):
        return _of_code(error.smtp_code, error.smtp_error)
    return later(error)  # of the sender, the login or the greeting: not of one message


def _of_code(code: int, answer: bytes | str) -> Outcome:
    words = _in_one_line(f"{code} {_text_of(answer)}")
    if 400 <= code < 500:
        return Outcome(Verdict.LATER, words, is_about_us=code == 421)
    return Outcome(Verdict.FAILED, words)


def outcome_of_provider_error(error: AnymailError) -> Outcome:
    """What an error of a provider's programming interface means."""
    if not isinstance(error, AnymailRequestsAPIError):
        return Outcome(Verdict.FAILED, words_of(error))
    if error.status_code is None:
        if _never_connected(error):
            return later(error)
        return Outcome(Verdict.UNCERTAIN, words_of(error))
    if error.status_code in BUSY | OUR_ACCOUNT:
        return later(error)
    is_refusal = 400 <= error.status_code < 500
    return Outcome(Verdict.FAILED if is_refusal else Verdict.UNCERTAIN, words_of(error))


def outcome_of_provider_status(status: Collection[str] | None) -> Outcome:
    """What a provider that answered says of a message, in Anymail's words."""
    known = set(status or ())
    if known & {"sent", "queued"}:
        return SENT
    if known & {"invalid", "rejected", "failed"}:
        return Outcome(Verdict.FAILED, REFUSED)
    return Outcome(Verdict.UNCERTAIN, UNCLEAR)


def _never_connected(error: AnymailRequestsAPIError) -> bool:
    if isinstance(error, ConnectTimeout):
        return True
    cause = error.__cause__
    reason = getattr(cause.args[0], "reason", None) if cause and cause.args else None
    return isinstance(error, NoConnection) and isinstance(reason, NewConnectionError)


def words_of(error: Exception) -> str:
    """An error in one line, as an editor may read it."""
    if isinstance(error, smtplib.SMTPResponseException):
        return _in_one_line(f"{error.smtp_code} {_text_of(error.smtp_error)}")
    return _in_one_line(str(error) or type(error).__name__)


def _text_of(answer: bytes | str) -> str:
    return answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer


def _in_one_line(words: str) -> str:
    return " ".join(words.split())[:MAX_WORDS]
