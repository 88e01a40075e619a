"""The statements of a search, as each database wants them.

Never more than a capped number of matches is counted, fetched or ranked, so a word that
stands in every entry costs no more than one that stands in a few. Tokens hold letters,
digits and our own marks only, so there is nothing in them to escape.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db import connection

from editorial.search.querying import All, Token, Wanted
from editorial.search.storage import has_trigrams
from editorial.search.words import KIND_MARK

ANY_KIND = ""
COUNTED = 1000
"""Matches of one kind that are counted; where there are more, pages say "1,000+"."""

ALIKE_WORDS = 30
VISIBLE = "entry.visible_from <= %s AND entry.visible_until > %s"
Part = tuple[str, list[Any]]


class Candidate(NamedTuple):
    """A match that is worth ranking."""

    kind: str
    title: str
    summary: str
    url: str
    weight: int
    year: int
    names: str
    tokens: str


class Dialect:
    """What both databases are asked; each subclass puts it in its own words."""

    order = ""
    both, either, prefix = "", "", ""

    def expression(self, wanted: Wanted) -> str:
        if isinstance(wanted, Token):
            return f"{self.quoted(wanted.text)}{self.prefix * wanted.is_prefix}"
        joint = self.both if isinstance(wanted, All) else self.either
        return f"({joint.join(map(self.expression, wanted.of))})"

    def quoted(self, token: str) -> str:
        raise NotImplementedError

    def matching(self, kind: str, wanted: Wanted) -> Part:
        """`FROM … WHERE …` over the entries of one kind or any, called `entry`."""
        raise NotImplementedError

    def alike(self, word: str) -> Part:
        """Words that look like `word`, the likest first."""
        raise NotImplementedError

    def counts(
        self, wanted: Wanted, kinds: Iterable[str], moment: datetime.datetime
    ) -> dict[str, int]:
        """How many entries of each kind match, up to one more than `COUNTED`.

        One statement where there are few altogether, else one more.
        """
        source, values = self.matching(ANY_KIND, wanted)
        statement = (
            "SELECT kind, count(*) FROM "  # noqa: S608 - made of constants
            f"(SELECT entry.kind {source} AND {VISIBLE} LIMIT {COUNTED + 1}) "
            "AS counted GROUP BY kind"
        )
        found = dict(_rows(statement, [*values, *self._window(moment)]))
        if sum(found.values()) <= COUNTED:
            return {kind: found.get(kind, 0) for kind in kinds}
        return self._counts_by_kind(wanted, kinds, moment)

    def _counts_by_kind(
        self, wanted: Wanted, kinds: Iterable[str], moment: datetime.datetime
    ) -> dict[str, int]:
        parts, params = [], []
        for kind in kinds:
            source, values = self.matching(kind, wanted)
            visible = self._window(moment)
            parts.append(
                f"SELECT %s AS kind, count(*) "  # noqa: S608 - made of constants
                f"FROM (SELECT 1 {source} AND {VISIBLE} "
                f"LIMIT {COUNTED + 1}) AS counted"
            )
            params += [kind, *values, *visible]
        return dict(_rows(" UNION ALL ".join(parts), params))

    def candidates(
        self,
        wishes: Mapping[str, Sequence[Wanted]],
        moment: datetime.datetime,
        *,
        limit: int,
    ) -> list[Candidate]:
        """Up to `limit` entries of each kind for each of its wishes."""
        parts, params = [], []
        for kind in wishes:
            for wanted in wishes[kind]:
                source, values = self.matching(kind, wanted)
                parts.append(
                    f"SELECT id FROM "  # noqa: S608 - made of constants
                    f"(SELECT entry.id {source} AND {VISIBLE} "
                    f"{self.order} LIMIT {limit}) AS chosen"
                )
                params += [*values, *self._window(moment)]
        columns = ", ".join(Candidate._fields)
        chosen = " UNION ALL ".join(parts)
        entries = f'SELECT {columns} FROM "editorial_searchentry"'  # noqa: S608
        statement = f"{entries} WHERE id IN ({chosen})"
        return [Candidate(*row) for row in _rows(statement, params)]

    def words_like(self, words: Sequence[str]) -> dict[str, list[str]]:
        """For each word those that may have been meant; nothing without trigrams."""
        if not words or not has_trigrams(connection):
            return {}
        return {word: self._words_like(word) for word in words}

    def _words_like(self, word: str) -> list[str]:
        statement, params = self.alike(word)
        limited = f"{statement} LIMIT {ALIKE_WORDS}"
        return [found for (found,) in _rows(limited, params)]

    @staticmethod
    def _window(moment: datetime.datetime) -> list[Any]:
        return [connection.ops.adapt_datetimefield_value(moment)] * 2


class SQLite(Dialect):
    """FTS5. Its rows come in the order of their ids: where there are too many of a
    kind, the oldest ones are ranked."""

    both, either, prefix = " AND ", " OR ", " *"

    def quoted(self, token: str) -> str:
        return f'"{token}"'

    def matching(self, kind: str, wanted: Wanted) -> Part:
        source = (
            'FROM "editorial_searchtext" CROSS JOIN "editorial_searchentry" AS entry '
            'ON entry.id = "editorial_searchtext".rowid '
            'WHERE "editorial_searchtext" MATCH %s'
        )
        if kind != ANY_KIND:
            wanted = All([wanted, Token(KIND_MARK + kind)])
        return source, [self.expression(wanted)]

    def alike(self, word: str) -> Part:
        padded = f"  {word} "
        trigrams = {padded[start : start + 3] for start in range(len(padded) - 2)}
        statement = (
            'SELECT word.word FROM "editorial_searchtrigram" CROSS JOIN '
            '"editorial_searchword" AS word '
            'ON word.id = "editorial_searchtrigram".rowid '
            'WHERE "editorial_searchtrigram" MATCH %s ORDER BY rank'
        )
        quoted = (f'"{trigram}"' for trigram in sorted(trigrams))
        return statement, [" OR ".join(quoted)]


class PostgreSQL(Dialect):
    """tsvector and pg_trgm. The planner knows how common a word is: it takes the few
    rows of a rare one from the index, and stops early among those of a common one."""

    order = "ORDER BY entry.weight DESC, entry.id"
    both, either, prefix = " & ", " | ", ":*"

    def quoted(self, token: str) -> str:
        return f"'{token}'"

    def matching(self, kind: str, wanted: Wanted) -> Part:
        source = (
            'FROM "editorial_searchentry" AS entry WHERE entry.vector @@ %s::tsquery'
        )
        if kind == ANY_KIND:
            return source, [self.expression(wanted)]
        return f"{source} AND entry.kind = %s", [self.expression(wanted), kind]

    def alike(self, word: str) -> Part:
        statement = 'SELECT word FROM "editorial_searchword" ORDER BY word <-> %s'
        return statement, [word]


def _rows(statement: str, params: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return list(cursor.fetchall())


DIALECTS = {"sqlite": SQLite, "postgresql": PostgreSQL}


def dialect() -> Dialect:
    return DIALECTS[connection.vendor]()
