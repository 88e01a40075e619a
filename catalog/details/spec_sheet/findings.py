"""A chip as the rules see it, and what they answer."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from catalog.models import Hardware
from editorial.models import Citation, Source


@dataclass(frozen=True)
class Proof:
    """A page that a finding rests on."""

    title: str
    url: str


@dataclass(frozen=True)
class Finding:
    """One thing that a reader of the bare figures would get wrong."""

    title: str
    text: str
    proofs: tuple[Proof, ...]


@dataclass(frozen=True)
class Sheet:
    """A chip, and the pages that prove its fields."""

    chip: Hardware
    citations: Mapping[str, Citation]

    def proof(self, field: str) -> Proof:
        """The page that proves `field`: its own, or the row's."""
        citation = self.citations.get(field)
        source: Source = citation.source if citation else self.chip.source
        return Proof(source.title or source.host, source.url)

    def says(self, words: str) -> bool:
        return words.lower() in self.chip.notes.lower()

    def find(self, pattern: str) -> re.Match[str] | None:
        return re.search(pattern, self.chip.notes)
