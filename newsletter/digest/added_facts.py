"""What joined the catalogue, and the releases that were seen."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format

from catalog.measures import known_date
from catalog.models import AIModel, Engine, EngineRelease, Hardware
from editorial.registry import ResolvedFact, fact_type
from newsletter.digest.groups import ItemGroup
from newsletter.digest.happenings import (
    LONGEST_TEXT,
    LONGEST_TITLE,
    Happening,
    Span,
    clipped,
    joined_names,
)

MOST_EACH = 6
"""Of one kind. More than these become one line with a number and the list."""

KINDS: dict[str, tuple[Any, str, str]] = {
    "hardware": (Hardware, "cards and chips", "catalog:hardware_list"),
    "model": (AIModel, "models", "catalog:ai_model_list"),
    "engine": (Engine, "engines", "catalog:engine_list"),
}
"""Name of the fact type to its model, what several are called, and their list."""

FIGURES = {
    "hardware": (("memory_bytes", "memory"), ("memory_bandwidth_gb_s", "bandwidth")),
    "model": (("total_parameters", "parameters"), ("context_window_tokens", "context")),
    "engine": (("license", "licence"), ("latest_release", "latest release seen")),
}
"""What is told of a new fact: fields that texts may quote, and their names."""


def added_uids(model: Any, span: Span) -> set[UUID]:
    """Facts whose history begins in `span`."""
    rows = model.history.filter(
        history_type="+", history_date__gt=span.since, history_date__lte=span.until
    )
    return set(rows.values_list("uid", flat=True))


def added_happenings(span: Span) -> list[Happening]:
    """Each new fact with its figures, or one line where there are many of a kind."""
    found = []
    for name, (model, plural, list_name) in KINDS.items():
        rows = model.objects.filter(uid__in=added_uids(model, span))
        facts = list(rows.select_related("source").order_by("name"))
        if len(facts) > MOST_EACH:
            found.append(_many(name, facts, plural, reverse(list_name), span))
        elif facts:
            resolved = fact_type(name).resolve([fact.uid for fact in facts])
            found += [_one(name, fact, resolved[fact.uid], span) for fact in facts]
    return found


def _one(name: str, fact: Any, resolved: ResolvedFact, span: Span) -> Happening:
    return Happening(
        key=f"added:{fact.uid}",
        group=ItemGroup.ADDED,
        title=fact.name,
        text=_figures(name, resolved) or "New in the catalogue.",
        path=resolved.url,
        happened_on=span.until.date(),
        target_type=name,
        target_uid=fact.uid,
        sources=[fact.source],
    )


def _figures(name: str, resolved: ResolvedFact) -> str:
    """`Memory 24 GB, bandwidth 1 008 GB/s, as read on 1 Nov 2026.`"""
    values = [
        (label, resolved.values[field])
        for field, label in FIGURES[name]
        if field in resolved.values
    ]
    if not values:
        return ""
    told = ", ".join(
        f"{label} {value.display} {value.unit}".strip() for label, value in values
    )
    as_of = values[0][1].as_of
    day = f", as read on {date_format(as_of, 'j M Y')}" if as_of else ""
    return f"{told[:1].upper()}{told[1:]}{day}."


def _many(name: str, facts: list[Any], plural: str, path: str, span: Span) -> Happening:
    names = joined_names([fact.name for fact in facts[:MOST_EACH]])
    return Happening(
        key=f"added:{name}:{span.until.isoformat()}",
        group=ItemGroup.ADDED,
        title=f"{len(facts)} {plural}",
        text=clipped(f"Among them {names}.", LONGEST_TEXT),
        path=path,
        happened_on=span.until.date(),
    )


def release_happenings(
    span: Span, *, engine_uids: Iterable[UUID] | None = None
) -> list[Happening]:
    """Versions of engines that were seen, unless the engine itself is new.

    With `engine_uids` of these engines alone.
    """
    history = EngineRelease.history.filter(
        history_date__gt=span.since, history_date__lte=span.until
    ).exclude(history_type="-")
    rows = EngineRelease.objects.filter(uid__in=history.values("uid"))
    rows = rows.exclude(version="").exclude(engine__uid__in=added_uids(Engine, span))
    if engine_uids is not None:
        rows = rows.filter(engine__uid__in=list(engine_uids))
    rows = rows.select_related("engine", "source").order_by("engine__name", "pk")
    known = _known_versions([row.pk for row in rows], span)
    return [_release(row, span) for row in rows if known.get(row.pk) != row.version]


def _known_versions(ids: list[int], span: Span) -> dict[int, str]:
    """What each row called its version before `span`."""
    rows = EngineRelease.history.filter(id__in=ids, history_date__lte=span.since)
    ordered = rows.order_by("history_date", "history_id")
    return dict(ordered.values_list("id", "version"))


def _release(row: EngineRelease, span: Span) -> Happening:
    when = known_date(row.released_on, row.released_on_precision)
    told = row.get_role_display()
    text = f"{told}, {when}." if when else f"{told}; its day is not known."
    return Happening(
        key=f"release:{row.uid}:{row.version}",
        group=ItemGroup.ADDED,
        title=clipped(f"{row.engine.name} {row.version}", LONGEST_TITLE),
        text=clipped(f"{text} {row.note}".strip(), LONGEST_TEXT),
        path=row.engine.get_absolute_url(),
        happened_on=row.released_on or span.until.date(),
        target_type="engine",
        target_uid=row.engine.uid,
        sources=[row.source] if row.source else [],
    )
