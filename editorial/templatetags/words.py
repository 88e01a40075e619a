"""Frozen values as words: dates as exact as they are known, kinds of sources."""

import datetime
from functools import cache

from django import template
from django.utils.formats import date_format

from editorial.vocabularies import MARK_MEANINGS, FactMark, SourceKind

register = template.Library()

FORMATS = {4: "Y", 7: "M Y", 10: "j M Y"}


@register.filter
@cache
def known_day(text: str) -> str:
    """An ISO date that may lack its day or month.

    >>> known_day("2026-08")
    'Aug 2026'
    """
    if len(text) not in FORMATS:
        return text
    try:
        day = datetime.date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return text
    return date_format(day, FORMATS[len(text)])


@register.filter
@cache
def source_kind(value: str) -> str:
    """The vocabulary's words for a kind of source."""
    return str(SourceKind(value).label).lower() if value in SourceKind.values else value


@register.filter
@cache
def mark_meaning(value: str) -> str:
    """What a mark on a figure means, as the methodology page prints it."""
    return MARK_MEANINGS[FactMark(value)] if value in FactMark.values else ""
