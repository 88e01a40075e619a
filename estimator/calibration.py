"""All speed constants from all measurements: decode first, the rest against it."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from statistics import median

from estimator.factors import SHRINK_ROWS, device_factor, factor_of
from estimator.fitting import (
    Decode,
    Residual,
    backend_of,
    fit_decode,
    leave_one_device_out,
    leave_one_row_out,
    usable,
)
from estimator.hardware_classes import class_of
from estimator.measurements import WRAPPERS, Kind, Measurement, is_dense, kind_of
from estimator.prefill_fitting import (
    prefill_constants,
    prefill_devices,
    prefill_experts,
)
from estimator.speed_constants import ClassConstants, Factor, SpeedConstants, Spread
from estimator.spreads import Errors, spread_of
from estimator.token_work import cache_read_bytes

GENERAL_CACHE_COST = 2.0
"""Half of the bandwidth for reading the cache, between the 0.64 and the 0.40 of F31."""
LEAST_DEPTH = 4096
SHORT_ANSWER = 1024
"""Up to so many tokens an answer leaves the context next to empty."""
OFFLOAD = Factor(
    1 / 0.7,
    rows=0,
    devices=0,
    spread=Spread(width=0.35, rows=0, devices=0),
)
"""F33: 0.6 to 0.8 of the host's bandwidth; no shipped row states its host."""

Error = tuple[str, float]


def calibrate(rows: Iterable[Measurement], *, fitted_on: str) -> SpeedConstants:
    """Everything that `speed` computes with, from published rows."""
    rows = sorted(rows, key=lambda row: row.slug)
    fitting = usable(rows)
    decode = fit_decode(fitting)
    unseen = leave_one_device_out(fitting, decode)
    seen = [
        Residual(row, math.log(decode.seconds(row) * (row.decode or 1)))
        for row in fitting
    ]
    factors = _device_factors(seen)
    plain = _Timed(decode, factors, {})
    experts = _by_class(rows, plain, lambda row: kind_of(row) is Kind.EXPERTS)
    timed = _Timed(decode, factors, experts)
    return SpeedConstants(
        fitted_on=fitted_on,
        rows=len(fitting),
        devices=len({row.card.slug for row in fitting}),
        general=decode.general,
        classes=_classes(decode, unseen, leave_one_row_out(unseen)),
        device_factors=factors,
        older_builds=decode.older_builds,
        cache=cache_costs(rows),
        experts=experts,
        engines=_engines(rows, timed),
        several_cards=factor_of(
            [timed.error(row) for row in rows if _is_several(row)], ()
        ),
        offload=OFFLOAD,
        prefill=prefill_constants(rows),
        prefill_devices=prefill_devices(rows),
        prefill_experts=prefill_experts(rows),
    )


class _Timed:
    """Measured against estimated time, the device's own factor included."""

    def __init__(
        self,
        decode: Decode,
        factors: Mapping[str, Factor],
        experts: Mapping[str, Factor],
    ) -> None:
        self.decode, self.factors, self.experts = decode, factors, experts

    def error(self, row: Measurement) -> Error:
        known = self.factors.get(row.card.slug)
        guess = self.decode.seconds(row) * (known.value if known else 1.0)
        if self.experts and not is_dense(row.model):
            name = str(class_of(row.card))
            guess *= self.experts.get(name, self.experts["general"]).value
        return row.card.slug, math.log(1 / (row.decode or 1) / guess)


def _classes(
    decode: Decode, unseen: Sequence[Residual], seen: Sequence[Residual]
) -> dict[str, ClassConstants]:
    everything = _errors(unseen)
    all_seen = _errors(seen)
    constants = {}
    for name, costs in decode.classes.items():
        of_class = [r for r in unseen if class_of(r.row.card) is name]
        own = [r for r in seen if class_of(r.row.card) is name]
        constants[str(name)] = ClassConstants(
            costs=costs,
            rows=len(of_class),
            devices=len({r.row.card.slug for r in of_class}),
            spread=spread_of(_errors(of_class), everything),
            own_spread=spread_of(_errors(own), all_seen),
            median_error=median(r.share for r in of_class),
            origin="fitted",
        )
    return constants


def _errors(residuals: Iterable[Residual]) -> Errors:
    return [(residual.row.card.slug, residual.error) for residual in residuals]


def _device_factors(seen: Sequence[Residual]) -> dict[str, Factor]:
    """Time of a device against its class."""
    by_device: dict[str, list[float]] = defaultdict(list)
    for residual in seen:
        by_device[residual.row.card.slug].append(residual.error)
    return {
        device: device_factor(errors, 0.0)
        for device, errors in sorted(by_device.items())
    }


def _by_class(
    rows: Sequence[Measurement],
    timed: _Timed,
    wanted: Callable[[Measurement], bool],
) -> dict[str, Factor]:
    """Factors of each class for rows of one kind at short context, and "general"."""
    found = [row for row in rows if row.decode and wanted(row) and is_shallow(row)]
    groups: dict[str, list[Error]] = defaultdict(list)
    for row in found:
        groups[str(class_of(row.card))].append(timed.error(row))
    everything = [error for errors in groups.values() for error in errors]
    general = factor_of(everything, ())
    base = math.log(general.value)
    off = [(device, error - base) for device, error in everything]
    factors = {
        name: factor_of(errors, off, base) for name, errors in sorted(groups.items())
    }
    return {"general": general, **factors}


def is_shallow(row: Measurement) -> bool:
    return not row.depth_tokens and (row.output_tokens or 0) <= SHORT_ANSWER


def _is_several(row: Measurement) -> bool:
    is_plain = kind_of(row) is Kind.SEVERAL and is_dense(row.model)
    return bool(row.decode) and is_plain and is_shallow(row)


def _engines(rows: Sequence[Measurement], timed: _Timed) -> dict[str, Factor]:
    """Engines other than llama.cpp: by engine, and by engine and class."""
    factors: dict[str, Factor] = {}
    names = {row.engine for row in rows if kind_of(row) is Kind.OTHER_ENGINE}
    for engine in sorted(names):
        of_engine = [
            row
            for row in rows
            if row.engine == engine
            and row.count == 1
            and kind_of(row) is Kind.OTHER_ENGINE
        ]
        found = _by_class(
            of_engine,
            timed,
            lambda row: True,
        )
        general = found.pop("general")
        if not general.rows:
            continue
        if engine in WRAPPERS:
            away = [timed.error(row) for row in of_engine if row.decode]
            spread = spread_of(away, away)
            factors[engine] = replace(general, value=1.0, spread=spread)
            continue
        factors[engine] = general
        factors |= {f"{engine}/{name}": factor for name, factor in found.items()}
    return factors


def cache_costs(rows: Sequence[Measurement]) -> dict[str, float]:
    """1 / share of the bandwidth for reading the cache, from twins at two depths."""
    twins: dict[tuple[str, ...], list[Measurement]] = defaultdict(list)
    for row in rows:
        if not row.decode or row.is_of_older_build or row.count > 1:
            continue
        if kind_of(row) in (Kind.USABLE, Kind.FILLED, Kind.EXPERTS):
            key = (row.card.slug, row.model_slug, row.quantization, backend_of(row))
            twins[key].append(row)
    slopes: dict[str, list[float]] = defaultdict(list)
    for members in twins.values():
        flat = [
            1 / row.decode for row in members if row.decode and not row.depth_tokens
        ]
        for row in members:
            if flat and row.decode and (row.depth_tokens or 0) >= LEAST_DEPTH:
                read = cache_read_bytes(row.model, row.mean_depth, "f16")
                ideal = read / (row.card.bandwidth_gb_s * 1e9)
                slope = (1 / row.decode - median(flat)) / ideal
                slopes[str(class_of(row.card))].append(min(10.0, max(1.0, slope)))
    everything = [slope for values in slopes.values() for slope in values]
    general = median(everything) if everything else GENERAL_CACHE_COST
    costs = {
        name: (median(values) * len(values) + general * SHRINK_ROWS)
        / (len(values) + SHRINK_ROWS)
        for name, values in sorted(slopes.items())
    }
    return {"general": general, **costs}
