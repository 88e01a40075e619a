"""The page of all models on one machine: groups of rows, and their filters."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.urls import reverse

from calculators.machine_filters import (
    CONTEXTS,
    ENGINES,
    FLOORS,
    LEAST,
    SORTS,
    TASKS,
    USES,
    MachineQuery,
)
from calculators.machine_models import Ranked, Ranking, by_group, narrowed
from calculators.memory_bars import gib_text
from calculators.options import Option
from calculators.wording import speed_range
from catalog.measures import billions
from catalog.models import CommercialUse, Hardware

SHOWN = 30
"""Rows of a group before the rest is a page of its own."""
GROUPS = {
    "comfortable": ("Comfortable", "At least a tenth of the budget stays free."),
    "tight": ("Tight", "Fits, with less than a tenth to spare."),
    "offload": (
        "Needs offload",
        "Part of the weights stays in host memory, which makes it slow.",
    ),
    "none": ("Does not fit", "Not even with offload to the host memory."),
}
USE_WORDS = {
    CommercialUse.YES: "allowed",
    CommercialUse.CONDITIONAL: "under conditions",
    CommercialUse.NO: "not allowed",
}


class Line(NamedTuple):
    """One model as the table shows it."""

    name: str
    href: str
    parameters: str
    licence: str
    quantization: str
    needs: str
    share: str
    speed: str
    evidence: str
    is_measured: bool


@dataclass(frozen=True)
class Group:
    key: str
    title: str
    words: str
    count: int
    lines: list[Line]
    more: str
    """The address that shows all of them; empty where all are shown."""


@dataclass(frozen=True)
class MachinePage:
    query: MachineQuery
    groups: list[Group]
    total: int
    fitting: int
    filters: list[tuple[str, str, list[Option]]]
    """(parameter, label, choices)."""
    path: str


def machine_page(chip: Hardware, query: MachineQuery) -> MachinePage:
    path = reverse("calculators:machine_models", args=[chip.slug])
    found = narrowed(Ranking(chip, query).ranked(), query)
    groups = by_group(found)
    shown = [
        _group(chip.slug, key, members, query, path)
        for key, members in groups.items()
        if members and (not query.group or query.group == key)
    ]
    return MachinePage(
        query=query,
        groups=shown,
        total=len(found),
        fitting=len(groups["comfortable"]) + len(groups["tight"]),
        filters=_filters(query),
        path=path,
    )


def _group(
    slug: str, key: str, members: list[Ranked], query: MachineQuery, path: str
) -> Group:
    title, words = GROUPS[key]
    is_whole = query.group == key or len(members) <= SHOWN + 5
    shown = members if is_whole else members[:SHOWN]
    return Group(
        key=key,
        title=title,
        words=words,
        count=len(members),
        lines=lines_of(shown, slug, query),
        more="" if is_whole else f"{path}?{query.query(group=key)}",
    )


def lines_of(found: Iterable[Ranked], slug: str, query: MachineQuery) -> list[Line]:
    base = reverse("calculators:machine_models", args=[slug])
    asked = query.question()
    return [_line(each, base, asked) for each in found]


def _line(each: Ranked, base: str, asked: str) -> Line:
    decode = each.speeds.decode if each.speeds else None
    brief, row = each.brief, each.row
    needs, budget = brief.needs_bytes or 0, brief.budget_bytes
    question = f"quantization={each.quantization}" + (f"&{asked}" if asked else "")
    return Line(
        name=row.name,
        href=f"{base}{row.slug}/?{question}",
        parameters=billions(row.total_parameters),
        licence=USE_WORDS.get(CommercialUse(row.commercial_use), "")
        if row.commercial_use
        else "",
        quantization=each.quantization,
        needs=gib_text(needs),
        share=f"{100 * needs / budget:.0f}" if budget else "",
        speed=speed_range(decode) if decode else "",
        evidence=str(each.speeds.evidence) if each.speeds else "",
        is_measured=each.is_measured,
    )


def _filters(query: MachineQuery) -> list[tuple[str, str, list[Option]]]:
    def options(
        name: str, pairs: Iterable[tuple[Any, str]], any_words: str = ""
    ) -> list[Option]:
        chosen = getattr(query, name)
        found = [("", any_words)] if any_words else []
        found += [(str(value), words) for value, words in pairs]
        if chosen and str(chosen) not in [value for value, _ in found]:
            found.append((str(chosen), str(chosen)))
        return [Option(v, words, v == str(chosen or "")) for v, words in found]

    return [
        ("task", "Task", options("task", TASKS, "Any")),
        ("use", "Commercial use", options("use", USES, "Any")),
        ("floor", "Tokens/s, at least", options("floor", FLOORS.items(), "Any")),
        ("context", "Context", options("context", CONTEXTS.items())),
        ("least", "Smallest file", options("least", LEAST.items())),
        ("engine", "Engine", options("engine", ENGINES.items())),
        ("sort", "Order", options("sort", SORTS.items())),
    ]
