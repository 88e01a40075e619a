"""An issue on its way to its subscribers: whether it may go, a test, and the start."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from editorial.models import Publication
from editorial.problems import NotAllowedError, WrongStateError
from editorial.rights import objection
from newsletter.digest.mail import drawn_mail
from newsletter.mailings import start_mailing
from newsletter.marks import LEAVE, PREFERENCES, DrawnMail
from newsletter.models import DigestIssue, LetterKind, Mailing, MailingKind, Subscriber
from newsletter.outbox import post_letter


def mailing_key(issue: DigestIssue) -> str:
    return f"digest:{issue.uid}"


def mailing_of(issue: DigestIssue) -> Mailing | None:
    """The mailing of this issue, in whatever state; None while it was not sent."""
    return Mailing.objects.filter(key=mailing_key(issue)).first()


def live_version(issue: DigestIssue) -> Publication | None:
    versions = Publication.objects.of_document(issue.uid)
    return versions.live_at(timezone.now()).first()


def recipient_count() -> int:
    """How many would get a digest that began today."""
    today = timezone.localdate()
    return Subscriber.objects.wanting_digest(today).count()


def send_test(mail: DrawnMail, addresses: list[str], *, home: str) -> None:
    """The mail as it is to a few addresses; its personal links lead to `home`."""
    for address in addresses:
        post_letter(
            LetterKind.TEST,
            address=address,
            subject=f"[Test] {mail.subject}"[:200],
            html=without_marks(mail.html, home),
            text=without_marks(mail.text, home),
        )


def without_marks(text: str, home: str) -> str:
    return text.replace(PREFERENCES, home).replace(LEAVE, home)


@transaction.atomic
def send_issue(issue: DigestIssue, *, by: Any, version: int) -> Mailing:
    """Begin the mailing of the live version, which has to be `version`.

    Raises NotAllowedError; WrongStateError where it is not live, has changed since, or
    went out before.
    """
    if sentence := objection(by, "publish", issue):
        raise NotAllowedError(sentence)
    publication = live_version(issue)
    if publication is None:
        raise WrongStateError("Only a published issue is sent. Publish it first.")
    if publication.version != version:
        raise WrongStateError(
            "Another version is live now. Read its mail, then send it."
        )
    if mailing_of(issue) is not None:
        raise WrongStateError("This issue is on its way already, or went out before.")
    if not recipient_count():
        raise WrongStateError("Nobody has asked for the digest and confirmed it yet.")
    return start_mailing(
        MailingKind.DIGEST,
        drawn_mail(publication),
        key=mailing_key(issue),
        publication=publication,
        by=by,
    )
