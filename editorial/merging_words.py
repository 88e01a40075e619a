"""One passage from two: a first proposal for somebody who edits both together."""

import difflib
from collections.abc import Iterator

from editorial.diffing import split_words


def joined_words(base: str, theirs: str, mine: str) -> str:
    """`base` with the changes of both; where they collide, theirs and then mine.

    >>> joined_words("One is quick. Two is not.", "One is fast. Two is not.",
    ...     "One is quick. Two is slow.")
    'One is fast. Two is slow.'
    """
    pieces = []
    for old, first, second in _regions(*map(split_words, (base, theirs, mine))):
        if first in (old, second):
            pieces.append("".join(second))
        elif second == old:
            pieces.append("".join(first))
        else:
            pieces += [f"{piece.strip()} " for piece in map("".join, (first, second))]
    return "".join(pieces).strip()


def _regions(
    base: list[str], theirs: list[str], mine: list[str]
) -> Iterator[tuple[list[str], list[str], list[str]]]:
    """The texts side by side, cut wherever all three have the same word."""
    first, second = _matches(base, theirs), _matches(base, mine)
    at = (0, 0, 0)
    for place in [number for number in range(len(base)) if number in first]:
        if place not in second:
            continue
        here = (place, first[place], second[place])
        yield base[at[0] : here[0]], theirs[at[1] : here[1]], mine[at[2] : here[2]]
        yield [base[place]], [theirs[here[1]]], [mine[here[2]]]
        at = (here[0] + 1, here[1] + 1, here[2] + 1)
    yield base[at[0] :], theirs[at[1] :], mine[at[2] :]


def _matches(old: list[str], new: list[str]) -> dict[int, int]:
    matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    return {
        block.a + offset: block.b + offset
        for block in matcher.get_matching_blocks()
        for offset in range(block.size)
    }
