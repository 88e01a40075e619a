"""One text to many: begun here, sent by the outbox."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from editorial.models import Publication
from newsletter.marks import DrawnMail
from newsletter.models import Mailing, MailingKind

FRESH = datetime.timedelta(hours=48)
"""How long a digest may wait before somebody has to say again that it should go."""


@transaction.atomic
def start_mailing(
    kind: MailingKind,
    mail: DrawnMail,
    *,
    key: str,
    publication: Publication | None = None,
    targets: tuple[str, ...] = (),
    by: Any = None,
) -> Mailing:
    """Write down that `mail` goes to everybody who wants it; a worker does the rest.

    A digest goes to its subscribers, a notice to whoever watches one of `targets`
    (uids as text). What was begun under `key` before is answered as it is.
    """
    mailing, _ = Mailing.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "subject": mail.subject,
            "html": mail.html,
            "text": mail.text,
            "publication": publication,
            "targets": list(targets),
            "started_by": by,
            "fresh_until": timezone.now() + FRESH,
        },
    )
    return mailing
