"""Where comparisons and verdicts contradict each other, or their engines' releases."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from uuid import UUID

from catalog.models import EngineRelease
from comparisons.choosing import Choice
from comparisons.views import choice_of, comparison_address
from editorial.consistency.findings import Checker, Finding, register_checker
from editorial.consistency.internal_links import register_destination
from editorial.consistency.registration import CONTRADICTIONS, STALE_RATINGS
from editorial.consistency.texts import LiveText, live_texts
from editorial.vocabularies import RATING_STEPS, Severity

OPPOSITE_STEPS = 2
"""Two texts may differ by a step; from here on a reader is told opposite things."""


def _plain(sentence: str) -> str:
    return " ".join(sentence.casefold().split()).rstrip(".")


def _sides(text: LiveText) -> dict[str, str]:
    """The facts behind the sides of a comparison: side's uid to fact's uid."""
    sides = text.body["sides"]
    return {side["uid"]: side["fact"]["uid"] for side in sides if side["fact"]}


def opposite_ratings() -> Iterator[Finding]:
    """One fact, one dimension by name and gloss, two comparisons, two steps apart."""
    seen: dict[tuple, tuple[LiveText, str]] = {}
    for text in live_texts("comparison"):
        facts = _sides(text)
        for dimension in text.body["dimensions"]:
            for rating in dimension["ratings"]:
                if (fact := facts.get(rating["side"])) is None:
                    continue
                words = (_plain(dimension["label"]), _plain(dimension["gloss"]))
                key = (fact, *words, rating["version"])
                other, value = seen.setdefault(key, (text, rating["rating"]))
                if _steps_between(value, rating["rating"]) >= OPPOSITE_STEPS:
                    yield Finding(
                        Severity.HIGH,
                        text.place(dimension["uid"]),
                        f"“{dimension['label']}” is rated {rating['rating']} here and "
                        f"{value} in “{other.title}”, for the same thing.",
                        "Decide which is right, or say in the gloss how they differ.",
                    )


def _steps_between(one: str, other: str) -> int:
    steps = RATING_STEPS[one], RATING_STEPS[other]
    return 0 if None in steps else abs(steps[0] - steps[1])


def opposite_statements() -> Iterator[Finding]:
    """The same words for and against the same fact, in two lists made for that."""
    against: dict[tuple[str, str], tuple[LiveText, str]] = {}
    verdicts = live_texts("verdict")
    for text in verdicts:
        for group in ("limits", "not_for"):
            for point in text.body[group]:
                key = (text.body["subject"]["uid"], _plain(point["text"]))
                against[key] = (text, group)
    for text, fact, anchor, words in _statements_for(verdicts):
        other = against.get((fact, _plain(words)))
        if other is not None:
            verdict, group = other
            yield Finding(
                Severity.HIGH,
                text.place(anchor),
                f"“{words}” speaks for it here and against it in the verdict "
                f"“{verdict.title}” ({group.replace('_', ' ')}).",
                "Take one of the two out.",
            )


def _statements_for(
    verdicts: list[LiveText],
) -> Iterator[tuple[LiveText, str, str, str]]:
    for text in verdicts:
        for group in ("strengths", "for_whom"):
            for point in text.body[group]:
                fact = text.body["subject"]["uid"]
                yield text, fact, point["uid"], point["text"]
    for text in live_texts("comparison"):
        for side in text.body["sides"]:
            for reason in side["choose_if"] if side["fact"] else []:
                yield text, side["fact"]["uid"], side["uid"], reason


def last_day(partial: str) -> date | None:
    """The last day that a year, a month or a day may mean; None for nothing.

    >>> last_day("2026-02")
    datetime.date(2026, 2, 28)
    """
    if not partial:
        return None
    year, *rest = (int(part) for part in partial.split("-"))
    month = rest[0] if rest else 12
    day = rest[1] if len(rest) > 1 else monthrange(year, month)[1]
    return date(year, month, day)


def stale_ratings() -> Iterator[Finding]:
    """Dated ratings that are certainly older than the newest release seen.

    One finding for each side. A rating that names the newest version is not old, and
    one without a day cannot be judged.
    """
    texts = live_texts("comparison")
    uids = {UUID(uid) for text in texts for uid in _sides(text).values()}
    releases = {row.engine.uid: row for row in EngineRelease.objects.newest_of(uids)}
    for text in texts:
        facts, names = _sides(text), {s["uid"]: s["name"] for s in text.body["sides"]}
        stale: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for dimension in text.body["dimensions"]:
            for rating in dimension["ratings"]:
                release = releases.get(UUID(facts.get(rating["side"], "0" * 32)))
                if release and _is_older(rating, release):
                    label = dimension["label"]
                    stale[rating["side"]].append((dimension["uid"], label))
        for side, rows in stale.items():
            release = releases[UUID(facts[side])]
            labels = ", ".join(label for _, label in rows)
            yield Finding(
                Severity.LOW,
                text.place(rows[0][0]),
                f"{names[side]} {release.version} is newer than what was rated: "
                f"{labels}.",
                "Judge them again with that release, or say why they still hold.",
            )


def _is_older(rating: dict, release: EngineRelease) -> bool:
    """Whether every day the rating may mean lies before the release."""
    observed = last_day(rating["observed_on"])
    begun = release.released_on
    if observed is None or begun is None:
        return False
    if release.version and release.version in rating["version"]:
        return False
    first = {"year": (1, 1), "month": (begun.month, 1)}
    month, day = first.get(release.released_on_precision, (begun.month, begun.day))
    return observed < date(begun.year, month, day)


def _comparison_page(slug: str, folder: str = "") -> str | None:
    """Where facts are compared that nobody has written about; None for unknown ones."""
    choice: Choice | None = choice_of(folder, slug)
    if choice is None or not choice.is_comparable:
        return None
    return comparison_address(folder, choice.slug)


def register() -> None:
    for (kind, label), find in (
        (CONTRADICTIONS, opposite_ratings),
        (CONTRADICTIONS, opposite_statements),
        (STALE_RATINGS, stale_ratings),
    ):
        register_checker(Checker(kind, label, find))
    for name in ("comparison_detail", "deployment_comparison_detail"):
        register_destination(f"comparisons:{name}", _comparison_page)
