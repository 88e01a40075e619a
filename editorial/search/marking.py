"""The words of a query, marked in what was found."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from editorial.search.querying import Query, Term
from editorial.search.words import PART, normal

Span = tuple[int, int]


@dataclass(frozen=True)
class Piece:
    """A stretch of text, and whether it is what was looked for."""

    text: str
    is_match: bool


@dataclass(frozen=True)
class PlacedPart:
    """A part of a text: where it stands, and its letters as they are compared."""

    start: int
    end: int
    letters: str


def pieces(text: str, query: Query) -> tuple[Piece, ...]:
    """`text` cut where the words of `query` begin and end.

    >>> from editorial.search.querying import parse
    >>> [piece.text for piece in pieces("GeForce RTX 4090", parse("rtx409"))]
    ['GeForce ', 'RTX 409', '0']
    """
    parts = [
        PlacedPart(match.start(), match.end(), normal(match[0]))
        for match in PART.finditer(text)
    ]
    spans = []
    for place, part in enumerate(parts):
        ends = [_end(query, term, parts[place:]) for term in query.terms]
        if end := max(ends, default=0):
            spans.append((part.start, end))
    return tuple(_cut(text, spans))


def _end(query: Query, term: Term, parts: Sequence[PlacedPart]) -> int:
    """Where `term` ends if it begins with these parts; 0 if it does not."""
    letters = ""
    for part in parts:
        letters += part.letters
        rest = len(letters) - len(term.word)
        if rest < 0:
            continue
        if letters != term.word and not query.may_begin(term, letters):
            return 0
        is_plain = part.end - part.start == len(part.letters)
        return part.end - rest if is_plain else part.end
    return 0


def _cut(text: str, spans: Iterable[Span]) -> Iterator[Piece]:
    place = 0
    for start, end in spans:
        if end <= place:
            continue
        if start > place:
            yield Piece(text[place:start], is_match=False)
        yield Piece(text[max(start, place) : end], is_match=True)
        place = end
    if place < len(text):
        yield Piece(text[place:], is_match=False)
