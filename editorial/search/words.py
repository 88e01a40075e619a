"""Text into words and parts, the same for what is searched and for what is asked.

Names here mix letters and digits: "RTX 4090", "rtx4090", "Q4_K_M", "llama.cpp". A word
is split where letters meet digits, and the joined forms are indexed beside the parts,
so that each way to write a name finds the others. Both databases store the tokens made
here and neither takes text apart itself.
"""

import re
import unicodedata
from collections.abc import Iterable

WORD = re.compile(r"[^\W_]+(?:(?<=\d)\.(?=\d)[^\W_]+)*")
"""Letters and digits in a row; a point between digits does not end a word."""

PART = re.compile(r"[^\W\d_]+|\d+")
LONGEST_TOKEN = 40
NAME_MARK = "="
"""Begins a token that holds a name from one of its parts to its end."""

START_MARK = "^"
"""Begins the token that holds a name from its start."""

KIND_MARK = "#"
"""Begins the token that names an entry's kind."""

Parts = tuple[str, ...]


def normal(text: str) -> str:
    """Letters without accents, width or case.

    >>> normal("Ｑwén")
    'qwen'
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    letters = (mark for mark in decomposed if not unicodedata.combining(mark))
    return "".join(letters).casefold()


def words_of(text: str) -> list[Parts]:
    """The words of `text`, each as its parts.

    >>> words_of("Qwen2.5 7B, Q4_K")
    [('qwen', '2', '5'), ('7', 'b'), ('q', '4'), ('k',)]
    """
    found = WORD.findall(normal(text))
    return [
        tuple(part[:LONGEST_TOKEN] for part in PART.findall(word)) for word in found
    ]


def joined(parts: Iterable[str]) -> str:
    """Parts as one token.

    >>> joined(("qwen", "2", "5"))
    'qwen25'
    """
    return "".join(parts)[:LONGEST_TOKEN]


def pairs(parts: Parts) -> list[str]:
    """Neighbouring parts as one token each, where one of them is a number.

    >>> pairs(("rtx", "4090", "ti", "super"))
    ['rtx4090', '4090ti']
    """
    neighbours = zip(parts, parts[1:], strict=False)
    return [joined(two) for two in neighbours if any(map(str.isdecimal, two))]


def plain_name(text: str) -> str:
    """A name as ranking compares it: its words and numbers, with a gap where one ends.

    >>> plain_name("Qwen2.5-Coder 7B")
    'qwen 25 coder 7 b'
    """
    return " ".join(" ".join(_with_whole_numbers(parts)) for parts in words_of(text))


def _with_whole_numbers(parts: Parts) -> list[str]:
    whole: list[str] = []
    for part in parts:
        if whole and part.isdecimal() and whole[-1].isdecimal():
            whole[-1] += part
        else:
            whole.append(part)
    return whole


def text_tokens(text: str) -> set[str]:
    """Every form under which a word of running text is found."""
    tokens: set[str] = set()
    words = words_of(text)
    for parts in words:
        tokens.update(parts)
        tokens.add(joined(parts))
    tokens.update(pairs(tuple(part for parts in words for part in parts)))
    return tokens


def name_tokens(name: str) -> set[str]:
    """The forms of a name: its words, its pieces without a gap, and its endings.

    >>> sorted(name_tokens("M4 Max"))
    ['4', '4max', '=4max', '=m4max', '=max', '^m4max', 'm', 'm4', 'max']
    """
    tokens = text_tokens(name)
    parts = [part for word in words_of(name) for part in word]
    ends = range(len(parts))
    tokens.update(NAME_MARK + joined(parts[start:]) for start in ends)
    if parts:
        tokens.add(START_MARK + joined(parts))
    for chunk in name.split():
        tokens.add(joined(part for word in words_of(chunk) for part in word))
    return tokens - {""}


def vocabulary_of(names: Iterable[str]) -> set[str]:
    """The words of names that a slip of the keyboard may have meant.

    >>> sorted(vocabulary_of(["Qwen2.5 7B", "llama.cpp"]))
    ['cpp', 'llama', 'qwen', 'qwen25']
    """
    words: set[str] = set()
    for name in names:
        for parts in words_of(name):
            words.update(parts)
            words.add(joined(parts))
    return {word for word in words if len(word) > 2 and not word.isdecimal()}
