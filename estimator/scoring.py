"""Outcomes of the backtest, their scores, and the file they are kept in."""

import json
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import mean, median

from estimator.regression import quantile

PEERS: Mapping[str, float] = {
    "canirun.ai: bandwidth / size x 0.70": 0.70,
    "llmfit: bandwidth / size x 0.55": 0.55,
}
"""Published constants of two other calculators, from their sources:
https://github.com/midudev/canirun.ai/blob/main/packages/compatibility/src/index.ts and
https://github.com/AlexsJones/llmfit/blob/main/llmfit-core/src/hardware.rs."""
PREFILL = "prefill"
"""The kind of outcomes that are about the prompt, not about the answer."""
PREFILL_WORDS = "llama.cpp, prefill, one device, dense model that fits"
WORST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Outcome:
    """One row: what was measured, and what was expected of it. Tokens a second."""

    slug: str
    label: str
    hardware: str
    engine: str
    family: str
    hardware_class: str
    kind: str
    measured: float
    expected: float
    width: float
    """Half width of the range, as a logarithm."""
    by_bandwidth: float
    """Bandwidth / bytes of the file: what the constants of others are factors of."""

    @property
    def low(self) -> float:
        return self.expected / math.exp(self.width)

    @property
    def high(self) -> float:
        return self.expected * math.exp(self.width)

    @property
    def error(self) -> float:
        """|expected / measured - 1|."""
        return abs(self.expected / self.measured - 1)

    @property
    def is_inside(self) -> bool:
        return self.low <= self.measured <= self.high


@dataclass(frozen=True, slots=True)
class Score:
    """How far a group of outcomes lies from its measurements, as shares."""

    name: str
    rows: int
    devices: int
    median_error: float
    mean_error: float
    ninetieth_error: float
    inside: float | None
    """Share of measurements in the stated range; None: no range is stated."""
    half_width: float | None
    """The median of (high - low) / 2, as a share of what is expected."""


def score(name: str, found: Sequence[Outcome]) -> Score:
    """The figures of a group that has at least one outcome."""
    errors = [outcome.error for outcome in found]
    return Score(
        name=name,
        rows=len(found),
        devices=len({outcome.hardware for outcome in found}),
        median_error=median(errors),
        mean_error=mean(errors),
        ninetieth_error=quantile(errors, 0.9),
        inside=mean(outcome.is_inside for outcome in found),
        half_width=median(math.sinh(outcome.width) for outcome in found),
    )


def scores_by(
    found: Iterable[Outcome], key: Callable[[Outcome], str], *, least_rows: int = 1
) -> list[Score]:
    """A score for each value of `key`, the largest group first."""
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in found:
        groups[key(outcome)].append(outcome)
    scores = [
        score(name, members)
        for name, members in groups.items()
        if len(members) >= least_rows
    ]
    return sorted(scores, key=lambda s: (-s.rows, s.name))


def peer_scores(found: Sequence[Outcome]) -> list[Score]:
    """The same rows by the constants that two other calculators publish."""
    scores = []
    for name, share in PEERS.items():
        errors = [abs(o.by_bandwidth * share / o.measured - 1) for o in found]
        devices = len({outcome.hardware for outcome in found})
        scores.append(
            Score(
                *(name, len(errors), devices, median(errors), mean(errors)),
                *(quantile(errors, 0.9), None, None),
            )
        )
    return scores


def of_kind(found: Iterable[Outcome], kind: str) -> list[Outcome]:
    return [outcome for outcome in found if outcome.kind == kind]


def worst(found: Iterable[Outcome], count: int = WORST_SHOWN) -> list[Outcome]:
    """The outcomes that are furthest off, whichever way."""
    return sorted(
        found, key=lambda o: (-abs(math.log(o.expected / o.measured)), o.slug)
    )[:count]


def as_json(found: Sequence[Outcome], *, tested_on: str) -> str:
    """The file's text: a line for each outcome."""
    lines = [json.dumps(_rounded(asdict(o)), ensure_ascii=False) for o in found]
    rows = ",\n".join(lines)
    return f'{{"tested_on": "{tested_on}", "outcomes": [\n{rows}\n]}}\n'


def _rounded(values: Mapping[str, object]) -> dict[str, object]:
    return {
        key: float(f"{value:.5g}") if isinstance(value, float) else value
        for key, value in values.items()
    }


def from_json(text: str) -> tuple[str, list[Outcome]]:
    """(date, outcomes) of a file."""
    document = json.loads(text)
    return document["tested_on"], [Outcome(**values) for values in document["outcomes"]]
