"""The page of all models on one machine: groups of rows, and their filters."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.urls import reverse

from calculators.machine_filters import (
    CONTEXTS,
    ENGINES,
    FLOORS,
    LANGUAGE_OPEN,
    LEAST,
    SORTS,
    TASKS,
    USES,
    MachineQuery,
)
from calculators.machine_models import (
    Ranked,
    Ranking,
    by_group,
    narrowed,
    speaking,
)
from calculators.memory_bars import gib_text
from calculators.options import Option
from calculators.wording import speed_range
from catalog.languages import LANGUAGES
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
LANGUAGES_OFFERED = (
    *("ar", "bn", "zh", "cs", "nl", "en", "fr", "de", "el", "he", "hi", "id", "it"),
    *("ja", "ko", "fa", "pl", "pt", "ro", "ru", "es", "sv", "th", "tr", "uk", "vi"),
)
"""Languages that the form offers, by name; an address may ask for any other."""
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
    languages: str
    """What is stated of them, in words."""


@dataclass(frozen=True)
class Group:
    key: str
    title: str
    words: str
    count: int
    lines: list[Line]
    more: str
    """The address that shows all of them; empty where all are shown."""
    shows_languages: bool = False


@dataclass(frozen=True)
class MachinePage:
    query: MachineQuery
    groups: list[Group]
    total: int
    fitting: int
    filters: list[tuple[str, str, list[Option]]]
    """(parameter, label, choices)."""
    path: str
    language: str
    """The name of the language that was asked for; empty: none was."""
    language_open: int
    """How many more fit of which nobody says whether they support it."""
    language_open_path: str


def machine_page(chip: Hardware, query: MachineQuery) -> MachinePage:
    path = reverse("calculators:machine_models", args=[chip.slug])
    found = narrowed(Ranking(chip, query).ranked(), query)
    left_open: list[Ranked] = []
    if query.language:
        found, left_open = speaking(found, query.language)
    groups = by_group(found)
    shown = [
        _group(chip.slug, key, members, query, path)
        for key, members in {**groups, LANGUAGE_OPEN: left_open}.items()
        if members and (not query.group or query.group == key)
    ]
    return MachinePage(
        query=query,
        groups=shown,
        total=len(found),
        fitting=len(groups["comfortable"]) + len(groups["tight"]),
        filters=_filters(query),
        path=path,
        language=LANGUAGES.get(query.language, ""),
        language_open=len(left_open),
        language_open_path=f"#group-{LANGUAGE_OPEN}"
        if query.group in ("", LANGUAGE_OPEN)
        else f"{path}?{query.query(group=LANGUAGE_OPEN)}",
    )


def _group(
    slug: str, key: str, members: list[Ranked], query: MachineQuery, path: str
) -> Group:
    title, words = GROUPS.get(key) or _left_open(query)
    is_whole = query.group == key or len(members) <= SHOWN + 5
    shown = members if is_whole else members[:SHOWN]
    return Group(
        key=key,
        title=title,
        words=words,
        count=len(members),
        lines=lines_of(shown, slug, query),
        more="" if is_whole else f"{path}?{query.query(group=key)}",
        shows_languages=key == LANGUAGE_OPEN,
    )


def _left_open(query: MachineQuery) -> tuple[str, str]:
    name = LANGUAGES[query.language]
    return (
        f"{name}: not said",
        "These fit too. Their publishers name no languages or only some of them, or "
        f"nothing was seen. They may support {name} or not.",
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
        languages=each.languages.in_words(),
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
        ("language", "Language", options("language", _languages(query), "Any")),
        ("floor", "Tokens/s, at least", options("floor", FLOORS.items(), "Any")),
        ("context", "Context", options("context", CONTEXTS.items())),
        ("least", "Smallest file", options("least", LEAST.items())),
        ("engine", "Engine", options("engine", ENGINES.items())),
        ("sort", "Order", options("sort", SORTS.items())),
    ]


def _languages(query: MachineQuery) -> list[tuple[str, str]]:
    """Those offered and the one that was asked for, by name."""
    wanted = {*LANGUAGES_OFFERED, query.language}
    return [(code, name) for code, name in LANGUAGES.items() if code in wanted]
