"""Letters on their way: written down in the caller's transaction, sent by a worker."""

from newsletter.models import Letter, LetterKind, Subscriber


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
    return Letter.objects.create(
        kind=kind,
        address=address,
        subject=subject,
        text=text,
        html=html,
        subscriber=subscriber,
    )
