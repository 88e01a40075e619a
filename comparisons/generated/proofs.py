"""Which source proves which field of the facts that are compared."""

from collections.abc import Iterable
from typing import Any, Self
from uuid import UUID

from catalog.cards import FactRow, fact_row
from editorial.models import Citation, Source


class Proofs:
    """A field's own citation where there is one, else the fact's main source."""

    def __init__(self, citations: Iterable[Citation]) -> None:
        self._sources: dict[tuple[UUID, str], Source] = {
            (citation.subject_uid, citation.field): citation.source
            for citation in citations
        }

    @classmethod
    def of(cls, facts: Iterable[Any]) -> Self:
        """The newest citation of each field of `facts`, in one statement."""
        return cls(Citation.objects.of_fields([fact.uid for fact in facts]))

    def source(self, fact: Any, field: str) -> Source | None:
        main: Source | None = fact.source
        return self._sources.get((fact.uid, field), main)

    def row(
        self, fact: Any, label: str, field: str, display: str, **marks: Any
    ) -> FactRow:
        """One field of `fact` with its mark and what proves it."""
        source = self.source(fact, field)
        return fact_row(label, display, source, mark=fact.mark(field), **marks)
