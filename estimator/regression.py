"""A sum of costs that are never negative, fitted so that odd rows count little."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

Vector = tuple[float, ...]

TOLERANCE = 0.05
"""Errors up to this share count by their square, larger ones by their size (Huber)."""
STEPS = 24
SWEEPS = 30
DAMPING = 0.6
LEAST_SCALE = 0.05
"""So that a constant that starts at nothing may still move."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One measurement: seconds that should equal the sum of constant x feature."""

    features: Vector
    seconds: float
    weight: float = 1.0


def total(constants: Sequence[float], features: Sequence[float]) -> float:
    """The sum itself, in seconds."""
    seconds = 0.0
    for constant, feature in zip(constants, features, strict=True):
        seconds += constant * feature
    return seconds


def fit_sum(
    samples: Sequence[Sample],
    *,
    start: Vector,
    least: Vector,
    pull: float,
    holds: bool = True,
    steps: int = STEPS,
) -> Vector:
    """Constants of the sum that fit the logarithm of the seconds.

    Gauss-Newton steps on Huber's loss, each solved by coordinate descent above
    `least`. `pull` ties every constant to its `start`, as strongly as so many samples
    that would be 100 % off; with `holds` False nothing ties it. No randomness: equal
    samples in equal order give equal constants.
    """
    constants = list(start)
    for _ in range(steps if samples else 0):
        slope, curve = _derivatives(samples, constants)
        for i, origin in enumerate(start):
            curve[i][i] += 1e-9
            if holds:
                tie = pull / max(origin, LEAST_SCALE) ** 2
                curve[i][i] += tie
                slope[i] += tie * (constants[i] - origin)
        aim = _descend(constants, slope, curve, least)
        moves = [a - b for a, b in zip(aim, constants, strict=True)]
        constants = [
            c + DAMPING * move for c, move in zip(constants, moves, strict=True)
        ]
        if max(abs(move) for move in moves) < 1e-4:
            break
    return tuple(constants)


def _derivatives(
    samples: Sequence[Sample], constants: Sequence[float]
) -> tuple[list[float], list[list[float]]]:
    """First derivatives, and the Gauss-Newton approximation of the second ones."""
    size = len(constants)
    slope = [0.0] * size
    curve = [[0.0] * size for _ in range(size)]
    for sample in samples:
        guess = max(total(constants, sample.features), 1e-12)
        error = math.log(guess / sample.seconds)
        weight = sample.weight * min(1.0, TOLERANCE / max(abs(error), 1e-12))
        parts = [feature / guess for feature in sample.features]
        for i, part in enumerate(parts):
            slope[i] += weight * part * error
            row = curve[i]
            scaled = weight * part
            for j in range(i, size):
                row[j] += scaled * parts[j]
    for i in range(size):
        for j in range(i):
            curve[i][j] = curve[j][i]
    return slope, curve


def _descend(
    constants: Sequence[float],
    slope: Sequence[float],
    curve: Sequence[Sequence[float]],
    least: Vector,
) -> list[float]:
    """The lowest point of the local parabola above `least`."""
    aim = list(constants)
    for _ in range(SWEEPS):
        for i, row in enumerate(curve):
            others = sum(
                row[j] * (aim[j] - constants[j]) for j in range(len(aim)) if j != i
            )
            aim[i] = max(least[i], constants[i] - (slope[i] + others) / row[i])
    return aim


def weighted_median(values: Sequence[tuple[float, float]]) -> float:
    """Of (value, weight) pairs: the first value with half of the weight behind it."""
    ordered = sorted(values)
    half = sum(weight for _, weight in ordered) / 2
    passed = 0.0
    for value, weight in ordered:
        passed += weight
        if passed >= half:
            return value
    raise ValueError("A median needs at least one value.")


def quantile(values: Sequence[float], share: float) -> float:
    """The value that `share` of `values` do not exceed, the next larger one if between.

    >>> quantile([0.1, 0.2, 0.3, 0.4], 0.5)
    0.2
    """
    ordered = sorted(values)
    place = math.ceil(share * len(ordered)) - 1
    return ordered[min(len(ordered) - 1, max(0, place))]
