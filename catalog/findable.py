"""Engines, hardware, models and files as readers find them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Model

from catalog.importing.fields import plain
from catalog.measures import billions, gib, grouped
from catalog.models import AIModel, Alias, Engine, Hardware, ModelFile, Segment
from editorial.registry import Findable, SearchSource

SEGMENT_WEIGHTS = {Segment.CONSUMER: 2, Segment.WORKSTATION: 1, Segment.DATACENTER: 1}
"""Of hardware that fits a query equally well, a card one can buy comes first."""

GIGABYTE = 10**9


@dataclass(frozen=True)
class Touched:
    """Which facts of one model a change shows in: their scopes are their uids.

    `through` leads from the label of another model to the look-up that finds the facts
    behind its rows.
    """

    model: type[Model]
    fact_type: str
    through: Mapping[str, str]

    def __call__(self, label: str, uids: Collection[UUID]) -> Iterable[str]:
        if label == self.model._meta.label:
            return map(str, uids)
        if label == Alias._meta.label:
            aliases = Alias.objects.filter(uid__in=uids, fact_type=self.fact_type)
            return map(str, aliases.values_list("target_uid", flat=True))
        if label not in self.through:
            return ()
        rows: Any = self.model._default_manager
        found = rows.filter(**{f"{self.through[label]}__in": list(uids)})
        return map(str, found.order_by().values_list("uid", flat=True))


def _among(rows: Any, scopes: Collection[str] | None) -> Any:
    return rows if scopes is None else rows.with_uids(scopes)


def _aliases(fact_type: str, scopes: Collection[str] | None) -> dict[UUID, list[str]]:
    """The other names of facts, by uid."""
    rows = Alias.objects.filter(fact_type=fact_type).order_by("alias")
    if scopes is not None:
        rows = rows.filter(target_uid__in=scopes)
    names = defaultdict(list)
    for uid, alias in rows.values_list("target_uid", "alias"):
        names[uid].append(alias)
    return names


def _line(*parts: Any) -> str:
    """What is known, in one line."""
    return " · ".join(str(part) for part in parts if part)


def build_engines(scopes: Collection[str] | None) -> Iterator[Findable]:
    aliases = _aliases("engine", scopes)
    for row in _among(Engine.objects.for_listing(), scopes).with_supported_keys():
        supported = [cell.key.replace("_", " ") for cell in row.supported]
        words = [row.vendor.name, row.primary_language, row.license, *supported]
        yield Findable(
            key=str(row.uid),
            scope=str(row.uid),
            title=row.name,
            url=row.get_absolute_url(),
            summary=_line(row.get_kind_display(), row.vendor, row.license),
            names=[row.slug, *aliases.get(row.uid, ())],
            text=" ".join(words),
        )


def build_hardware(scopes: Collection[str] | None) -> Iterator[Findable]:
    aliases = _aliases("hardware", scopes)
    for row in _among(Hardware.objects.for_listing(), scopes):
        memory = f"{gib(row.memory_bytes)} GB {row.memory_type}".strip()
        words = [row.vendor.name, row.get_kind_display(), row.architecture]
        yield Findable(
            key=str(row.uid),
            scope=str(row.uid),
            title=row.name,
            url=row.get_absolute_url(),
            summary=_line(
                memory,
                f"{grouped(row.memory_bandwidth_gb_s)} GB/s",
                row.get_segment_display(),
            ),
            names=[row.slug, *aliases.get(row.uid, ())],
            text=" ".join(words),
            weight=SEGMENT_WEIGHTS.get(row.segment, 0),
            year=row.released_on.year if row.released_on else 0,
        )


def build_models(scopes: Collection[str] | None) -> Iterator[Findable]:
    aliases = _aliases("model", scopes)
    for row in _among(AIModel.objects.for_listing(), scopes):
        words = [row.family.name, row.hf_repository, row.get_architecture_display()]
        yield Findable(
            key=str(row.uid),
            scope=str(row.uid),
            title=row.name,
            url=row.get_absolute_url(),
            summary=_line(
                row.vendor,
                f"{billions(row.total_parameters)} B parameters",
                row.get_modality_display(),
                row.license,
            ),
            names=[
                row.slug,
                f"{row.vendor.name} {row.name}",
                *aliases.get(row.uid, ()),
            ],
            text=" ".join(words),
            year=row.released_on.year if row.released_on else 0,
        )


def build_files(scopes: Collection[str] | None) -> Iterator[Findable]:
    """One entry for each model, format and quantisation, whoever published it."""
    aliases = _aliases("model", scopes)
    for files in _published_alike(scopes):
        first = files[0]
        model, quantization = first.ai_model, first.quantization
        others = [model.slug, *aliases.get(model.uid, ())]
        publishers = ", ".join(dict.fromkeys(file.publisher for file in files))
        weight_format = first.weight_format.upper()
        yield Findable(
            key=f"{model.uid}:{first.weight_format}:{quantization}",
            scope=str(model.uid),
            title=f"{model.name} {quantization}",
            url=f"{model.get_absolute_url()}#files",
            summary=_line(weight_format, _size(files), publishers),
            names=[f"{name} {quantization}" for name in others],
            text=weight_format,
            year=model.released_on.year if model.released_on else 0,
        )


def _published_alike(scopes: Collection[str] | None) -> Iterator[list[ModelFile]]:
    rows = ModelFile.objects.select_related("ai_model").defer("imported", "marks")
    if scopes is not None:
        rows = rows.filter(ai_model__uid__in=scopes)
    alike = defaultdict(list)
    for file in rows.order_by("ai_model", "size_bytes", "publisher"):
        alike[file.ai_model_id, file.weight_format, file.quantization].append(file)
    return iter(alike.values())


def _size(files: list[ModelFile]) -> str:
    """From the smallest to the largest, in decimal gigabytes."""
    ends = (Decimal(file.size_bytes) / GIGABYTE for file in (files[0], files[-1]))
    shown = (plain(round(end, 2)) for end in ends)
    return f"{' to '.join(dict.fromkeys(shown))} GB"


VENDOR = {"catalog.Vendor": "vendor__uid"}
SOURCES = [
    SearchSource(
        kind="engine",
        label="Tools",
        one="Tool",
        order=10,
        build=build_engines,
        touched=Touched(
            Engine, "engine", VENDOR | {"catalog.SupportCell": "cells__uid"}
        ),
        list_url="/tools/",
    ),
    SearchSource(
        kind="hardware",
        label="Hardware",
        one="Hardware",
        order=20,
        build=build_hardware,
        touched=Touched(Hardware, "hardware", VENDOR),
        list_url="/hardware/",
    ),
    SearchSource(
        kind="model",
        label="Models",
        one="Model",
        order=30,
        build=build_models,
        touched=Touched(
            AIModel, "model", VENDOR | {"catalog.ModelFamily": "family__uid"}
        ),
        list_url="/models/",
    ),
    SearchSource(
        kind="file",
        label="Model files",
        one="Model file",
        order=50,
        build=build_files,
        touched=Touched(AIModel, "model", {"catalog.ModelFile": "files__uid"}),
    ),
]
