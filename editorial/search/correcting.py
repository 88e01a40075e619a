"""Did you mean …? The nearest word of some name, where a word is in none."""

from editorial.models import SearchWord
from editorial.search.dialects import Dialect
from editorial.search.querying import Query
from editorial.search.words import normal, words_of

MOST_CORRECTED = 3
SHORTEST_CORRECTED = 3


def corrected(query: Query, dialect: Dialect) -> str:
    """What was typed with its unknown words put right; nothing where none can be."""
    text = normal(query.text)
    changed = text
    for part, others in dialect.words_like(_unknown(query)).items():
        if word := nearest(part, others):
            changed = changed.replace(part, word)
    return changed if changed != text else ""


def _unknown(query: Query) -> list[str]:
    """The parts that are in no name, but for numbers and for what is very short."""
    parts = [part for word in words_of(query.text) for part in word]
    names = [
        part
        for part in dict.fromkeys(parts)
        if len(part) >= SHORTEST_CORRECTED and not part.isdecimal()
    ]
    if not names:
        return []
    known = SearchWord.objects.beginning_with(names)
    unknown = [
        name for name in names if not any(word.startswith(name) for word in known)
    ]
    return unknown[:MOST_CORRECTED]


def nearest(word: str, others: list[str]) -> str:
    """The one of `others` that takes the fewest slips to turn into `word`.

    One slip for a short word, two for a long one; earlier ones win a tie.

    >>> nearest("gefroce", ["force", "geforce"])
    'geforce'
    >>> nearest("qwin", ["llama"])
    ''
    """
    most = 1 if len(word) < 6 else 2
    distances = [(slips(word, other), other) for other in others]
    least = min((distance for distance, _ in distances), default=most + 1)
    if least > most:
        return ""
    return next(other for distance, other in distances if distance == least)


def slips(one: str, other: str) -> int:
    """Letters wrong, missing, too many or in the wrong order.

    Source: the optimal string alignment distance (Damerau 1964, with swaps of
    neighbours counted once).

    >>> slips("gefroce", "geforce"), slips("qwin", "qwen"), slips("lama", "llama")
    (1, 1, 1)
    """
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, start=1):
        row = [i]
        for j, facing in enumerate(other, start=1):
            costs = [
                rows[-1][j] + 1,
                row[-1] + 1,
                rows[-1][j - 1] + (letter != facing),
            ]
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == facing:
                costs.append(rows[-2][j - 2] + 1)
            row.append(min(costs))
        rows.append(row)
    return rows[-1][-1]
