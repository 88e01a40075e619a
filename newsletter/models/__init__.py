"""The tables of the digest. Only the modules named in each docstring write them."""

from newsletter.models.digest import DigestIssue, DigestItem
from newsletter.models.mailing import (
    Letter,
    LetterKind,
    LetterState,
    Mailing,
    MailingKind,
    MailingState,
)
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
    "Mailing",
    "MailingKind",
    "MailingState",
    "Subscriber",
    "SubscriberState",
    "Suppression",
    "SuppressionReason",
    "Watch",
]
