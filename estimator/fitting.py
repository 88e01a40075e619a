"""Speed constants from measurements: robust, by class, deterministic.

Each class starts from constants fitted over all classes and moves as far as its own
rows carry it. Rows of one device count together as the square root of their number, so
that a machine measured twenty times does not speak for its class.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from estimator.hardware_classes import HardwareClass, class_of, usual_backend
from estimator.measurements import Kind, Measurement, kind_of
from estimator.regression import Sample, Vector, fit_sum, total
from estimator.token_work import cache_read_bytes, features

START: Vector = (1.2, 6.0, 0.06, 0.02, 0.03)
"""Where the fit over all classes begins; F31 of the sheet gives 0.83 and 0.04 to 0.08
ms per layer for recent cards."""
LEAST: Vector = (1.0, 0.0, 0.0, 0.0, 0.0)
"""No device reads faster than its bandwidth."""
PUBLISHED: Mapping[HardwareClass, Vector] = {
    HardwareClass.NVIDIA_PASCAL: (1 / 0.42, 0.0, 0.04, 0.02, 0.03),
    HardwareClass.NVIDIA_BEFORE_DP4A: (1 / 0.35, 0.0, 0.08, 0.02, 0.03),
}
"""Classes that start from published figures (0.35 to 0.5 of bandwidth before Turing,
F31) and not from the general fit, which rests on newer chips."""
PULL = 0.05
"""How firmly a class is tied to its start, in samples that would be 100 % off."""
WEIGHT_POWER = 0.5
ROUNDS = 2
OWN_ROWS = 1.5
"""A device's own rows move its factor by rows / (rows + this)."""


@dataclass(frozen=True, slots=True)
class Decode:
    """The part of the constants that cross-validation fits again and again."""

    general: Vector
    classes: Mapping[HardwareClass, Vector]
    older_builds: Mapping[str, float]

    def costs(self, hardware_class: HardwareClass) -> Vector:
        if hardware_class in self.classes:
            return self.classes[hardware_class]
        return PUBLISHED.get(hardware_class, self.general)

    def seconds(self, row: Measurement) -> float:
        """Time of one token as the constants have it, the device itself unknown."""
        found = class_of(row.card)
        return total(self.costs(found), row_features(row)) * self.age(row)

    def age(self, row: Measurement) -> float:
        return (
            self.older_builds.get(backend_of(row), 1.0)
            if row.is_of_older_build
            else 1.0
        )


def backend_of(row: Measurement) -> str:
    return row.backend or usual_backend(row.card)


def row_features(row: Measurement) -> Vector:
    """Features of a row, with what it reads of cache and state among the bytes."""
    first, *rest = features(row.work, row.card)
    cache = cache_read_bytes(row.model, row.mean_depth, "f16") + row.work.state_bytes
    return (first + cache / (row.card.bandwidth_gb_s * 1e9), *rest)


def usable(rows: Iterable[Measurement]) -> list[Measurement]:
    """Rows that the decode constants are fitted to, in an order of their own."""
    found = [row for row in rows if row.decode and kind_of(row) is Kind.USABLE]
    return sorted(found, key=lambda row: row.slug)


def fit_decode(rows: Sequence[Measurement], warm: Decode | None = None) -> Decode:
    """Constants from usable rows; `warm` saves steps when a few rows are left out."""
    groups: dict[HardwareClass, list[Measurement]] = defaultdict(list)
    for row in rows:
        groups[class_of(row.card)].append(row)
    prepared = {row.slug: row_features(row) for row in rows}
    per_device = Counter(row.card.slug for row in rows)
    steps = 6 if warm else 24
    general = warm.general if warm else START
    older: Mapping[str, float] = warm.older_builds if warm else {}
    fitted = Decode(general, {}, older)
    for _ in range(1 if warm else ROUNDS):
        samples = {
            row.slug: Sample(
                prepared[row.slug],
                1 / (row.decode or math.inf) / fitted.age(row),
                per_device[row.card.slug] ** -WEIGHT_POWER,
            )
            for row in rows
        }
        general = fit_sum(
            [samples[row.slug] for row in rows],
            start=general,
            least=LEAST,
            pull=PULL,
            holds=False,
            steps=steps,
        )
        classes = {
            name: fit_sum(
                [samples[row.slug] for row in members],
                start=PUBLISHED.get(name, general),
                least=LEAST,
                pull=PULL,
            )
            for name, members in sorted(groups.items())
        }
        fitted = Decode(general, classes, older)
        older = _older_builds(rows, fitted)
        fitted = replace(fitted, older_builds=older)
    return fitted


def _older_builds(rows: Sequence[Measurement], fitted: Decode) -> dict[str, float]:
    """By back end: how much longer builds of 2024 take than the constants say."""
    errors: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        if row.is_of_older_build:
            today = fitted.seconds(row) / fitted.age(row)
            errors[backend_of(row)].append(math.log(1 / (row.decode or 1) / today))
    return {
        backend: math.exp(max(0.0, median(values)) * len(values) / (len(values) + 1))
        for backend, values in sorted(errors.items())
    }


@dataclass(frozen=True, slots=True)
class Residual:
    """A row and log(estimated time / measured time): above 0 the estimate is slow."""

    row: Measurement
    error: float

    @property
    def share(self) -> float:
        """|predicted / measured - 1| of the speed."""
        return abs(math.exp(-self.error) - 1)


def leave_one_device_out(
    rows: Sequence[Measurement], whole: Decode | None = None
) -> list[Residual]:
    """Every usable row against constants that saw no row of its device."""
    whole = whole or fit_decode(rows)
    found: list[Residual] = []
    for device in sorted({row.card.slug for row in rows}):
        rest = [row for row in rows if row.card.slug != device]
        fitted = fit_decode(rest, warm=whole)
        found += [
            Residual(row, math.log(fitted.seconds(row) * (row.decode or 1)))
            for row in rows
            if row.card.slug == device
        ]
    return found


def own_factor(errors: Sequence[float]) -> float:
    """What a device's own rows add: time factor from its logarithmic errors."""
    if not errors:
        return 1.0
    return math.exp(-median(errors) * len(errors) / (len(errors) + OWN_ROWS))


def leave_one_row_out(residuals: Sequence[Residual]) -> list[Residual]:
    """Every row of a device against the class and the device's other rows."""
    by_device: dict[str, list[Residual]] = defaultdict(list)
    for residual in residuals:
        by_device[residual.row.card.slug].append(residual)
    found: list[Residual] = []
    for members in by_device.values():
        for number, residual in enumerate(members):
            others = [r.error for i, r in enumerate(members) if i != number]
            if others:
                error = residual.error + math.log(own_factor(others))
                found.append(Residual(residual.row, error))
    return found
