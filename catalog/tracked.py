"""Which history tables tell the changes of a chip, a model and a tool."""

from collections.abc import Mapping
from typing import Any

from catalog.history import Part
from catalog.languages import Stated
from catalog.models import (
    AIModel,
    Engine,
    EngineRelease,
    EngineStatement,
    FailureMode,
    Hardware,
    HostedPrice,
    ModelFile,
    ModelLanguages,
    PriceObservation,
    ReleaseRole,
    SupportCell,
)
from editorial.vocabularies import PriceKind

LONGEST_CLAIM = 60


def _price(values: Mapping[str, Any]) -> str:
    return f"{PriceKind(values['kind']).label}, {values['seller']}"


def _file(values: Mapping[str, Any]) -> str:
    return f"{values['quantization']} by {values['publisher']}"


def _hosted(values: Mapping[str, Any]) -> str:
    return f"{values['provider']}, {values['model_name']}"


def _languages(values: Mapping[str, Any]) -> str:
    count = values["stated_count"]
    return Stated(values["codes"], count, values["is_at_least"]).in_words()


def _release(values: Mapping[str, Any]) -> str:
    return values["version"] or str(ReleaseRole(values["role"]).label).lower()


def _cell(values: Mapping[str, Any]) -> str:
    return values["key"].replace("_", " ")


def _claim(values: Mapping[str, Any]) -> str:
    claim = values["claim"]
    is_long = len(claim) > LONGEST_CLAIM
    return f"{claim[:LONGEST_CLAIM].rstrip()}…" if is_long else claim


def _title(values: Mapping[str, Any]) -> str:
    return values["title"]


HARDWARE = (Part(Hardware), Part(PriceObservation, "hardware", _price, name="price"))
AI_MODEL = (
    Part(AIModel),
    Part(ModelFile, "ai_model", _file, name="file"),
    Part(HostedPrice, "ai_model", _hosted, name="hosted price"),
    Part(ModelLanguages, "ai_model", _languages, name="languages"),
)
ENGINE = (
    Part(Engine, hidden=("notes",)),
    Part(EngineRelease, "engine", _release, name="release"),
    Part(SupportCell, "engine", _cell, name="cell"),
    Part(EngineStatement, "engine", _claim, name="statement"),
    Part(FailureMode, "engine", _title, name="failure mode"),
)
TRACKED = {"hardware": HARDWARE, "model": AI_MODEL, "engine": ENGINE}
"""By the name of the fact type; each begins with the fact's own model."""

HISTORIES = [part.history_label for parts in TRACKED.values() for part in parts]
"""The tables behind them. They hold the keys of people, and no names."""
