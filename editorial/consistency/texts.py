"""The published texts as checkers read them."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from editorial.consistency.findings import Place
from editorial.freezing import Body, lift
from editorial.models import Publication
from editorial.registry import document_kind


@dataclass(frozen=True, eq=False)
class LiveText:
    """What readers see at one address."""

    kind: str
    uid: UUID
    title: str
    path: str
    body: Body

    def place(self, anchor: str = "") -> Place:
        return Place(self.kind, self.uid, self.title, self.path, anchor)

    def rich_texts(self) -> Iterator[tuple[str, Body]]:
        """Each text with pins and HTML, by the name of its field."""
        for name, value in self.body.items():
            if isinstance(value, dict) and "html" in value:
                yield name, value


def live_texts(*kinds: str) -> list[LiveText]:
    """Every text that is live now, in the newest shape of its kind, by address."""
    rows = Publication.objects.live().order_by("path")
    if kinds:
        rows = rows.filter(kind__in=kinds)
    return [
        LiveText(
            kind=row.kind,
            uid=row.document_uid,
            title=row.title,
            path=row.path,
            body=lift(document_kind(row.kind), row.body),
        )
        for row in rows
    ]
