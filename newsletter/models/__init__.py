"""The tables of the digest. Only the modules named in each docstring write them."""

from newsletter.models.digest import DigestIssue, DigestItem
from newsletter.models.letter import Letter, LetterKind, LetterState
from newsletter.models.mail_event import MailEvent, MailEventKind
from newsletter.models.mailing import Mailing, MailingKind, MailingState
from newsletter.models.subscriber import (
    AddressRequest,
    AddressRequestPurpose,
    Consent,
    LeaveReason,
    Subscriber,
    SubscriberState,
    Suppression,
    SuppressionReason,
    Watch,
)

__all__ = [
    "AddressRequest",
    "AddressRequestPurpose",
    "Consent",
    "DigestIssue",
    "DigestItem",
    "LeaveReason",
    "Letter",
    "LetterKind",
    "LetterState",
    "MailEvent",
    "MailEventKind",
    "Mailing",
    "MailingKind",
    "MailingState",
    "Subscriber",
    "SubscriberState",
    "Suppression",
    "SuppressionReason",
    "Watch",
]
