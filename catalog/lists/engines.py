"""The list of tools, with what each supports."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from catalog.listing.choices import FixedChoice, Option, RelatedChoice, TextChoice
from catalog.listing.declaration import Cell, Column, Listing, Sort, Source
from catalog.listing.filters import Search
from catalog.lists.cells import marks_export, name_export, source_column, text_column
from catalog.measures import known_date
from catalog.models import (
    Engine,
    EngineKind,
    EngineRelease,
    EngineStatus,
    SupportAxis,
)
from catalog.support_names import AXIS_NAMES
from editorial.vocabularies import SupportValue

WORKS = (SupportValue.YES, SupportValue.PARTIAL)
OPEN_AXES = {SupportAxis.OPERATING_SYSTEM, SupportAxis.FORMAT}
"""Axes of which the files list only what works: no cell means not seen."""


@dataclass(frozen=True)
class SupportChoice(RelatedChoice):
    """Tools that support each ticked thing, wholly or in part."""

    name: str
    label: str
    axis: SupportAxis
    column: str = ""
    needs_all = True

    def _labelled(self, keys: Iterable[str]) -> list[Option]:
        names = AXIS_NAMES[self.axis]
        order = {key: place for place, key in enumerate(names)}
        listed = sorted(keys, key=lambda key: (order.get(key, len(order)), key))
        return [Option(key, names.get(key, key), key) for key in listed]

    def options(self, values: Any) -> list[Option]:
        known = Engine.objects.supported_keys(self.axis)
        return self._labelled(set(values) & known)

    def options_of(self, keys: Any) -> list[Option]:
        return self._labelled(keys)

    def condition(self, options: list[Option]) -> Q:
        return Engine.objects.supporting(self.axis, [o.key for o in options])

    def memberships(self) -> Iterable[tuple[Any, Any]]:
        return Engine.objects.support_pairs(self.axis)


def _name_cell(engine: Engine) -> Cell:
    kind = f"{engine.get_kind_display()} · {engine.vendor.name}"
    is_active = engine.status == EngineStatus.ACTIVE
    tags = [] if is_active else [("caution", engine.get_status_display().lower())]
    url = engine.get_absolute_url()
    return Cell(engine.name, url=url, notes=[kind], tags=tags)


def _name_values(engine: Engine) -> dict[str, Any]:
    return {
        **name_export(engine),
        "developer": engine.vendor.name,
        "kind": engine.kind,
        "status": engine.status,
        **marks_export(engine),
    }


def _release(engine: Engine) -> EngineRelease | None:
    return next((row for row in engine.latest_releases if row.version), None)


def _release_cell(engine: Engine) -> Cell:
    release = _release(engine)
    if release is None:
        return Cell()
    when = known_date(release.released_on, release.released_on_precision)
    proof = release.source
    source = Source(proof.url, proof.title, proof.retrieved_on) if proof else None
    return Cell(
        release.version, notes=[f"released {when}"] if when else [], source=source
    )


def _release_values(engine: Engine) -> dict[str, Any]:
    release = _release(engine)
    day = release.released_on if release else None
    return {
        "latest_release": release.version if release else None,
        "latest_release_on": day.isoformat() if day else None,
    }


def _support_column(axis: SupportAxis, key: str, label: str, is_shown: bool) -> Column:
    name = f"{axis.value}-{key}"
    export = f"{axis.value}_{key}".replace("-", "_")

    def cell(engine: Engine) -> Cell:
        found = engine.listed_support.get((axis, key))
        if found is None or found.value == SupportValue.UNKNOWN:
            return Cell()
        proof = found.source or engine.source
        return Cell(
            text=found.get_value_display(),
            notes=[found.note] if found.note else [],
            source=Source(proof.url, proof.title, proof.retrieved_on),
            kind=f"support support--{found.value}",
        )

    def values(engine: Engine) -> dict[str, Any]:
        found = engine.listed_support.get((axis, key))
        proof = (found.source or engine.source) if found else None
        return {
            export: found.value if found else SupportValue.UNKNOWN.value,
            f"{export}_source_url": proof.url if proof else None,
        }

    group = str(axis.label)
    return Column(name, label, cell, values, is_shown=is_shown, group=group)


SHOWN = {SupportAxis.OPERATING_SYSTEM: 3, SupportAxis.BACKEND: 5, SupportAxis.FORMAT: 2}
"""How many columns of each axis are drawn unless a reader chooses others."""

COLUMNS = [
    Column("name", "Tool", _name_cell, _name_values, sorts=("name", "-name")),
    text_column("licence", "Licence", "license"),
    Column("release", "Latest seen", _release_cell, _release_values),
    *(
        _support_column(axis, key, label, place < SHOWN.get(axis, 0))
        for axis, names in AXIS_NAMES.items()
        for place, (key, label) in enumerate(names.items())
    ),
    text_column("language", "Written in", "primary_language", is_shown=False),
    source_column(),
]

ENGINE_LIST = Listing(
    name="tools",
    noun="tool",
    nouns="tools",
    path="/tools/",
    rows=lambda: Engine.objects.all(),
    for_page=lambda rows: rows.for_list_page(),
    filters=[
        Search(
            ("name", "vendor__name", "license", "primary_language"),
            also=lambda word: Engine.objects.supporting_word(word),
        ),
        SupportChoice("system", "Operating system", SupportAxis.OPERATING_SYSTEM),
        SupportChoice("backend", "Hardware", SupportAxis.BACKEND),
        SupportChoice("format", "Model format", SupportAxis.FORMAT),
        SupportChoice("feature", "Features", SupportAxis.FEATURE),
        FixedChoice("kind", "Kind", "kind", dict(EngineKind.choices)),
        FixedChoice("status", "Status", "status", dict(EngineStatus.choices)),
        TextChoice("licence", "Licence", "license"),
    ],
    columns=COLUMNS,
    sorts=[
        Sort("name", "Name, A to Z", ("name",)),
        Sort("-name", "Name, Z to A", ("-name",)),
    ],
    compare_folder="engines",
    export_key="slug",
)
