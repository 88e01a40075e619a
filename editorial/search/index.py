"""Writing what is found, in the transaction of what it describes.

    with reindexing("catalog.Hardware", [chip.uid]):
        chip.save()

Scopes are asked for before and after the change, so that an entry follows a row from
one owner to another and goes with the row.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from editorial.models import ALWAYS, FOREVER, SearchEntry, SearchWord
from editorial.registry import Findable, SearchSource, search_sources
from editorial.search import storage
from editorial.search.words import (
    KIND_MARK,
    name_tokens,
    plain_name,
    text_tokens,
    vocabulary_of,
)

CHUNK = 500
MOST_SCOPES = 5000
"""Where more are touched, the whole kind is compared: a statement holds so many."""

WRITTEN = (
    *("scope", "title", "summary", "url", "weight", "year", "names", "tokens"),
    *("visible_from", "visible_until"),
)
Scopes = dict[str, set[str]]
Progress = Callable[[], None]
Value = TypeVar("Value")


@contextmanager
def reindexing(label: str, uids: Iterable[UUID]) -> Iterator[None]:
    """Around a change of rows of one model: entries change with them, or neither."""
    with transaction.atomic():
        changes = Changes()
        changes.note(label, uids)
        yield
        changes.write()


def reindex(label: str, uids: Iterable[UUID]) -> None:
    """After a change that leaves rows in the scopes in which they were."""
    with reindexing(label, uids):
        pass


class Changes:
    """What a longer process changes: noted before each step, written at its end."""

    def __init__(self) -> None:
        self._noted: list[tuple[str, list[UUID]]] = []
        self._scopes: Scopes = defaultdict(set)

    def note(self, label: str, uids: Iterable[UUID]) -> None:
        """These rows are about to be made, changed or deleted."""
        noted = list(uids)
        if noted:
            self._noted.append((label, noted))
            self._ask(label, noted)

    def _ask(self, label: str, uids: list[UUID]) -> None:
        for kind, source in search_sources().items():
            for some in _chunks(uids):
                self._scopes[kind].update(source.touched(label, some))

    def write(self) -> None:
        """Bring the entries of everything noted up to date, in the caller's
        transaction."""
        for label, uids in self._noted:
            self._ask(label, uids)
        if not any(self._scopes.values()):
            return
        hold_index()
        for kind, source in search_sources().items():
            if scopes := self._scopes[kind]:
                is_most = len(scopes) > MOST_SCOPES
                _write(Difference.of(source, None if is_most else scopes))


def hold_index() -> None:
    """Let nobody else write entries until this transaction ends.

    Whoever writes second then builds from what the first has committed. SQLite has one
    writer at a time anyway; readers never wait.
    """
    if connection.vendor == "postgresql":
        table = SearchEntry._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f'LOCK TABLE "{table}" IN SHARE ROW EXCLUSIVE MODE')


@dataclass(frozen=True)
class Difference:
    """What is wrong with the entries of one kind: rows to write, keys to remove.

    `ended` are versions whose window is over. Nobody finds them, so they are no fault,
    but they go at the next write.
    """

    kind: str
    new: list[SearchEntry]
    changed: list[SearchEntry]
    gone: list[int]
    ended: list[int]
    unchanged: int
    words: set[str]

    @classmethod
    def of(cls, source: SearchSource, scopes: Collection[str] | None) -> "Difference":
        """Compare the entries of `scopes`, or of the whole kind, with what they
        describe."""
        now = timezone.now()
        rows = SearchEntry.objects.filter(kind=source.kind)
        if scopes is not None:
            rows = rows.of_scopes(source.kind, scopes)
        ended = list(rows.filter(visible_until__lte=now).values_list("pk", flat=True))
        present = {row.key: row for row in rows.unended(now)}
        new, changed, words, unchanged = [], [], set(), 0
        for item in source.build(scopes):
            entry = entry_of(source.kind, item)
            if entry.visible_until <= now:
                continue
            words |= vocabulary_of([item.title, *item.names])
            row = present.pop(entry.key, None)
            if row is None:
                new.append(entry)
            elif any(getattr(row, name) != getattr(entry, name) for name in WRITTEN):
                changed.append(entry)
            else:
                unchanged += 1
        gone = [row.pk for row in present.values()]
        return cls(source.kind, new, changed, gone, ended, unchanged, words)


def entry_of(kind: str, item: Findable) -> SearchEntry:
    """What a source says of one thing, as it is stored and searched."""
    names = list(dict.fromkeys([item.title, *item.names]))
    tokens = {KIND_MARK + kind} | text_tokens(f"{item.summary} {item.text}")
    for name in names:
        tokens |= name_tokens(name)
    visible_from, visible_until = item.window or (ALWAYS, FOREVER)
    plain = dict.fromkeys(map(plain_name, names))
    return SearchEntry(
        kind=kind,
        key=item.key,
        scope=item.scope,
        title=item.title[:300],
        summary=item.summary[:400],
        url=item.url,
        weight=item.weight,
        year=item.year,
        names="\n".join(plain),
        tokens=" ".join(sorted(tokens - {""})),
        visible_from=visible_from,
        visible_until=visible_until,
    )


def _write(difference: Difference) -> None:
    for doomed in _chunks(difference.gone + difference.ended):
        SearchEntry.objects.filter(pk__in=doomed).delete()
    SearchEntry.objects.bulk_create(
        [*difference.new, *difference.changed],
        batch_size=CHUNK,
        update_conflicts=True,
        unique_fields=["kind", "key"],
        update_fields=WRITTEN,
    )
    words = (SearchWord(word=word) for word in sorted(difference.words))
    SearchWord.objects.bulk_create(words, batch_size=CHUNK, ignore_conflicts=True)


def _chunks(values: list[Value]) -> Iterator[list[Value]]:
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]


@dataclass(frozen=True)
class Repair:
    """What a rebuild found and did to one kind."""

    kind: str
    created: int
    updated: int
    removed: int
    unchanged: int

    @property
    def is_in_order(self) -> bool:
        return not (self.created or self.updated or self.removed)


@transaction.atomic
def rebuild(*, progress: Progress = lambda: None) -> list[Repair]:
    """Make every entry again, in one transaction: readers see the old index, then the
    new one. Writes only what differs, so a second run does nothing."""
    storage.install_search_index()
    hold_index()
    sources = search_sources()
    SearchEntry.objects.exclude(kind__in=list(sources)).delete()
    repairs, words = [], set()
    for source in sources.values():
        difference = Difference.of(source, None)
        _write(difference)
        words |= difference.words
        repairs.append(_repair(difference))
        progress()
    _forget_words(words)
    storage.refill(connection)
    return repairs


def _forget_words(kept: set[str]) -> None:
    """Remove the words of names that are gone, which nobody can mean any more."""
    known = set(SearchWord.objects.values_list("word", flat=True))
    for doomed in _chunks(sorted(known - kept)):
        SearchWord.objects.filter(word__in=doomed).delete()


def check(*, progress: Progress = lambda: None) -> list[Repair]:
    """What a rebuild would do, without doing it."""
    repairs = []
    for source in search_sources().values():
        repairs.append(_repair(Difference.of(source, None)))
        progress()
    return repairs


def _repair(difference: Difference) -> Repair:
    return Repair(
        kind=difference.kind,
        created=len(difference.new),
        updated=len(difference.changed),
        removed=len(difference.gone),
        unchanged=difference.unchanged,
    )
