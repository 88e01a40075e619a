"""Which match comes first: what is called so, before what only speaks of it."""

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from editorial.search.dialects import Candidate
from editorial.search.querying import Query

IS_THE_NAME = 0
ENDS_A_NAME = 1
BEGINS_A_NAME = 2
BEGINS_A_NAME_UNFINISHED = 3
IS_WORDS_OF_A_NAME = 4
IS_IN_A_NAME_UNFINISHED = 5
ALL_WORDS_IN_NAMES = 6
ELSEWHERE = 7


class Rank(NamedTuple):
    """What matches are sorted by: the less, the better."""

    missing_words: int
    fit: int
    is_other_name: bool
    lightness: int
    words_in_title: int
    age: int
    title: str


def name_fit(compact: str, name: str) -> int | None:
    """How well `compact`, words without gaps, fits a name; None if it does not occur.

    >>> name_fit("4090", "nvidia geforce rtx 4090") == ENDS_A_NAME
    True
    >>> name_fit("llama3", "llama 3 8 b") < name_fit("llama3", "llama 31 8 b")
    True
    """
    words = name.split()
    whole = "".join(words)
    if whole == compact:
        return IS_THE_NAME
    ends = list(accumulate(map(len, words)))
    best = None
    for start in (0, *ends[:-1]):
        if whole.startswith(compact, start):
            end = start + len(compact)
            fit = _place(start, end in ends, end == len(whole))
            best = fit if best is None else min(best, fit)
    return best


def _place(start: int, is_finished: bool, is_at_end: bool) -> int:
    if is_at_end:
        return ENDS_A_NAME
    if start == 0:
        return BEGINS_A_NAME if is_finished else BEGINS_A_NAME_UNFINISHED
    return IS_WORDS_OF_A_NAME if is_finished else IS_IN_A_NAME_UNFINISHED


def rank(query: Query, candidate: Candidate, *, is_partial: bool = False) -> Rank:
    """Where a match belongs. `is_partial`: it may not have every word."""
    title, *others = candidate.names.split("\n")
    fit, is_other_name = _best_fit(query, title, others)
    return Rank(
        missing_words=_missing(query, candidate) if is_partial else 0,
        fit=fit,
        is_other_name=is_other_name,
        lightness=-candidate.weight,
        words_in_title=title.count(" "),
        age=-candidate.year,
        title=candidate.title,
    )


def _best_fit(query: Query, title: str, others: Sequence[str]) -> tuple[int, bool]:
    """The best fit among the names, and whether only another name than the title has
    it."""
    compact = query.compact
    fits = [(name_fit(compact, title), False)]
    fits += [(name_fit(compact, name), True) for name in others]
    found = [(fit, is_other) for fit, is_other in fits if fit is not None]
    if found:
        return min(found)
    letters = [name.replace(" ", "") for name in (title, *others)]
    if all(any(term.word in name for name in letters) for term in query.terms):
        return ALL_WORDS_IN_NAMES, False
    return ELSEWHERE, False


def _missing(query: Query, candidate: Candidate) -> int:
    tokens = set(candidate.tokens.split())
    return sum(
        term.word not in tokens
        and not any(query.may_begin(term, token) for token in tokens)
        for term in query.terms
    )
