"""Did you mean …? The nearest word of some name, where a word is in none."""

from django.db.models import Q

from editorial.models import SearchWord
from editorial.search.dialects import Dialect
from editorial.search.querying import Query
from editorial.search.words import normal, words_of

MOST_CORRECTED = 3
SHORTEST_CORRECTED = 3


def corrected(query: Query, dialect: Dialect) -> str:
    """What was typed with its unknown words put right; nothing where none can be."""
    parts = [part for word in words_of(query.text) for part in word]
    candidates = {
        part
        for part in parts
        if len(part) >= SHORTEST_CORRECTED and not part.isdecimal()
    }
    unknown = [part for part in parts if part in candidates - _known(candidates)]
    text = normal(query.text)
    changed = text
    for part in list(dict.fromkeys(unknown))[:MOST_CORRECTED]:
        if word := nearest(part, dialect.words_like(part)):
            changed = changed.replace(part, word)
    return changed if changed != text else ""


def _known(parts: set[str]) -> set[str]:
    """Those that are words, or the beginnings of words."""
    if not parts:
        return set()
    beginnings = Q()
    for part in parts:
        beginnings |= Q(word__startswith=part)
    words = SearchWord.objects.filter(beginnings).values_list("word", flat=True)
    known = words.order_by()[:1000]
    return {part for part in parts for word in known if word.startswith(part)}


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
