"""What a comparison or a verdict owes before readers may see it."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from comparisons.models import MAX_SIDES, MIN_SIDES, Comparison, Subject, Verdict
from editorial.claims import makes_claim
from editorial.freezing import Body
from editorial.pins import unresolved_pins
from editorial.problems import Problem
from editorial.text_checks.limits import DESCRIPTION_LENGTH

MIN_DIMENSIONS = 3
MIN_RULES = 2


def comparison_problems(comparison: Comparison, body: Body) -> list[Problem]:
    """Every gap of `body`, in the order of the page."""
    return [
        *_head_problems(body),
        *_required_texts(body, "thesis", "answer", "verdict", "what_would_change"),
        *_side_problems(body),
        *_rule_problems(body),
        *_dimension_problems(body),
        *_failure_mode_problems(body),
        *_prose_problems(body, "answer"),
        *_prose_problems(body, "verdict"),
        *_pin_problems(body, "answer", "verdict", "what_would_change"),
    ]


def verdict_problems(verdict: Verdict, body: Body) -> list[Problem]:
    """Every gap of `body`. A verdict without a reason against is no verdict."""
    return [
        *_head_problems(body),
        *_required_texts(body, "summary", "what_would_change"),
        *_prose_problems(body, "summary"),
        *_point_problems(body),
        *_pin_problems(body, "summary", "what_would_change"),
    ]


def _text(value: Any) -> str:
    return str(value["source"] if isinstance(value, dict) else value)


def _head_problems(body: Body) -> Iterator[Problem]:
    if not body["title"]:
        yield Problem("The title is missing.", "title")
    if len(body["description"]) not in DESCRIPTION_LENGTH:
        yield Problem(
            "The description should have 50 to 200 characters; it has "
            f"{len(body['description'])}.",
            "description",
        )
    if not body["verified_on"]:
        yield Problem("Say on which day the claims were last verified.", "verified_on")


NAMES = {"what_would_change": "What would change our mind"}
"""Fields whose name on the form is not their name here."""


def _required_texts(body: Body, *fields: str) -> Iterator[Problem]:
    for field in fields:
        if not _text(body[field]).strip():
            yield Problem(f"“{NAMES.get(field, field.capitalize())}” is empty.", field)


def _prose_problems(body: Body, field: str) -> Iterator[Problem]:
    if makes_claim(_text(body[field])) and not body[f"{field}_sources"]:
        yield Problem(f"The {field} makes a claim without a source.", field)


def _pin_problems(body: Body, *fields: str) -> Iterator[Problem]:
    for field in fields:
        for pin in unresolved_pins(body[field]):
            yield Problem(f"{pin} names no fact of the catalogue.", field)


def _side_problems(body: Body) -> Iterator[Problem]:
    sides = body["sides"]
    if not MIN_SIDES <= len(sides) <= MAX_SIDES:
        yield Problem(
            f"A comparison has {MIN_SIDES} to {MAX_SIDES} sides; this one has "
            f"{len(sides)}.",
            "sides",
        )
    for key, count in Counter(side["key"] for side in sides).items():
        if count > 1:
            yield Problem(f"“{key}” is compared with itself.", "sides")
    for side in sides:
        yield from _one_side_problems(side, body["subject"])


def _one_side_problems(side: Body, subject: str) -> Iterator[Problem]:
    name, uid = side["name"], side["uid"]
    type_name = side["fact"]["type"] if side["fact"] else None
    if subject != Subject.DEPLOYMENT and type_name != subject:
        yield Problem(f"{name} is not of the kind that is compared here.", uid)
    if not side["one_liner"]:
        yield Problem(f"Say in one sentence what {name} is.", uid)
    if not side["choose_if"]:
        yield Problem(f"Say who should choose {name}.", uid)


def _rule_problems(body: Body) -> Iterator[Problem]:
    if len(body["rules"]) < MIN_RULES:
        yield Problem(f"At least {MIN_RULES} decision rules are needed.", "rules")
    for number, rule in enumerate(body["rules"], start=1):
        text = f"{rule['situation']} {rule['reason']}"
        if makes_claim(text) and not rule["sources"]:
            yield Problem(
                f"Decision rule {number}, “{rule['situation']}”, makes a claim "
                "without a source.",
                rule["uid"],
            )


def _dimension_problems(body: Body) -> Iterator[Problem]:
    if len(body["dimensions"]) < MIN_DIMENSIONS:
        yield Problem(f"At least {MIN_DIMENSIONS} dimensions are needed.", "dimensions")
    names = {side["uid"]: side["name"] for side in body["sides"]}
    for dimension in body["dimensions"]:
        rated = {rating["side"] for rating in dimension["ratings"]}
        for uid, name in names.items():
            if uid not in rated:
                yield Problem(
                    f"“{dimension['label']}” has no rating for {name}.",
                    dimension["uid"],
                )
        for rating in dimension["ratings"]:
            yield from _rating_problems(rating, dimension, names)


def _rating_problems(
    rating: Body, dimension: Body, names: dict[str, str]
) -> Iterator[Problem]:
    where = f"“{dimension['label']}”, {names[rating['side']]}"
    if not rating["reason"]:
        yield Problem(f"{where}: the rating has no reason.", dimension["uid"])
    if makes_claim(rating["reason"]) and not rating["sources"]:
        yield Problem(f"{where}: a claim without a source.", dimension["uid"])


def _failure_mode_problems(body: Body) -> Iterator[Problem]:
    breaking = {mode["side"] for mode in body["failure_modes"]}
    for side in body["sides"]:
        if side["uid"] not in breaking:
            yield Problem(f"Say what breaks first with {side['name']}.", side["uid"])
    for mode in body["failure_modes"]:
        texts = [mode[key] for key in ("title", "trigger", "symptom", "mitigation")]
        if not all(texts):
            yield Problem(
                f"“{mode['title']}” needs a trigger, a symptom and a mitigation.",
                mode["uid"],
            )
        if makes_claim(" ".join(texts)) and not mode["sources"]:
            yield Problem(
                f"“{mode['title']}” makes a claim without a source.", mode["uid"]
            )


def _point_problems(body: Body) -> Iterator[Problem]:
    owed = {
        "strengths": "Name at least one strength.",
        "limits": "Name at least one limit: every verdict has a reason against it.",
        "for_whom": "Say for whom it is.",
        "not_for": "Say for whom it is not.",
    }
    for group, sentence in owed.items():
        if not body[group]:
            yield Problem(sentence, "points")
        for point in body[group]:
            if makes_claim(point["text"]) and not point["sources"]:
                yield Problem(
                    f"“{point['text']}” makes a claim without a source.", point["uid"]
                )
