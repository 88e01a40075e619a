"""The published texts as checkers read them."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
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


_kept: ContextVar[list[list[LiveText]] | None] = ContextVar("kept", default=None)
"""Within `kept_texts` the texts, once somebody asked for them."""


@contextmanager
def kept_texts() -> Iterator[None]:
    """Within it everybody is given the same texts, asked for at most once."""
    token = _kept.set([])
    try:
        yield
    finally:
        _kept.reset(token)


def live_texts(*kinds: str) -> list[LiveText]:
    """Every text that is live now, in the newest shape of its kind, by address."""
    kept = _kept.get()
    texts = kept[0] if kept else _read_texts()
    if kept == []:
        kept.append(texts)
    return [text for text in texts if not kinds or text.kind in kinds]


def _read_texts() -> list[LiveText]:
    rows = Publication.objects.live().order_by("path")
    return [
        LiveText(
            kind=row.kind,
            uid=row.document_uid,
            title=row.title,
            path=row.path,
            body=lift(document_kind(row.kind), row.body),
        )
        for row in rows.only("kind", "document_uid", "title", "path", "body")
    ]
