"""What the pages on speed and on accuracy print: the objects that the code uses."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from calculators.accuracy import shipped_accuracy
from calculators.accuracy_chart import accuracy_chart
from estimator import spreads
from estimator.hardware_classes import CLASS_WORDS, HardwareClass
from estimator.measurements import KIND_WORDS, Kind
from estimator.prefill_work import PREFILL_FEATURES, PREFILL_UNITS
from estimator.published_memory import PublishedValue
from estimator.published_setups import GIB, MIB
from estimator.scoring import Outcome, Score
from estimator.speed import HOST_BANDWIDTH, SYNCHRONIZING
from estimator.speed_constants import Factor, shipped
from estimator.speed_evidence import DEPTH_WIDTH, UNSEEN_WIDTH
from estimator.speed_formulas import SPEED_FORMULAS
from estimator.spreads import half_width
from estimator.token_work import FEATURES, UNITS

DECODE_LETTERS = ("a", "b", "c", "c 1", "c 2")
CAUSES: tuple[tuple[str, str], ...] = (
    (
        "RX 6700 XT",
        "Builds of early 2024, when Vulkan was young; no other row has one",
    ),
    ("Arc A770", "The only Intel row: left out, nothing of its class remains"),
    ("P100", "The only card without DP4A: a published figure stands in for its class"),
    ("M2 Max", "One laptop, slower than the older M1 Max of another publisher"),
    ("RX 7900 XT", "Small model; the other Radeon cards have none to learn from"),
    ("M3 Ultra", "One row; the class leans on the slower M2 Max"),
)
"""Part of the hardware's name, and why its rows lie where they do."""


@dataclass(frozen=True)
class ScoreLine:
    """A score as its table shows it; "" is drawn as a dash."""

    name: str
    rows: int
    devices: int
    median: str
    mean: str
    ninetieth: str
    inside: str
    half_width: str


@dataclass(frozen=True)
class Miss:
    outcome: Outcome
    measured: str
    expected: str
    off: str
    cause: str


def percent(share: float | None) -> str:
    return "" if share is None else f"{share:.1%}".replace("%", " %")


def score_line(score: Score) -> ScoreLine:
    width = score.half_width
    return ScoreLine(
        name=score.name,
        rows=score.rows,
        devices=score.devices,
        median=percent(score.median_error),
        mean=percent(score.mean_error),
        ninetieth=percent(score.ninetieth_error),
        inside=percent(score.inside),
        half_width="" if width is None else f"± {width:.0%}".replace("%", " %"),
    )


def _miss(outcome: Outcome) -> Miss:
    causes = (words for name, words in CAUSES if name in outcome.hardware)
    signed = outcome.expected / outcome.measured - 1
    return Miss(
        outcome=outcome,
        measured=f"{outcome.measured:.1f}",
        expected=f"{outcome.expected:.1f}",
        off=f"{signed:+.0%}".replace("%", " %").replace("-", "−"),
        cause=next(causes, ""),
    )


@dataclass(frozen=True)
class MemoryLine:
    words: str
    published: str
    answered: str
    off: str
    source: str


def _memory_line(value: PublishedValue) -> MemoryLine:
    unit, size = ("GiB", GIB) if value.published >= GIB else ("MiB", MIB)
    return MemoryLine(
        words=value.words,
        published=f"{value.published / size:.2f} {unit}",
        answered=f"{value.answered / size:.2f} {unit}",
        off=f"{value.error:+.2%}".replace("%", " %").replace("-", "−"),
        source=value.source,
    )


@lru_cache(maxsize=1)
def accuracy_context() -> dict[str, Any]:
    """The report of this version. It changes only with the shipped files."""
    accuracy = shipped_accuracy()
    kinds = [score_line(score) for score in accuracy.kinds]
    return {
        "tested_on": accuracy.tested_on,
        "main": kinds[0],
        "targets": accuracy.targets,
        "kinds": kinds,
        "peers": [kinds[0], *map(score_line, accuracy.peers)],
        "classes": [score_line(score) for score in accuracy.classes],
        "families": [score_line(score) for score in accuracy.families],
        "engines": [score_line(score) for score in accuracy.engines],
        "misses": [_miss(outcome) for outcome in accuracy.worst],
        "chart": accuracy_chart(accuracy.usable),
        "memory": [_memory_line(value) for value in accuracy.memory],
        "coverage": percent(spreads.COVERAGE),
    }


@lru_cache(maxsize=1)
def speed_context() -> dict[str, Any]:
    """Formulas and constants of speed, as the code has them at this moment."""
    constants = shipped()
    return {
        "constants": constants,
        "formulas": SPEED_FORMULAS,
        "features": list(zip("abc", FEATURES, UNITS, strict=False)),
        "more_features": list(zip(FEATURES[3:], UNITS[3:], strict=True)),
        "classes": [
            {
                "words": CLASS_WORDS[HardwareClass(name)],
                "costs": _lettered(DECODE_LETTERS, found.costs),
                "cache": f"{constants.cache.get(name, constants.cache['general']):.2f}",
                "rows": found.rows,
                "devices": found.devices,
                "range": half_width(found.spread.width),
                "own_range": half_width(found.own_spread.width),
            }
            for name, found in constants.classes.items()
        ],
        "experts": _factors(constants.experts),
        "engines": _factors(constants.engines),
        "older": sorted(constants.older_builds.items()),
        "devices": _devices(),
        "prefill_features": list(
            zip("efg", PREFILL_FEATURES, PREFILL_UNITS, strict=True)
        ),
        "prefill": [
            (
                _class_words(name),
                _lettered("efg", found.costs),
                found.rows,
                found.devices,
                half_width(found.spread.width),
            )
            for name, found in constants.prefill.items()
        ],
        "others": [HOST_BANDWIDTH, SYNCHRONIZING],
        "several": f"{constants.several_cards.value:.2f}",
        "unseen": half_width(UNSEEN_WIDTH),
        "depth": half_width(DEPTH_WIDTH),
        "coverage": percent(spreads.COVERAGE),
        "usable": KIND_WORDS[Kind.USABLE],
    }


def _lettered(letters: Iterable[str], costs: Iterable[float]) -> list[tuple[str, str]]:
    """Each constant with the letter it has in the formulas."""
    pairs = zip(letters, costs, strict=True)
    return [(letter, f"{cost:.{2 if cost >= 1 else 3}f}") for letter, cost in pairs]


def _factors(found: Any) -> list[tuple[str, str, int, int, str]]:
    factors: dict[str, Factor] = dict(found)
    return [
        (
            _class_words(name),
            f"{factor.value:.2f}",
            factor.rows,
            factor.devices,
            half_width(factor.spread.width),
        )
        for name, factor in factors.items()
    ]


def _class_words(name: str) -> str:
    """The words of a class, of an engine, or of an engine on a class."""
    engine, _, of_class = name.rpartition("/")
    if name == "general":
        return "all classes"
    if of_class in set(HardwareClass):
        words = CLASS_WORDS[HardwareClass(of_class)]
        return f"{engine}, {words}" if engine else words
    return f"{name}, all classes"


def _devices() -> list[tuple[str, str, int]]:
    """(slug, factor, rows) of devices whose rows move their class by a twentieth."""
    factors = shipped().device_factors.items()
    return [
        (slug, f"{factor.value:.2f}", factor.rows)
        for slug, factor in factors
        if abs(factor.value - 1) >= 0.05
    ]
