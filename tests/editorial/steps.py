"""Steps that many tests take: editing, approving, looking at what is live."""

import datetime

from editorial.drafts import record_save
from editorial.models import Publication
from editorial.review import approve, submit

NOON = datetime.datetime(2026, 11, 24, 12, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)


def edit(document, *, by=None, **values):
    """Save other words, as the desk does."""
    for name, value in values.items():
        setattr(document, name, value)
    document.save()
    record_save(document, by=by)


def approved(document, *, by):
    submit(document, by=by)
    document.refresh_from_db()
    approve(document, by=by, digest=document.working_digest)


def live_titles():
    return [row.title for row in Publication.objects.live()]
