"""The small marks that stand on a page by the dozen: citations, meters, found words.

Functions and not templates, because a compare page draws more than a hundred of them.
"""

from collections.abc import Iterable
from functools import cache

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from editorial.search.marking import Piece
from editorial.vocabularies import RATING_STEPS, RatingValue

register = template.Library()

STEP_X = (0, 10.5, 21, 31.5)
"""Where each of the four steps of a meter begins, in a box 40 wide."""


@cache
def _citation(number: int) -> SafeString:
    return format_html(
        '<a class="citation" href="#source-{}" aria-label="Source {}">[{}]</a>',
        number,
        number,
        number,
    )


@register.simple_tag
def citations(numbers: Iterable[int]) -> SafeString:
    """Marks that lead to the numbered sources of the page; none draw nothing."""
    return mark_safe("".join(map(_citation, numbers)))  # noqa: S308 - made above


@register.filter
def marked(pieces: Iterable[Piece]) -> SafeString:
    """Text in which the words that were looked for are marked."""
    texts = (
        format_html("<mark>{}</mark>", piece.text)
        if piece.is_match
        else conditional_escape(piece.text)
        for piece in pieces
    )
    return mark_safe("".join(texts))  # noqa: S308 - each piece is escaped


@register.simple_tag
@cache
def meter(rating: str) -> SafeString:
    """A rating: four steps and the word. The word alone carries the meaning.

    "Not applicable" draws no steps, for it is not a low rating.
    """
    value = RatingValue(rating)
    filled = RATING_STEPS[value]
    steps: SafeString | str = ""
    if filled is not None:
        bars = format_html_join(
            "",
            '<rect class="meter__step{}" x="{}" width="8.5" height="8" rx="1.5">'
            "</rect>",
            (
                (" meter__step--filled" if place < filled else "", x)
                for place, x in enumerate(STEP_X)
            ),
        )
        steps = format_html(
            '<svg class="meter__steps" viewBox="0 0 40 8" aria-hidden="true" '
            'focusable="false">{}</svg>',
            bars,
        )
    return format_html(
        '<span class="meter meter--{}">{} {}</span>', value.value, steps, value.label
    )
