"""Keeping what a reader reports."""

import datetime
import hashlib

from django.db import transaction
from django.utils import timezone

from editorial.anonymous_forms import Limits
from editorial.models import Report
from editorial.reports.claim_pages import Spot, Target

LIMITS = Limits("report", per_address_a_day=20, in_all_an_hour=200)
SAME_TEXT = datetime.timedelta(hours=1)
"""For so long the same words about the same claim are the same report."""


def text_digest(spot: Spot, message: str) -> str:
    words = " ".join(message.split()).casefold()
    text = "\n".join([spot.page.path, spot.place, words])
    return hashlib.sha256(text.encode()).hexdigest()


def is_known(spot: Spot, message: str) -> bool:
    """Whether these words came in a moment ago, as when a button is pressed twice."""
    since = timezone.now() - SAME_TEXT
    digest = text_digest(spot, message)
    return bool(Report.objects.with_text(digest, since=since).exists())


@transaction.atomic
def receive(
    target: Target, spot: Spot, *, message: str, proof_url: str, mail_address: str
) -> Report:
    """Keep a report with what the page said at this moment."""
    return Report.objects.create(
        page_path=target.path,
        page_title=target.title,
        kind=spot.page.kind,
        subject_uid=spot.page.uid,
        place=spot.place,
        place_label=spot.label[:300],
        quote=spot.quote,
        version=spot.page.version,
        digest=spot.page.digest,
        message=message,
        proof_url=proof_url,
        mail_address=mail_address,
        text_digest=text_digest(spot, message),
    )
