"""Publications as readers find them: each version in its own window."""

from collections.abc import Collection, Iterable, Iterator
from functools import partial
from typing import Any
from uuid import UUID

from django.utils import timezone

from editorial.models import Publication
from editorial.registry import (
    Findable,
    SearchSource,
    document_kinds,
    register_search_source,
)

PUBLICATION = "editorial.Publication"
UNREAD = {"html", "sources", "history", "related"}
"""Parts of a body whose words are not the text's own."""


def register() -> None:
    register_text_source(
        "publication",
        label="Comparisons and verdicts",
        one="Comparison or verdict",
        order=40,
    )


def register_text_source(kind: str, **words: Any) -> None:
    """A search source over the versions of every document kind that is `found_as` it.

    `words` are the further fields of a SearchSource.
    """
    build = partial(build_publications, found_as=kind)
    register_search_source(
        SearchSource(kind=kind, build=build, touched=touched_documents, **words)
    )


def touched_documents(label: str, uids: Collection[UUID]) -> Iterable[str]:
    """The windows of one document's versions move together. `uids` are documents'."""
    return map(str, uids) if label == PUBLICATION else ()


def build_publications(
    scopes: Collection[str] | None, *, found_as: str = "publication"
) -> Iterator[Findable]:
    """Every version that readers see or will see, by the clock."""
    kinds = [kind.name for kind in document_kinds() if kind.found_as == found_as]
    rows = Publication.objects.exclude_cancelled().filter(
        visible_until__gt=timezone.now(), kind__in=kinds
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
