"""Sources whose pages stopped answering."""

from collections.abc import Iterator

from django.utils.formats import date_format

from editorial.consistency.findings import Checker, Finding, Place, register_checker
from editorial.models import LinkCheck
from editorial.vocabularies import Severity


def state_of(check: LinkCheck) -> str:
    """What is known of a page, in a sentence."""
    if check.checked_at is None:
        return "Not asked yet."
    if not check.failures:
        moved = f" It moved for good to {check.moved_to}." if check.moved_to else ""
        day = date_format(check.checked_at, "j F Y")
        return f"Last seen working on {day}.{moved}"
    asked = date_format(check.checked_at, "j F Y")
    said = f"it answered {check.status}" if check.status else check.note.rstrip(".")
    seen = "Never seen working here"
    if check.good_at:
        seen = f"Last seen working on {date_format(check.good_at, 'j F Y')}"
    return f"{seen}; on {asked}: {said}."


def dead_sources() -> Iterator[Finding]:
    for check in LinkCheck.objects.dead().order_by("source__url"):
        source = check.source
        yield Finding(
            Severity.MEDIUM,
            Place("source", source.uid, str(source), source.url, "url"),
            f"{source}: {state_of(check)}",
            "Give an archived copy, or another source for what it proves.",
        )


def register() -> None:
    register_checker(
        Checker("outside-links", "Sources that stopped answering", dead_sources)
    )
