"""Reports for tests, and a reader who sends them."""

import datetime
import itertools

import time_machine
from django.utils import timezone

from editorial.models import Correction, Report
from editorial.reports.claim_pages import target_at
from tests.comparisons.factories import make_published_comparison

_numbers = itertools.count(1)
COMPARE = "/compare/engines/alpha-vs-beta/"
BROWSER = {"Sec-Fetch-Site": "same-origin"}
THANKS = "/report/thanks/"


def make_report(**values):
    """A new report on the answer of a published comparison, unless told otherwise."""
    number = next(_numbers)
    if "page_path" not in values:
        page = target_at(COMPARE).pages[0]
        if not page.uid:
            make_published_comparison(names=["Alpha", "Beta"])
            page = target_at(COMPARE).pages[0]
        values = {
            "page_path": COMPARE,
            "page_title": page.title,
            "kind": page.kind,
            "subject_uid": page.uid,
            "place": "answer",
            "place_label": "The answer",
            "quote": page.claims[0].text,
            "version": page.version,
            "digest": page.digest,
        } | values
    defaults = {
        "message": f"The number is wrong, {number}.",
        "text_digest": str(number),
    }
    return Report.objects.create(**defaults | values)


def make_correction(**values):
    now = timezone.now()
    defaults = {
        "page_path": COMPARE,
        "page_title": "Alpha vs Beta",
        "place_label": "The answer",
        "was_wrong": "The port was given as 8000.",
        "says_now": "It is 8080.",
        "reported_at": now - datetime.timedelta(days=2),
        "corrected_at": now,
        "days_taken": 2,
        "version": 2,
        "fix_path": f"{COMPARE}history/",
    }
    return Correction.objects.create(**defaults | values)


def filled_in(client, *, page=COMPARE, place="answer", **values):
    """What a reader sends who opened the form and typed for half a minute."""
    form = client.get("/report/", {"page": page, "place": place}).context["form"]
    earlier = timezone.now() - datetime.timedelta(seconds=30)
    with time_machine.travel(earlier, tick=False):
        began = client.get("/report/").context["form"]["began"].value()
    sent = {
        "page": form.target.path,
        "asked": form.asked_again,
        "began": began,
        "website": "",
        "message": "The default port is 8080, not 8000.",
    }
    return sent | values


def send(client, headers=BROWSER, **values):
    return client.post("/report/", filled_in(client, **values), headers=headers)
