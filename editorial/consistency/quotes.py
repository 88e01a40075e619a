"""Pinned numbers against the live fact, and against each other."""

from collections import defaultdict
from collections.abc import Iterator

from editorial.consistency.findings import Finding
from editorial.consistency.texts import LiveText, live_texts
from editorial.pins import Pin, moved_pin, pinned_facts, resolve_pins
from editorial.vocabularies import Severity


def _pins(texts: list[LiveText]) -> Iterator[tuple[LiveText, str, Pin]]:
    for text in texts:
        for field, rich in text.rich_texts():
            for pin in rich["pins"]:
                yield text, field, pin


def _shown(display: str, unit: str) -> str:
    return f"{display} {unit}".strip()


def moved_quotes() -> Iterator[Finding]:
    """Pinned numbers that are not what the fact says now."""
    texts = live_texts()
    rich = [value for text in texts for _, value in text.rich_texts()]
    facts = resolve_pins(pinned_facts(rich))
    for text, field, pin in _pins(texts):
        value = moved_pin(pin, facts)
        if value is None:
            continue
        fact = facts[pin["type"], pin["uid"]]
        old = _shown(pin["display"], pin["unit"])
        yield Finding(
            Severity.HIGH,
            text.place(field),
            f"“{text.title}” quotes {old} for {fact.name} ({pin['field']}); the "
            f"catalogue now says {_shown(value.display, value.unit)}.",
            "Read the sentence again, save and publish: the pin takes today's number.",
        )


def disagreeing_quotes() -> Iterator[Finding]:
    """One field of one fact, quoted by two live texts with different values."""
    quotes = defaultdict(dict)
    for text, field, pin in _pins(live_texts()):
        key = (pin["type"], pin["uid"], pin["field"])
        quotes[key].setdefault(pin["raw"], (text, field, pin))
    for (_, _, name), by_value in quotes.items():
        if len(by_value) == 1:
            continue
        (first, _, one), *others = by_value.values()
        for text, field, pin in others:
            yield Finding(
                Severity.HIGH,
                text.place(field),
                f"“{text.title}” says {_shown(pin['display'], pin['unit'])} for "
                f"{name}, “{first.title}” says {_shown(one['display'], one['unit'])}.",
                "Publish the one that is out of date again.",
            )
