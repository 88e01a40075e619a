"""Letters on their way: written down in the caller's transaction, sent by a worker."""

from django.db import transaction

from newsletter.jobs import enqueue_sweep
from newsletter.models import Letter, LetterKind, Subscriber


@transaction.atomic
def post_letter(
    kind: LetterKind,
    *,
    address: str,
    subject: str,
    text: str,
    html: str = "",
    subscriber: Subscriber | None = None,
) -> Letter:
    """Write down one letter that belongs to no mailing. Nothing is sent here."""
    letter = Letter.objects.create(
        kind=kind,
        address=address,
        subject=subject,
        text=text,
        html=html,
        subscriber=subscriber,
    )
    enqueue_sweep()
    return letter
