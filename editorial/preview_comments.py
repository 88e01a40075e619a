"""What an invited reader says about a draft: by name, without an account, advisory."""

import datetime

from django.db import transaction
from django.utils import timezone

from editorial.comments import CommentRefusedError, add_comment
from editorial.models import Comment, PreviewLink
from editorial.preview_links import document_of

COMMENTS_AN_HOUR = 10
COMMENTS_IN_ALL = 100
MARK = " (invited reader)"
"""Behind the name, wherever it stands: nobody is taken for a person of the desk."""


class TooManyCommentsError(CommentRefusedError):
    """The link has brought as many comments as it may for now."""


@transaction.atomic
def comment_through(
    link: PreviewLink, *, author_name: str, text: str, place: str
) -> Comment:
    """Keep what an invited reader says. It never blocks.

    Raises TooManyCommentsError, CommentRefusedError.
    """
    document = document_of(link)
    if document is None:
        raise CommentRefusedError("This text is not worked on any more.")
    row = PreviewLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    _count_comment(row)
    return add_comment(
        document,
        by=None,
        author_name=f"{author_name}{MARK}",
        text=text,
        place=place,
        body=link.body,
    )


def _count_comment(row: PreviewLink) -> None:
    now = timezone.now()
    if row.hour_began_at <= now - datetime.timedelta(hours=1):
        row.hour_began_at, row.hour_count = now, 0
    if row.hour_count >= COMMENTS_AN_HOUR:
        raise TooManyCommentsError(
            "Many comments have come through this link in the last hour. Keep your "
            "text and send it later."
        )
    if row.comment_count >= COMMENTS_IN_ALL:
        raise TooManyCommentsError(
            "This link has brought as many comments as it may. Ask whoever gave it to "
            "you for another."
        )
    row.hour_count += 1
    row.comment_count += 1
    row.save(update_fields=["hour_began_at", "hour_count", "comment_count"])
