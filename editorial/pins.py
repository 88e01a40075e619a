"""Numbers quoted from live facts: fixed when frozen, compared with the fact when read.

An editor writes `{hardware:rtx-4090 memory_bandwidth_gb_s}` in a text. Freezing puts
the value of that day there; a page shown after the fact has moved says both.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from html import escape, unescape
from typing import Any
from uuid import UUID

from editorial.registry import FactValue, ResolvedFact, fact_types

PIN = re.compile(r"\{([a-z_]+):([a-z0-9.-]+)\s+([a-z0-9_]+)\}")
_PLACE = "\ue000{}\ue001"
_PLACED = re.compile("\ue000(\\d+)\ue001")
_HERE = "\ue002"
_TAG = re.compile(r"<[^>]*>")
_BLOCK_END = re.compile(r"</(?:p|li|td|th|h3|h4|blockquote)>")
_SENTENCE_END = re.compile(r"[.!?](?=\s)\s*")
_QUOTED = re.compile(r'<data class="pinned" data-pin="(\d+)" value="[^"]*">.*?</data>')

Pin = dict[str, Any]
FactKey = tuple[str, str]


def take_pins(text: str) -> tuple[str, list[Pin]]:
    """`text` with place marks instead of pins, and the pins with today's values.

    A pin that names no fact or no field of it stays in the text as it was typed, so
    that the check before publication can name it.
    """
    pins: list[Pin] = []

    def place(match: re.Match[str]) -> str:
        pin = _pin(*match.groups())
        if pin is None:
            return match.group()
        pins.append(pin)
        return _PLACE.format(len(pins) - 1)

    return PIN.sub(place, text), pins


def _pin(type_name: str, slug: str, field: str) -> Pin | None:
    fact_type = fact_types().get(type_name)
    uid = fact_type.find(slug) if fact_type else None
    if fact_type is None or uid is None:
        return None
    value = fact_type.resolve([uid])[uid].values.get(field)
    if value is None:
        return None
    return {
        "type": type_name,
        "uid": str(uid),
        "field": field,
        "raw": value.raw,
        "display": value.display,
        "unit": value.unit,
        "as_of": value.as_of.isoformat() if value.as_of else "",
        "source_url": value.source_url,
    }


def put_pins(html: str, pins: list[Pin]) -> str:
    """`html` with each place mark replaced by its quoted value."""

    def quote(match: re.Match[str]) -> str:
        number = int(match.group(1))
        pin = pins[number]
        shown = f"{pin['display']} {pin['unit']}".strip()
        return (
            f'<data class="pinned" data-pin="{number}" value="{escape(pin["raw"])}">'
            f"{escape(shown)}</data>"
        )

    return _PLACED.sub(quote, html)


def quoted_source(rich: Mapping[str, Any]) -> str:
    """The Markdown of a frozen text with its numbers where their pins were typed."""
    waiting = list(rich["pins"])

    def quote(match: re.Match[str]) -> str:
        type_name, _, field = match.groups()
        if not waiting or (waiting[0]["type"], waiting[0]["field"]) != (
            type_name,
            field,
        ):
            return match.group()
        pin = waiting.pop(0)
        return f"{pin['display']} {pin['unit']}".strip()

    return PIN.sub(quote, rich["source"])


def unresolved_pins(rich: Mapping[str, Any]) -> list[str]:
    """The pins of a frozen text that named nothing, as they were typed."""
    found = [match.group() for match in PIN.finditer(rich["source"])]
    if len(found) == len(rich["pins"]):
        return []
    return [pin for pin in found if pin in rich["html"]] or found


def pinned_facts(texts: Iterable[Mapping[str, Any]]) -> set[FactKey]:
    return {(pin["type"], pin["uid"]) for text in texts for pin in text["pins"]}


def resolve_pins(keys: set[FactKey]) -> dict[FactKey, ResolvedFact]:
    """The live facts behind `keys`, a query for each type that occurs."""
    resolved: dict[FactKey, ResolvedFact] = {}
    for name in {name for name, _ in keys}:
        uids = [UUID(uid) for key, uid in keys if key == name]
        for uid, fact in fact_types()[name].resolve(uids).items():
            resolved[name, str(uid)] = fact
    return resolved


def moved_pin(pin: Pin, facts: Mapping[FactKey, ResolvedFact]) -> FactValue | None:
    """The live value where it differs from the pinned one; None while they agree."""
    fact = facts.get((pin["type"], pin["uid"]))
    value = fact.values.get(pin["field"]) if fact else None
    return value if value is not None and value.raw != pin["raw"] else None


def pinned_sentence(html: str, number: int) -> tuple[str, str]:
    """The plain words before and after one quoted value, within its sentence."""
    marked = _QUOTED.sub(
        lambda match: _HERE if int(match.group(1)) == number else match.group(), html
    )
    block = next(part for part in _BLOCK_END.split(marked) if _HERE in part)
    before, _, after = _plain(block).partition(_HERE)
    begins = [match.end() for match in _SENTENCE_END.finditer(before)]
    end = _SENTENCE_END.search(after)
    rest = after[: end.start() + 1] if end else after
    return before[begins[-1] if begins else 0 :], rest


def _plain(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(_TAG.sub("", html)))


def with_moved_pins(
    rich: Mapping[str, Any],
    facts: Mapping[FactKey, ResolvedFact],
    *,
    verified_on: str,
    date_format: Callable[[str], str] = str,
) -> str:
    """The text's HTML, saying "was X on D, now Y" behind each number that moved."""

    def compare(match: re.Match[str]) -> str:
        pin = rich["pins"][int(match.group(1))]
        value = moved_pin(pin, facts)
        if value is None:
            return match.group()
        old_on = date_format(pin["as_of"] or verified_on)
        new = escape(f"{value.display} {value.unit}".strip())
        return (
            f'{match.group()} <span class="pinned-moved">'
            f"(was so on {escape(old_on)}, now {new})</span>"
        )

    return _QUOTED.sub(compare, rich["html"])
