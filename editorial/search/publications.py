"""Publications as readers find them: each version in its own window."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any
from uuid import UUID

from django.utils import timezone

from editorial.models import Publication
from editorial.registry import Findable, SearchSource, register_search_source

PUBLICATION = "editorial.Publication"
UNREAD = {"html", "sources", "history", "related"}
"""Parts of a body whose words are not the text's own."""


def register() -> None:
    register_search_source(
        SearchSource(
            kind="publication",
            label="Comparisons and verdicts",
            one="Comparison or verdict",
            order=40,
            build=build_publications,
            touched=touched_documents,
        )
    )


def touched_documents(label: str, uids: Collection[UUID]) -> Iterable[str]:
    """The windows of one document's versions move together. `uids` are documents'."""
    return map(str, uids) if label == PUBLICATION else ()


def build_publications(scopes: Collection[str] | None) -> Iterator[Findable]:
    """Every version that readers see or will see, by the clock."""
    rows = Publication.objects.exclude_cancelled().filter(
        visible_until__gt=timezone.now()
    )
    if scopes is not None:
        rows = rows.filter(document_uid__in=scopes)
    for row in rows.iterator():
        yield Findable(
            key=f"{row.document_uid}:{row.version}",
            scope=str(row.document_uid),
            title=row.title,
            url=row.path,
            summary=f"{row.kind.capitalize()} · {row.description}",
            text=" ".join(prose(row.body)),
            year=row.visible_from.year,
            window=(row.visible_from, row.visible_until),
        )


def prose(body: Any) -> Iterator[str]:
    """The sentences of a frozen text.

    >>> list(prose({"title": "A title", "slug": "a-title", "html": "<b>A title</b>"}))
    ['A title']
    """
    if isinstance(body, dict):
        for name, value in body.items():
            if name not in UNREAD:
                yield from prose(value)
    elif isinstance(body, list):
        for value in body:
            yield from prose(value)
    elif isinstance(body, str) and " " in body:
        yield body
