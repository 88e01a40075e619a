"""The one function that pages and programs search with."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone

from editorial.registry import SearchSource, search_sources
from editorial.search.correcting import corrected
from editorial.search.dialects import ANY_KIND, COUNTED, Candidate, Dialect, dialect
from editorial.search.marking import pieces
from editorial.search.querying import AnyOf, Query, Step, Wanted, parse
from editorial.search.ranking import Rank, rank
from editorial.search.results import Count, Group, Hit, KindCount, SearchResults

HITS_PER_GROUP = 5
RANKED_PER_KIND = 50
"""Matches of each kind that are ranked when several kinds are asked for."""

RANKED_OF_ONE_KIND = 400
"""Matches that are ranked, and can be listed, when one kind is asked for."""

SUGGESTED = 8
SUGGESTED_FROM = 20
"""Matches of each kind that are ranked while somebody types."""

Ranked = list[tuple[Rank, Candidate]]


def search(
    text: str,
    *,
    kinds: Collection[str] | None = None,
    limit: int = HITS_PER_GROUP,
    offset: int = 0,
    moment: datetime.datetime | None = None,
) -> SearchResults:
    """What readers find under `text` at `moment`, grouped by kind, the best first.

    Takes any text and never raises for it. Where nothing has all the words, it answers
    what has most of them, and what was perhaps meant. Two statements where something
    has all of them, three where very much has.
    """
    query = parse(text)
    sources = search_sources()
    if not query.terms or not sources:
        return SearchResults(query)
    asked = _Asked(query, sources, dialect(), moment or timezone.now())
    chosen = [kind for kind in sources if kinds is None or kind in kinds]
    step, counts = asked.strictest()
    is_found = any(counts.values())
    groups: list[Group] = []
    expected = {kind: counts[kind] for kind in chosen}
    if any(expected.values()):
        most = RANKED_OF_ONE_KIND if len(chosen) == 1 else RANKED_PER_KIND
        found = asked.candidates(step, expected, limit=most)
        groups = asked.grouped(found, counts, offset=offset, limit=limit)
    return SearchResults(
        query=query,
        groups=tuple(groups),
        counts=tuple(
            KindCount(kind, sources[kind].label, Count.of(number))
            for kind, number in counts.items()
            if number
        ),
        total=Count.sum(counts.values()),
        is_partial=is_found and not step.has_all_words,
        suggestion="" if is_found and step.has_all_words else asked.meant(),
    )


def suggest(text: str, *, limit: int = SUGGESTED) -> tuple[Query, tuple[Hit, ...]]:
    """The best few of any kind, while somebody types. Two statements at most."""
    query = parse(text)
    sources = search_sources()
    if not query.terms or not sources:
        return query, ()
    asked = _Asked(query, sources, dialect(), timezone.now())
    anything = dict.fromkeys(sources, COUNTED)
    found: set[tuple[Rank, Candidate]] = set()
    for step in query.steps:
        if step.has_all_words and len(found) < limit:
            found.update(asked.candidates(step, anything, limit=SUGGESTED_FROM))
    best = sorted(found, key=lambda pair: (asked.place(pair), pair))
    return query, asked.hits(best[:limit])


@dataclass(frozen=True)
class _Asked:
    """One query, put to one database at one moment."""

    query: Query
    sources: dict[str, SearchSource]
    database: Dialect
    moment: datetime.datetime

    def counts(self, wanted: Wanted) -> dict[str, int]:
        return self.database.counts(wanted, self.sources, self.moment)

    def strictest(self) -> tuple[Step, dict[str, int]]:
        """The first step that finds something, else the last."""
        for step in self.query.steps:
            counts = self.counts(step.wanted)
            if any(counts.values()):
                break
        return step, counts

    def candidates(
        self, step: Step, expected: Mapping[str, int], *, limit: int
    ) -> Ranked:
        """Matches with their ranks, the best first.

        Of a kind with more matches than are ranked, what is named so is fetched by
        itself, so that it is there however many others only have the words.
        """
        query = self.query
        named = [query.start, query.name]
        wishes: dict[str, list[Wanted]] = {
            kind: [*named, step.wanted] if number > limit else [step.wanted]
            for kind, number in expected.items()
            if number
        }
        is_few = sum(expected.values()) <= RANKED_OF_ONE_KIND
        if is_few and expected.keys() == self.sources.keys():
            wishes, limit = {ANY_KIND: [step.wanted]}, RANKED_OF_ONE_KIND
        found = self.database.candidates(wishes, self.moment, limit=limit)
        is_partial = not step.has_all_words
        ranked = [
            (rank(query, row, is_partial=is_partial), row)
            for row in found
            if row.kind in self.sources
        ]
        return sorted(ranked, key=lambda pair: pair[0])

    def grouped(
        self, found: Ranked, counts: dict[str, int], *, offset: int, limit: int
    ) -> list[Group]:
        """The kinds in the order of their best match, then in that of the register."""
        by_kind: dict[str, Ranked] = defaultdict(list)
        for pair in found:
            by_kind[pair[1].kind].append(pair)
        groups = [
            Group(
                kind=kind,
                label=self.sources[kind].label,
                list_url=self.sources[kind].list_url,
                hits=self.hits(pairs[offset : offset + limit]),
                total=Count.of(counts[kind]),
                reachable=len(pairs),
            )
            for kind, pairs in by_kind.items()
        ]
        return sorted(groups, key=lambda group: self.place(by_kind[group.kind][0]))

    def place(self, pair: tuple[Rank, Candidate]) -> tuple[int, int, int]:
        """Where a match belongs among those of other kinds."""
        rank, candidate = pair
        return rank.missing_words, rank.fit, self.sources[candidate.kind].order

    def hits(self, pairs: Iterable[tuple[Rank, Candidate]]) -> tuple[Hit, ...]:
        return tuple(self.hit(candidate) for _, candidate in pairs)

    def hit(self, candidate: Candidate) -> Hit:
        return Hit(
            kind=candidate.kind,
            kind_label=self.sources[candidate.kind].one,
            url=candidate.url,
            title=pieces(candidate.title, self.query),
            summary=pieces(candidate.summary, self.query),
        )

    def meant(self) -> str:
        """Other words under which something is found; nothing without such words."""
        words = corrected(self.query, self.database)
        if not words:
            return ""
        steps = [step for step in parse(words).steps if step.has_all_words]
        counts = self.counts(AnyOf([step.wanted for step in steps]))
        return words if any(counts.values()) else ""
