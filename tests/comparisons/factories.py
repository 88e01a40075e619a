"""Comparisons and verdicts that could be published as they are."""

import datetime
import itertools

from comparisons.models import Comparison, Verdict
from editorial.drafts import record_save
from editorial.models import Publication
from editorial.review import approve, submit
from editorial.workflow import publish
from tests.catalog.factories import make_engine
from tests.editorial.factories import make_publisher, make_source, make_writer

_numbers = itertools.count(1)
VERIFIED_ON = datetime.date(2026, 11, 20)


def make_comparison(*, names=None, by=None, **values):
    """A complete working copy of an engine comparison, saved once."""
    number = next(_numbers)
    names = names or [f"Alpha {number}", f"Beta {number}"]
    defaults = {
        "slug": f"comparison-{number}",
        "title": " vs ".join(names),
        "description": "A comparison made for a test, with a description long enough.",
        "subject": "engine",
        "thesis": "One is quick to start, the other quick to run.",
        "answer": "**Start with the first.** The second pays off later.",
        "verdict": "Take the first unless the second suits you better.",
        "what_would_change": "A simpler way to install the second.",
        "verified_on": VERIFIED_ON,
    }
    comparison = Comparison.objects.create(**defaults | values)
    sides = [_make_side(comparison, name, place) for place, name in enumerate(names, 1)]
    for place, label in enumerate(("Speed", "Effort", "Reach"), 1):
        _make_dimension(comparison, sides, label, place)
    for place, side in enumerate(sides, 1):
        _make_rule_and_failure(comparison, side, place)
    record_save(comparison, by=by)
    return comparison


def _make_side(comparison, name, position):
    return comparison.sides.create(
        engine=make_engine(name=name),
        one_liner="An engine made for a test.",
        choose_if="You like it\nYou know it",
        position=position,
    )


def _make_dimension(comparison, sides, label, position):
    dimension = comparison.dimensions.create(label=label, position=position)
    for side, value in zip(sides, ("strong", "limited", "poor", "poor"), strict=False):
        dimension.ratings.create(side=side, value=value, reason="So the page says.")


def _make_rule_and_failure(comparison, side, position):
    comparison.rules.create(
        situation=f"You want {side}".translate(_without_digits).strip(),
        choice=side,
        reason="It is made for that.",
        position=position,
    )
    mode = comparison.failure_modes.create(
        side=side,
        title="It stops",
        trigger="A bad file",
        symptom="A message",
        mitigation="Take another file",
        position=position,
    )
    mode.sources.add(make_source())


_without_digits = str.maketrans("", "", "0123456789")


def make_verdict(*, by=None, engine=None, **values):
    """A complete working copy of a verdict on an engine, saved once."""
    number = next(_numbers)
    defaults = {
        "slug": f"verdict-{number}",
        "title": f"Verdict {number}",
        "description": "A verdict made for a test, with a description long enough.",
        "summary": "**A sound choice.** It does what it says.",
        "what_would_change": "A better one.",
        "verified_on": VERIFIED_ON,
    }
    if not values.keys() & {"hardware", "ai_model"}:
        values["engine"] = engine or make_engine()
    verdict = Verdict.objects.create(**defaults | values)
    for group in ("strengths", "limits", "for_whom", "not_for"):
        verdict.points.create(group=group, text="A plain reason")
    record_save(verdict, by=by)
    return verdict


def publish_document(document, *, by=None) -> Publication:
    """Take `document` through review as two people would."""
    reviewer = by or make_publisher()
    submit(document, by=make_writer())
    document.refresh_from_db()
    approve(document, by=reviewer, digest=document.working_digest)
    return publish(document, by=reviewer)


def make_published_comparison(**values):
    comparison = make_comparison(**values)
    publish_document(comparison)
    return comparison
