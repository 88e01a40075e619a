"""All rules over all texts of one frozen document."""

from collections.abc import Iterator

from editorial.freezing import Body
from editorial.pins import PIN
from editorial.problems import Problem
from editorial.richtext import TAGS, unsanitised
from editorial.text_checks.checks import (
    emphasis_advice,
    heading_problems,
    image_problems,
    length_advice,
    link_problems,
    same_words_problems,
    table_problems,
    unit_advice,
)
from editorial.text_checks.outline import Link, Outline, outline_of

PINNED = "9 units"
"""Stands for a quoted number: two words, and a unit."""


def writing_problems(body: Body) -> list[Problem]:
    """What blocks the document and what is advised, in the order of its fields."""
    found: list[Problem] = []
    links: list[tuple[str, Link]] = []
    for field, outline in outlines(body):
        found += heading_problems(outline, field)
        found += link_problems(outline, field)
        found += table_problems(outline, field)
        found += image_problems(outline, field, shown="img" in TAGS)
        found += length_advice(outline, field)
        found += emphasis_advice(outline, field)
        found += unit_advice(outline, field)
        links += [(field, link) for link in outline.links]
    return [*found, *same_words_problems(links)]


def outlines(body: Body) -> Iterator[tuple[str, Outline]]:
    """Each rich text by its field, as Markdown means it: sanitising hides mistakes."""
    for field, value in body.items():
        if isinstance(value, dict) and "html" in value:
            yield field, outline_of(unsanitised(PIN.sub(PINNED, value["source"])))
