"""One passage from two: a first proposal for somebody who edits both together."""

import difflib
from dataclasses import dataclass

from editorial.diffing import split_words

Words = list[str]


@dataclass(frozen=True)
class _Edit:
    """Words that stand in place of those of the base from `start` to `end`."""

    start: int
    end: int
    words: tuple[str, ...]


def joined_words(base: str, theirs: str, mine: str) -> str:
    """`base` with the changes of both; where they collide, theirs and then mine.

    >>> joined_words("One is quick. Two is not.", "One is fast. Two is not.",
    ...     "One is quick. Two is slow.")
    'One is fast. Two is slow.'
    """
    old = split_words(base)
    first, second = _edits(old, split_words(theirs)), _edits(old, split_words(mine))
    pieces: Words = []
    at = 0
    while first or second:
        start, end = _span(first, second)
        pieces += old[at:start]
        ours = [_taken(edits, old, start, end) for edits in (first, second)]
        pieces += _both(old[start:end], *ours)
        at = end
    return "".join(pieces + old[at:]).strip()


def _edits(old: Words, new: Words) -> list[_Edit]:
    matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    return [
        _Edit(start, end, tuple(new[first:last]))
        for tag, start, end, first, last in matcher.get_opcodes()
        if tag != "equal"
    ]


def _span(first: list[_Edit], second: list[_Edit]) -> tuple[int, int]:
    """The next part of the base that is changed, with every edit that overlaps it."""
    edits = sorted([*first, *second], key=lambda edit: (edit.start, edit.end))
    start, end = edits[0].start, edits[0].end
    for edit in edits[1:]:
        if edit.start < end or (edit.start, edit.end) == (start, end):
            end = max(end, edit.end)
    return start, end


def _taken(edits: list[_Edit], old: Words, start: int, end: int) -> Words:
    """One person's words for that part; takes the edits that made them."""
    words: Words = []
    at = start
    while edits and edits[0].start >= start and edits[0].end <= end:
        edit = edits.pop(0)
        words += [*old[at : edit.start], *edit.words]
        at = edit.end
    return words + old[at:end]


def _both(old: Words, first: Words, second: Words) -> Words:
    if first in (old, second):
        return second
    if second == old:
        return first
    return [f"{text.strip()} " for text in map("".join, (first, second))]
