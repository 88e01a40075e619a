"""The fitted constants of speed: their shape, and the file they are shipped in."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Any

SCHEMA = 1
FILE = "speed_constants.json"


@dataclass(frozen=True, slots=True)
class Spread:
    """How far measurements lie from the estimate: half width of the stated range.

    A natural logarithm: the range runs from expected x exp(-width) to expected x
    exp(width).
    """

    width: float
    rows: int
    devices: int


@dataclass(frozen=True, slots=True)
class ClassConstants:
    """What one class of hardware costs for each feature of `token_work.FEATURES`."""

    costs: tuple[float, ...]
    rows: int
    devices: int
    spread: Spread
    """Against devices that the fit had not seen."""
    own_spread: Spread
    """Against other rows of a device that the fit had seen."""
    median_error: float | None
    """Leaving one device out; None: nothing to leave out."""
    origin: str
    """fitted, or where the constants come from instead."""


@dataclass(frozen=True, slots=True)
class Factor:
    """Time is multiplied by `value`."""

    value: float
    rows: int
    devices: int
    spread: Spread


@dataclass(frozen=True, slots=True)
class PrefillConstants:
    """What reading a prompt costs on one class of hardware."""

    costs: tuple[float, ...]
    """For each of `prefill_work.PREFILL_FEATURES`."""
    rows: int
    devices: int
    spread: Spread


@dataclass(frozen=True, slots=True)
class SpeedConstants:
    """Everything `estimator.speed` computes with."""

    fitted_on: str
    rows: int
    devices: int
    general: tuple[float, ...]
    classes: Mapping[str, ClassConstants]
    device_factors: Mapping[str, Factor]
    older_builds: Mapping[str, float]
    """By back end: time of builds before 2025 against today's."""
    cache: Mapping[str, float]
    """By class: 1 / share of the bandwidth that reading the cache reaches."""
    experts: Mapping[str, Factor]
    """By class, for mixture-of-experts models."""
    engines: Mapping[str, Factor]
    """By engine, and by engine and class as "vllm/nvidia-hbm"."""
    several_cards: Factor
    offload: Factor
    """Measured time against F33, for models that lie partly in host memory."""
    prefill: Mapping[str, PrefillConstants]
    """By class, and "general" for a class without rows."""
    prefill_devices: Mapping[str, Factor]
    prefill_experts: Factor
    schema: int = SCHEMA
    notes: tuple[str, ...] = field(default_factory=tuple)


def as_json(constants: SpeedConstants) -> str:
    """The file's text. Equal constants give equal bytes."""
    rounded = _rounded(asdict(constants))
    return json.dumps(rounded, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def from_json(text: str) -> SpeedConstants:
    values: dict[str, Any] = json.loads(text)
    if values["schema"] != SCHEMA:
        raise ValueError(f"Speed constants of schema {SCHEMA} expected. Run fit_speed.")
    keyed = {
        "classes": _class,
        "device_factors": _factor,
        "prefill_devices": _factor,
        "experts": _factor,
        "engines": _factor,
        "prefill": _prefill,
    }
    for name, read in keyed.items():
        values[name] = {key: read(item) for key, item in values[name].items()}
    for name in ("several_cards", "offload", "prefill_experts"):
        values[name] = _factor(values[name])
    values["general"] = tuple(values["general"])
    values["notes"] = tuple(values["notes"])
    return SpeedConstants(**values)


@lru_cache(maxsize=1)
def shipped() -> SpeedConstants:
    """The constants that this version was shipped with."""
    source = resources.files("estimator.data").joinpath(FILE)
    return from_json(source.read_text(encoding="utf-8"))


def _spread(values: dict[str, Any]) -> Spread:
    return Spread(**values)


def _factor(values: dict[str, Any]) -> Factor:
    return Factor(**values | {"spread": _spread(values["spread"])})


def _prefill(values: dict[str, Any]) -> PrefillConstants:
    costs = tuple(values["costs"])
    spread = _spread(values["spread"])
    return PrefillConstants(**values | {"costs": costs, "spread": spread})


def _class(values: dict[str, Any]) -> ClassConstants:
    return ClassConstants(
        **values
        | {
            "costs": tuple(values["costs"]),
            "spread": _spread(values["spread"]),
            "own_spread": _spread(values["own_spread"]),
        }
    )


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.5g}")
    if isinstance(value, Mapping):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(item) for item in value]
    return value
