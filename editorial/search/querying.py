"""What a reader's words ask for, before any database is asked."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from editorial.search.words import NAME_MARK, START_MARK, Parts, joined, pairs, words_of

LONGEST_QUERY = 200
"""Characters that are read; a page says so when it read less than it was given."""

MOST_WORDS = 12
UNIMPORTANT = {"a", "an", "and", "for", "in", "of", "on", "or", "the", "to", "vs"}


@dataclass(frozen=True)
class Token:
    """One indexed token, or with `is_prefix` all that begin with it."""

    text: str
    is_prefix: bool = False


@dataclass(frozen=True)
class All:
    """Every one of them."""

    of: Sequence["Wanted"]


@dataclass(frozen=True)
class AnyOf:
    """At least one of them."""

    of: Sequence["Wanted"]


Wanted = Token | All | AnyOf


@dataclass(frozen=True)
class Term:
    """One word of a query."""

    parts: Parts

    @property
    def word(self) -> str:
        return joined(self.parts)

    def wanted(self, *, is_prefix: bool = False) -> Wanted:
        """The word as one token, or else its letters beside its digits."""
        whole = Token(self.word, is_prefix)
        if len(self.parts) < 3:
            return whole
        *first, last = pairs(self.parts)
        beside = [*map(Token, first), Token(last, is_prefix)]
        return AnyOf([whole, All(beside)])


@dataclass(frozen=True)
class Step:
    """One way to ask, and whether what it finds has all the words."""

    wanted: Wanted
    has_all_words: bool


@dataclass(frozen=True)
class Query:
    """A reader's words. Without terms there is nothing to look for.

    With `is_open` the last term may be the beginning of a word; one letter alone is
    not, since it begins too many.
    """

    text: str
    is_cut: bool
    terms: tuple[Term, ...]
    is_open: bool
    compact: str

    def may_begin(self, term: Term, word: str) -> bool:
        """Whether `word` is one that `term` may become when it is finished."""
        is_last = self.is_open and term is self.terms[-1]
        return is_last and word.startswith(term.word)

    @property
    def start(self) -> Token:
        """Everything as the beginning of a name."""
        return Token(START_MARK + self.compact, is_prefix=len(self.compact) > 1)

    @property
    def name(self) -> Token:
        """Everything as words that follow each other in a name."""
        return Token(NAME_MARK + self.compact, is_prefix=len(self.compact) > 1)

    @property
    def steps(self) -> list[Step]:
        """How to ask, each less strictly than before: all words, the last of them
        unfinished, all but one, any.

        Whole words come first because a database finds them faster than beginnings.
        """
        whole = [term.wanted() for term in self.terms]
        steps = [Step(AnyOf([self.name, All(whole)]), has_all_words=True)]
        if self.is_open:
            unfinished = [*whole[:-1], self.terms[-1].wanted(is_prefix=True)]
            steps.append(Step(All(unfinished), has_all_words=True))
        if len(whole) > 2:
            fewer = itertools.combinations(whole, len(whole) - 1)
            some = AnyOf([All(words) for words in fewer])
            steps.append(Step(some, has_all_words=False))
        if len(whole) > 1:
            steps.append(Step(AnyOf(whole), has_all_words=False))
        return steps


def parse(text: str) -> Query:
    """Read what somebody typed, whatever it is.

    >>> [term.word for term in parse("the RTX-4090 or").terms]
    ['rtx', '4090']
    """
    is_cut = len(text) > LONGEST_QUERY
    shown = " ".join(text[:LONGEST_QUERY].replace("\0", " ").split())
    words = words_of(shown)[:MOST_WORDS]
    wanted = [parts for parts in words if joined(parts) not in UNIMPORTANT] or words
    compact = joined(part for parts in words for part in parts)
    return Query(
        text=shown,
        is_cut=is_cut,
        terms=tuple(map(Term, wanted)),
        is_open=len(compact) > 1 and wanted[-1] is words[-1],
        compact=compact,
    )
