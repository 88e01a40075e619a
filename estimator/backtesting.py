"""Estimates against measurements that the constants behind them had not seen.

For every row the constants are fitted again without any row of its device: the decode
constants, the factors for experts, several cards and engines, and the width of the
range. What a reader with a new card gets is tested, not what the fit remembers.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence

from estimator.calibration import cache_costs, is_shallow
from estimator.factors import factor_of
from estimator.fitting import Decode, fit_decode, row_features, usable
from estimator.hardware_classes import class_of
from estimator.measurements import (
    KIND_WORDS,
    WRAPPERS,
    Kind,
    Measurement,
    is_dense,
    kind_of,
)
from estimator.prefill_fitting import prefill_errors, prefill_rows
from estimator.regression import total
from estimator.scoring import PREFILL, Outcome
from estimator.spreads import unseen_widths
from estimator.token_work import cache_read_bytes

Wanted = Callable[[Measurement], bool]


def outcomes(rows: Iterable[Measurement]) -> list[Outcome]:
    """Every row that a kind of the report holds, in the order of the slugs."""
    rows = sorted((row for row in rows if row.decode), key=lambda row: row.slug)
    members = [row for row in rows if kind_of(row) in KIND_WORDS and _is_single(row)]
    unseen = _Unseen(members, _raw_errors(members, rows))
    found: list[Outcome] = []
    for kind in KIND_WORDS:
        of_kind = [row for row in members if kind_of(row) is kind]
        errors = {row.slug: unseen.left(row, kind) for row in of_kind}
        widths = unseen_widths(
            [(_group(row), row.card.slug, errors[row.slug]) for row in of_kind]
        )
        found += [
            _outcome(str(kind), row, row.decode or 0.0, errors[row.slug], widths)
            for row in of_kind
        ]
    found += _prefill_outcomes(rows)
    return sorted(found, key=lambda outcome: (outcome.slug, outcome.kind))


def _is_single(row: Measurement) -> bool:
    """One request on one device, or llama.cpp on several."""
    return row.count == 1 or row.engine == "llama-cpp"


def _raw_errors(
    members: Sequence[Measurement], rows: Sequence[Measurement]
) -> dict[str, float]:
    """log(measured time / F31), with constants that saw no row of the device."""
    fitting = usable(rows)
    whole = fit_decode(fitting)
    errors: dict[str, float] = {}
    for device in sorted({row.card.slug for row in members}):
        rest = [row for row in fitting if row.card.slug != device]
        fitted = fit_decode(rest, warm=whole) if len(rest) < len(fitting) else whole
        costs = cache_costs([row for row in rows if row.card.slug != device])
        for row in members:
            if row.card.slug == device:
                seconds = _seconds(fitted, row, costs)
                errors[row.slug] = math.log(1 / (row.decode or 1) / seconds)
    return errors


def _seconds(fitted: Decode, row: Measurement, cache: Mapping[str, float]) -> float:
    """Seconds of a token at the row's depth; a filled cache has a cost of its own."""
    if not row.depth_tokens:
        return fitted.seconds(row)
    name = class_of(row.card)
    bandwidth = row.card.bandwidth_gb_s * 1e9
    read = cache_read_bytes(row.model, row.mean_depth, "f16") / bandwidth
    costs = fitted.costs(name)
    flat = total(costs, row_features(row)) - costs[0] * read
    return flat * fitted.age(row) + read * cache.get(name, cache["general"])


class _Unseen:
    """Errors of rows under the factors that the other devices give."""

    def __init__(
        self, members: Sequence[Measurement], errors: Mapping[str, float]
    ) -> None:
        self.members, self.errors = members, errors
        self.experts = {
            row.slug: self._factor(row, _is_plain_mixture, errors)
            for row in members
            if not is_dense(row.model)
        }
        self.rest = {
            slug: error - self.experts.get(slug, 0.0) for slug, error in errors.items()
        }

    def left(self, row: Measurement, kind: Kind) -> float:
        error = self.rest[row.slug]
        if kind is Kind.SEVERAL:
            return error - max(0.0, self._factor(row, _is_plain_several, self.rest))
        if kind is Kind.OTHER_ENGINE and row.engine not in WRAPPERS:
            same = _of_engine(row.engine)
            return error - self._factor(row, same, self.rest)
        return error

    def _factor(
        self, row: Measurement, wanted: Wanted, errors: Mapping[str, float]
    ) -> float:
        """The logarithm of a factor from other devices, those of the class first."""
        others = [
            other
            for other in self.members
            if other.card.slug != row.card.slug and wanted(other) and is_shallow(other)
        ]
        pairs = [(other.card.slug, errors[other.slug]) for other in others]
        base = math.log(factor_of(pairs, ()).value) if pairs else 0.0
        name = class_of(row.card)
        near = [
            (other.card.slug, errors[other.slug])
            for other in others
            if class_of(other.card) is name
        ]
        return math.log(factor_of(near, pairs, base).value) if near else base


def _is_plain_mixture(row: Measurement) -> bool:
    return kind_of(row) is Kind.EXPERTS


def _is_plain_several(row: Measurement) -> bool:
    return kind_of(row) is Kind.SEVERAL and is_dense(row.model)


def _of_engine(engine: str) -> Wanted:
    return lambda row: kind_of(row) is Kind.OTHER_ENGINE and row.engine == engine


def _group(row: Measurement) -> str:
    engine = "" if row.engine == "llama-cpp" else row.engine
    return f"{engine}/{class_of(row.card)}/{'' if is_dense(row.model) else 'experts'}"


def _prefill_outcomes(rows: Sequence[Measurement]) -> list[Outcome]:
    """Prefill of dense models, in tokens of the prompt a second."""
    errors = prefill_errors(prefill_rows(rows))
    grouped = [(str(class_of(row.card)), row.card.slug, error) for row, error in errors]
    widths = unseen_widths(grouped)
    return [
        _outcome(PREFILL, row, row.prefill or 0.0, -error, widths)
        for row, error in errors
    ]


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
