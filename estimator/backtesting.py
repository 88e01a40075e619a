"""Estimates against measurements that the constants behind them had not seen.

For every row the constants are fitted again without any row of its device: the decode
constants, the factors for experts, several cards and engines, and the width of the
range. What a reader with a new card gets is tested, not what the fit remembers.
"""

import json
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import mean, median

from estimator.calibration import cache_costs
from estimator.factors import factor_of
from estimator.fitting import Decode, fit_decode, row_features, usable
from estimator.hardware_classes import class_of
from estimator.measurements import KIND_WORDS, Kind, Measurement, is_dense, kind_of
from estimator.prefill_fitting import prefill_errors, prefill_rows
from estimator.regression import quantile, total
from estimator.spreads import unseen_widths
from estimator.token_work import cache_read_bytes

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


def outcomes(rows: Iterable[Measurement]) -> list[Outcome]:
    """Every row that a kind of the report holds, in the order of the slugs."""
    rows = sorted((row for row in rows if row.decode), key=lambda row: row.slug)
    fitting = usable(rows)
    whole = fit_decode(fitting)
    found: list[Outcome] = []
    for kind in KIND_WORDS:
        members = [row for row in rows if kind_of(row) is kind and _is_single(row)]
        if members:
            found += _of_kind(kind, members, fitting, whole, rows)
    found += _prefill_outcomes(rows)
    return sorted(found, key=lambda outcome: (outcome.slug, outcome.kind))


def _prefill_outcomes(rows: Sequence[Measurement]) -> list[Outcome]:
    """Prefill of dense models, in tokens of the prompt a second."""
    errors = prefill_errors(prefill_rows(rows))
    grouped = [(str(class_of(row.card)), row.card.slug, error) for row, error in errors]
    widths = unseen_widths(grouped)
    return [
        _outcome(PREFILL, row, row.prefill or 0.0, -error, widths)
        for row, error in errors
    ]


def _is_single(row: Measurement) -> bool:
    """One request on one device, or llama.cpp on several."""
    return row.count == 1 or row.engine == "llama-cpp"


def _of_kind(
    kind: Kind,
    members: Sequence[Measurement],
    fitting: Sequence[Measurement],
    whole: Decode,
    rows: Sequence[Measurement],
) -> list[Outcome]:
    errors: dict[str, float] = {}
    for device in sorted({row.card.slug for row in members}):
        rest = [row for row in fitting if row.card.slug != device]
        fitted = whole
        if len(rest) < len(fitting):
            fitted = fit_decode(rest, warm=whole)
        costs: Mapping[str, float] = {}
        if kind is not Kind.USABLE:
            costs = cache_costs([row for row in rows if row.card.slug != device])
        for row in members:
            if row.card.slug == device:
                seconds = _seconds(fitted, row, costs)
                errors[row.slug] = math.log(1 / (row.decode or 1) / seconds)
    if kind is not Kind.USABLE:
        errors = _less_the_factor(members, errors)
    grouped = [(_group(row), row.card.slug, errors[row.slug]) for row in members]
    widths = unseen_widths(grouped)
    return [
        _outcome(str(kind), row, row.decode or 0.0, errors[row.slug], widths)
        for row in members
    ]


def _seconds(fitted: Decode, row: Measurement, cache: Mapping[str, float]) -> float:
    """Seconds of a token at the row's depth; a filled cache has a cost of its own."""
    if not cache or not row.depth_tokens:
        return fitted.seconds(row)
    name = class_of(row.card)
    bandwidth = row.card.bandwidth_gb_s * 1e9
    read = cache_read_bytes(row.model, row.mean_depth, "f16") / bandwidth
    costs = fitted.costs(name)
    flat = total(costs, row_features(row)) - costs[0] * read
    return flat * fitted.age(row) + read * cache.get(name, cache["general"])


def _group(row: Measurement) -> str:
    engine = "" if row.engine == "llama-cpp" else row.engine
    return f"{engine}/{class_of(row.card)}/{'' if is_dense(row.model) else 'experts'}"


def _less_the_factor(
    members: Sequence[Measurement], errors: Mapping[str, float]
) -> dict[str, float]:
    """What is left of the errors under the factor that the other devices give."""
    left: dict[str, float] = {}
    for row in members:
        same = [
            other
            for other in members
            if other.card.slug != row.card.slug
            and other.engine == row.engine
            and is_dense(other.model) == is_dense(row.model)
        ]
        pairs = [(other.card.slug, errors[other.slug]) for other in same]
        base = math.log(factor_of(pairs, ()).value) if pairs else 0.0
        name = class_of(row.card)
        near = [
            (other.card.slug, errors[other.slug])
            for other in same
            if class_of(other.card) is name
        ]
        factor = math.log(factor_of(near, pairs, base).value) if near else base
        left[row.slug] = errors[row.slug] - factor
    return left


def _outcome(
    kind: str,
    row: Measurement,
    measured: float,
    error: float,
    widths: Mapping[str, float],
) -> Outcome:
    weights = row.weights
    size = weights.total_bytes * weights.active_share if weights else 0.0
    if weights and is_dense(row.model):
        size = float(weights.total_bytes)
    count = f"{row.count} x " if row.count > 1 else ""
    depth = f" at {row.depth_tokens} tokens" if row.depth_tokens else ""
    return Outcome(
        slug=row.slug,
        label=f"{row.model.name} {row.quantization}{depth}",
        hardware=f"{count}{row.card.name}",
        engine=row.engine,
        family=row.family,
        hardware_class=str(class_of(row.card)),
        kind=kind,
        measured=measured,
        expected=measured * math.exp(error),
        width=widths[row.card.slug],
        by_bandwidth=row.card.bandwidth_gb_s * 1e9 / size,
    )


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
