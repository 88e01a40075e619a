"""Slugs and aliases to facts."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import CharField, Model, Value

from catalog.importing.fields import slug_of
from catalog.models import AIModel, Alias, Engine, Hardware

MODELS: dict[str, type[Model]] = {
    "engine": Engine,
    "hardware": Hardware,
    "model": AIModel,
}


def find_uids(fact_type: str, names: Collection[str]) -> dict[str, UUID]:
    """The uids behind those of `names` that are aliases, in one statement."""
    aliases = Alias.objects.filter(fact_type=fact_type, alias__in=names)
    return dict(aliases.values_list("alias", "target_uid"))


def find_aliases(names: Collection[str]) -> dict[tuple[str, str], UUID]:
    """By fact type and alias, the uids behind `names`, in one statement."""
    aliases = Alias.objects.filter(alias__in=names)
    rows = aliases.values_list("fact_type", "alias", "target_uid")
    return {(fact_type, alias): uid for fact_type, alias, uid in rows}


def find_uid(fact_type: str, name: str) -> UUID | None:
    """The uid behind a slug, a dotted slug or an alias; None for an unknown one."""
    rows: Any = MODELS[fact_type]._default_manager
    uid = rows.filter(slug=slug_of(name)).values_list("uid", flat=True).first()
    if uid is not None:
        return uid
    aliases = Alias.objects.filter(fact_type=fact_type, alias=name)
    return aliases.values_list("target_uid", flat=True).first()


def named(fact_type: str) -> list[tuple[UUID, str, str]]:
    """(uid, slug, name) of every fact of a type, by name."""
    rows: Any = MODELS[fact_type]._default_manager
    return list(rows.names())


def named_together(*fact_types: str) -> dict[str, list[tuple[UUID, str, str]]]:
    """`named` for several types at once, in one statement."""
    parts = []
    for fact_type in fact_types:
        rows: Any = MODELS[fact_type]._default_manager
        marked = rows.annotate(fact_type=Value(fact_type, CharField())).order_by()
        parts.append(marked.values_list("fact_type", "uid", "slug", "name"))
    together = parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]
    found: dict[str, list[tuple[UUID, str, str]]] = {each: [] for each in fact_types}
    for fact_type, uid, slug, name in together.order_by("name"):
        found[fact_type].append((uid, slug, name))
    return found


def comparable(fact_type: str, uids: Iterable[UUID]) -> list[Any]:
    """Facts with all that a table of them side by side shows, by slug."""
    rows: Any = MODELS[fact_type]._default_manager
    return sorted(rows.with_uids(uids).for_comparing(), key=lambda fact: fact.slug)
