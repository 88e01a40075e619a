"""The rules, each a function from outlines to sentences for the editor."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from editorial.problems import Problem
from editorial.text_checks.limits import (
    ANSWER_WORDS,
    HEADING_LEVELS,
    SENTENCE_WORDS,
    VAGUE_LINKS,
)
from editorial.text_checks.outline import Link, Outline

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.!?:])\s+")
_EMPTY_MARKS = re.compile(r"(?<!\S)(?:\*\*\s*\*\*|__\s+__)(?!\S)")
_MEASURED = r"bandwidth|memory|board power|power draw|throughput|context window"
_NO_UNIT = r"[.,;:)]?(?:$|\s(?:and|or|but|than|while)\b)|[.,;:)]\s"
_BARE_NUMBER = re.compile(
    rf"\b(?:{_MEASURED}) (?:of|is) (?:\d[\d.,]*\d|\d)(?={_NO_UNIT})", re.IGNORECASE
)


def heading_problems(outline: Outline, field: str) -> Iterator[Problem]:
    """Levels begin at 3 and go down one at a time."""
    first, last = HEADING_LEVELS[0], HEADING_LEVELS[-1]
    above = first - 1
    for heading in outline.headings:
        name = f"The heading “{heading.text}”"
        if not heading.text:
            yield Problem("A heading has no words.", field)
        if heading.level < first:
            yield Problem(
                f"{name} is of level {heading.level}, which the page itself uses: "
                f"begin it with {'#' * first}.",
                field,
            )
            continue
        if heading.level > above + 1:
            yield Problem(
                f"{name} skips a level: begin it with {'#' * (above + 1)}.", field
            )
        elif heading.level > last:
            yield Problem(f"{name} lies too deep: use {'#' * last} at most.", field)
        above = heading.level


def link_problems(outline: Outline, field: str) -> Iterator[Problem]:
    """The words of a link say where it leads."""
    for link in outline.links:
        if not link.text:
            yield Problem(f"The link to {link.target} has no words.", field)
        elif _plain(link.text) in VAGUE_LINKS:
            yield Problem(
                f"The link “{link.text}” does not say where it leads: name the page.",
                field,
            )
        elif _ADDRESS.fullmatch(link.text):
            yield Problem(
                f"The link {link.text} shows its address: give it words, as in "
                "[name of the page](address).",
                field,
            )


def same_words_problems(links: Iterable[tuple[str, Link]]) -> Iterator[Problem]:
    """(field, link) of a whole document: the same words lead to one page."""
    targets: dict[str, str] = defaultdict(str)
    for field, link in links:
        first = targets.setdefault(_plain(link.text), link.target)
        if link.text and first != link.target:
            yield Problem(
                f"Two links “{link.text}” lead to different pages, {first} and "
                f"{link.target}: tell them apart.",
                field,
            )


def table_problems(outline: Outline, field: str) -> Iterator[Problem]:
    """Each column has a heading; the corner above row headings may be empty."""
    for number, cells in enumerate(outline.tables, start=1):
        empty = [place for place, cell in enumerate(cells, 1) if not cell and place > 1]
        if not any(cells):
            yield Problem(f"Table {number} has no header cells.", field)
        elif empty:
            columns = ", ".join(map(str, empty))
            yield Problem(f"Table {number} has no heading for column {columns}.", field)


def image_problems(outline: Outline, field: str, *, shown: bool) -> Iterator[Problem]:
    """Every image has words in its place, and the text can hold it."""
    for image in outline.images:
        if not image.alternative:
            yield Problem(
                f"The image {image.address} has no alternative text: write what it "
                "shows between the square brackets.",
                field,
            )
        if not shown:
            yield Problem(
                f"Readers would not see the image {image.address}: texts hold none.",
                field,
            )


def length_advice(outline: Outline, field: str) -> Iterator[Problem]:
    words = sum(len(passage.split()) for passage in outline.passages)
    if words > (limit := ANSWER_WORDS.get(field, words)):
        yield advice(f"The {field} has {words} words; cut it to {limit}.", field)
    for passage in outline.passages:
        for sentence in _SENTENCE_END.split(passage):
            if (count := len(sentence.split())) > SENTENCE_WORDS:
                start = " ".join(sentence.split()[:6])
                yield advice(
                    f"The sentence “{start} …” has {count} words; cut it in two.", field
                )


def emphasis_advice(outline: Outline, field: str) -> Iterator[Problem]:
    is_empty = "" in outline.emphasised
    if is_empty or any(map(_EMPTY_MARKS.search, outline.passages)):
        yield advice("Something is emphasised that has no words.", field)


def unit_advice(outline: Outline, field: str) -> Iterator[Problem]:
    """Only after words that are always measured, and only where nothing follows."""
    for passage in outline.passages:
        for match in _BARE_NUMBER.finditer(passage):
            yield advice(f"“{match.group()}” names no unit.", field)


def advice(sentence: str, field: str) -> Problem:
    return Problem(sentence, field, is_advice=True)


def _plain(text: str) -> str:
    """
    >>> _plain("Click  here!")
    'click here'
    """
    return " ".join(text.casefold().split()).strip(" .,:;!?…→»›")
