"""Constants of prefill: how fast one device reads a prompt."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from statistics import median

from estimator.factors import LEAST_UNSURE_WIDTH, device_factor, factor_of
from estimator.hardware_classes import class_of
from estimator.measurements import Kind, Measurement, is_dense, kind_of
from estimator.prefill_work import prefill_features
from estimator.regression import Sample, Vector, fit_sum, quantile, total
from estimator.speed_constants import Factor, PrefillConstants
from estimator.spreads import COVERAGE, MOST_WIDTH, spread_of

SHORTEST_PROMPT = 256
"""A shorter prompt measures the start of the engine, not how fast it reads."""
PREFILL_START: Vector = (2.0, 1.2, 0.1)
PREFILL_LEAST: Vector = (0.6, 1.0, 0.0)
"""Above the stated peak by two thirds: some of the catalogue's peaks are too low."""
PULL = 0.05


def prefill_rows(rows: Iterable[Measurement]) -> list[Measurement]:
    """Rows that show how fast one device reads a prompt, whatever the model."""
    kinds = (Kind.USABLE, Kind.EXPERTS)
    return [
        row
        for row in rows
        if row.prefill and kind_of(row) in kinds and not row.depth_tokens
        if (row.prompt_tokens or 0) >= SHORTEST_PROMPT
    ]


def prefill_row_features(row: Measurement) -> Vector:
    if row.weights is None:
        raise ValueError(f"{row.slug} has no weights; ask kind_of first.")
    middle = (row.prompt_tokens or 0) / 2
    return prefill_features(
        row.model, row.weights, row.work, row.card, depth_tokens=middle
    )


def fit_prefill(rows: Sequence[Measurement]) -> dict[str, Vector]:
    """Constants of prefill by class, and "general"; dense rows only."""
    dense = [row for row in rows if is_dense(row.model)]
    per_device: dict[str, int] = defaultdict(int)
    for row in dense:
        per_device[row.card.slug] += 1
    groups: dict[str, list[Sample]] = defaultdict(list)
    samples: list[Sample] = []
    for row in dense:
        weight = per_device[row.card.slug] ** -0.5
        sample = Sample(prefill_row_features(row), 1 / (row.prefill or 1), weight)
        samples.append(sample)
        groups[str(class_of(row.card))].append(sample)
    general = fit_sum(
        samples, start=PREFILL_START, least=PREFILL_LEAST, pull=0.05, holds=False
    )
    classes = {
        name: fit_sum(members, start=general, least=PREFILL_LEAST, pull=0.05)
        for name, members in sorted(groups.items())
    }
    return {"general": general, **classes}


def prefill_errors(rows: Sequence[Measurement]) -> list[tuple[Measurement, float]]:
    """Dense rows against prefill constants that saw no row of their device."""
    dense = [row for row in rows if is_dense(row.model)]
    found = []
    for device in sorted({row.card.slug for row in dense}):
        fitted = fit_prefill([row for row in dense if row.card.slug != device])
        for row in dense:
            if row.card.slug == device:
                costs = fitted.get(str(class_of(row.card)), fitted["general"])
                seconds = total(costs, prefill_row_features(row))
                found.append((row, math.log(seconds * (row.prefill or 1))))
    return found


def prefill_constants(rows: Sequence[Measurement]) -> dict[str, PrefillConstants]:
    wanted = prefill_rows(rows)
    fitted = fit_prefill(wanted)
    errors = [
        (str(class_of(row.card)), row.card.slug, error)
        for row, error in prefill_errors(wanted)
    ]
    everything = [(device, error) for _, device, error in errors]
    constants = {}
    for name, costs in fitted.items():
        own = [(d, e) for found, d, e in errors if name in (found, "general")]
        constants[name] = PrefillConstants(
            costs, len(own), len({d for d, _ in own}), spread_of(own, everything)
        )
    return constants


def prefill_devices(rows: Sequence[Measurement]) -> dict[str, Factor]:
    """Time of a device's prefill against its class."""
    wanted = prefill_rows(rows)
    fitted = fit_prefill(wanted)
    by_device: dict[str, list[float]] = defaultdict(list)
    for row in wanted:
        if is_dense(row.model):
            costs = fitted.get(str(class_of(row.card)), fitted["general"])
            seconds = total(costs, prefill_row_features(row))
            by_device[row.card.slug].append(math.log(seconds * (row.prefill or 1)))
    return {
        device: device_factor(errors, _own_width(errors))
        for device, errors in sorted(by_device.items())
    }


def _own_width(errors: Sequence[float]) -> float:
    """How far the rows of one device lie from their middle."""
    middle = median(errors)
    away = quantile([abs(error - middle) for error in errors], COVERAGE)
    return min(MOST_WIDTH, max(LEAST_UNSURE_WIDTH, away))


def prefill_experts(rows: Sequence[Measurement]) -> Factor:
    wanted = prefill_rows(rows)
    fitted = fit_prefill(wanted)
    errors = []
    for row in wanted:
        if not is_dense(row.model):
            costs = fitted.get(str(class_of(row.card)), fitted["general"])
            guess = total(costs, prefill_row_features(row))
            errors.append((row.card.slug, math.log(1 / (row.prefill or 1) / guess)))
    return factor_of(errors, ())
