"""Engines as the cards of a compare page read them: light rows, three statements."""

import datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from uuid import UUID

from catalog.models import Engine, EngineRelease, SupportCell
from editorial.statements import Statement


class Proof(NamedTuple):
    """The source of a fact, as a card names it."""

    url: str
    title: str
    retrieved_on: datetime.date

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc.removeprefix("www.")


class CardEngine(NamedTuple):
    """An engine with the columns of `EngineQuerySet.for_cards`."""

    uid: UUID
    slug: str
    name: str
    homepage_url: str
    repository_url: str
    license: str
    primary_language: str
    source: Proof


class CardCell(NamedTuple):
    """A support cell with the columns of `SupportCellQuerySet.for_cards`."""

    engine_uid: UUID
    axis: str
    key: str
    value: str
    source: Proof | None


class CardRelease(NamedTuple):
    """A release with the columns of `ReleaseQuerySet.for_cards`."""

    engine_uid: UUID
    version: str
    released_on: datetime.date | None
    released_on_precision: str
    source: Proof | None


def _proved(kind: type[Any], columns: tuple[Any, ...]) -> Any:
    """`columns`, the last three of which are those of a source that may be missing."""
    *own, url, title, retrieved_on = columns
    return kind(*own, Proof(url, title, retrieved_on) if url else None)


_engines = Statement(lambda uids: Engine.objects.with_uids(uids).for_cards())
_releases = Statement(lambda uids: EngineRelease.objects.of_engines(uids).for_cards())
_cells = Statement(lambda uids: SupportCell.objects.of_engines(uids).for_cards())


def engines_with(uids: list[UUID]) -> list[CardEngine]:
    return [_proved(CardEngine, row) for row in _engines(uids)]


def releases_of(uids: list[UUID]) -> list[CardRelease]:
    return [_proved(CardRelease, row) for row in _releases(uids)]


def cells_of(uids: list[UUID]) -> list[CardCell]:
    return [_proved(CardCell, row) for row in _cells(uids)]
