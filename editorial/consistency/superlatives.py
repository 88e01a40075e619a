"""Published claims of a rank or an absence without a source."""

from collections.abc import Iterator
from typing import Any

from editorial.claims import claim_words
from editorial.consistency.findings import Finding
from editorial.consistency.texts import live_texts
from editorial.vocabularies import Severity

NOT_PROSE = {"uid", "side", "choice", "fact", "rating", "version", "observed_on"}
NOT_PROSE |= {"severity", "direction", "edge"}


def unsourced_superlatives() -> Iterator[Finding]:
    """Every part of a text that can carry sources, says "fastest", and has none."""
    for text in live_texts():
        for anchor, words, sources in _sourced_parts(text.body):
            if (found := claim_words(words)) and not sources:
                quoted = ", ".join(f"“{word}”" for word in found)
                yield Finding(
                    Severity.MEDIUM,
                    text.place(anchor),
                    f"{quoted} stands without a source in: {words[:120]}",
                    "Name a source for it, or say it without the superlative.",
                )


def _sourced_parts(value: Any) -> Iterator[tuple[str, str, list[int]]]:
    """(anchor, words, sources): fields with `…_sources` and rows with `sources`."""
    if isinstance(value, list):
        for item in value:
            if isinstance(item, dict | list):
                yield from _sourced_parts(item)
        return
    for name, item in value.items():
        if f"{name}_sources" in value:
            words = item["source"] if isinstance(item, dict) else item
            yield name, words, value[f"{name}_sources"]
        if isinstance(item, dict | list):
            yield from _sourced_parts(item)
    if "uid" in value and "kind" not in value and "sources" in value:
        words = " ".join(
            item
            for name, item in value.items()
            if isinstance(item, str) and name not in NOT_PROSE
        )
        yield value["uid"], words, value["sources"]
