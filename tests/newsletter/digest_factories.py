"""Issues of the digest, and people who want them: ordinary unless told otherwise."""

import datetime
import itertools
import uuid

from django.utils import timezone

from editorial.drafts import record_save
from newsletter.models import DigestIssue, Subscriber, SubscriberState, Watch
from tests.comparisons.factories import publish_document

_numbers = itertools.count(1)
VERIFIED_ON = datetime.date(2026, 11, 25)
DESCRIPTION = "What was new, corrected and repriced in a month that a test made up."


def make_issue(*, by=None, items=1, **values):
    """A working copy that could be published as it is, saved once."""
    number = next(_numbers)
    defaults = {
        "slug": f"issue-{number}",
        "title": f"Issue {number}",
        "period": "November 2026",
        "description": DESCRIPTION,
        "note": "A quiet month. Read **what we corrected**.",
        "verified_on": VERIFIED_ON,
    }
    issue = DigestIssue.objects.create(**defaults | values)
    for position in range(1, items + 1):
        make_item(issue, position=position)
    record_save(issue, by=by)
    return issue


def make_item(issue, *, sources=(), **values):
    """One more item, saved with the issue."""
    defaults = {
        "group": "new",
        "title": f"Something happened {uuid.uuid4().hex[:4]}",
        "text": "A page about it is new.",
        "path": "/corrections/",
        "happened_on": datetime.date(2026, 11, 20),
    }
    item = issue.items.create(**defaults | values)
    item.sources.set(sources)
    record_save(issue, by=None)
    return item


def make_published_issue(**values):
    issue = make_issue(**values)
    publish_document(issue)
    return issue


def make_subscriber(**values):
    address = f"reader-{next(_numbers)}@example.org"
    defaults = {
        "address": address,
        "address_key": address,
        "state": SubscriberState.ACTIVE,
        "confirmed_at": timezone.now(),
    }
    return Subscriber.objects.create(**defaults | values)


def make_watch(target, type_name="hardware", **values):
    """Somebody who watches `target`, a fact or a working copy."""
    return Watch.objects.create(
        subscriber=values.pop("subscriber", None) or make_subscriber(),
        type=type_name,
        target_uid=target.uid,
        **values,
    )
