"""A model among its siblings, and its family among those before and after it."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from catalog.measures import billions, grouped, known_date

STEM = re.compile(r"[a-z]+")
LATE = datetime.date.max


@dataclass(frozen=True)
class Relative:
    """One model of a family."""

    name: str
    url: str
    parameters: str
    active: str
    context: str
    released: str
    is_here: bool


@dataclass(frozen=True)
class Generation:
    """One family of a line, by size."""

    name: str
    since: str
    members: list[Relative]
    is_here: bool


def family_stem(slug: str) -> str:
    """What the families of one line have in common.

    >>> family_stem("qwen2-5-coder"), family_stem("deepseek-v3")
    ('qwen', 'deepseek')
    """
    match = STEM.match(slug)
    return match[0] if match else slug


def generations(model: Any, relatives: Iterable[Any]) -> list[Generation]:
    """The families of the line by their first release, the members by size.

    `relatives` are the models of the same developer and stem, this one among them.
    """
    by_family: dict[int, list[Any]] = {}
    for relative in relatives:
        by_family.setdefault(relative.family_id, []).append(relative)
    ordered = sorted(
        by_family.values(),
        key=lambda group: (min(_released(m) for m in group), group[0].family.name),
    )
    return [_generation(model, group) for group in ordered]


def _released(model: Any) -> datetime.date:
    return model.released_on or LATE


def _generation(model: Any, group: list[Any]) -> Generation:
    group = sorted(group, key=lambda m: (m.total_parameters, _released(m), m.name))
    first = min(group, key=_released)
    return Generation(
        name=first.family.name,
        since=known_date(first.released_on, first.released_on_precision),
        members=[
            Relative(
                name=member.name,
                url=member.get_absolute_url(),
                parameters=billions(member.total_parameters),
                active=billions(member.active_parameters)
                if member.active_parameters != member.total_parameters
                else "",
                context=grouped(member.context_window_tokens),
                released=known_date(member.released_on, member.released_on_precision),
                is_here=member.pk == model.pk,
            )
            for member in group
        ],
        is_here=first.family_id == model.family_id,
    )
