"""Factors on the time of a token, drawn towards a common one where rows are few."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from estimator.fitting import own_factor
from estimator.regression import weighted_median
from estimator.speed_constants import Factor, Spread
from estimator.spreads import DEVICES_NEEDED, Errors, spread_of

SHRINK_ROWS = 2.0
"""A factor of its own counts with rows / (rows + this); the rest is the common one."""
SHRINK_DEVICES = 0.5
"""The same for the number of devices: one machine is one witness."""
LEAST_UNSURE_WIDTH = 0.30
"""Half width of a factor that rests on one or two devices."""


def factor_of(own: Errors, common: Errors, base: float | None = None) -> Factor:
    """The median time factor, drawn towards `base` where the rows are few."""
    if not own:
        return Factor(math.exp(base or 0.0), 0, 0, spread_of(own, common))
    counts: dict[str, int] = defaultdict(int)
    for device, _ in own:
        counts[device] += 1
    middle = weighted_median([(e, counts[device] ** -0.5) for device, e in own])
    share = len(own) / (len(own) + SHRINK_ROWS)
    share *= len(counts) / (len(counts) + SHRINK_DEVICES)
    value = share * middle + (1 - share) * (base if base is not None else 0.0)
    off = [(device, error - value) for device, error in own]
    spread = spread_of(off, list(common) or off)
    if len(counts) < DEVICES_NEEDED:
        spread = replace(spread, width=max(spread.width, LEAST_UNSURE_WIDTH))
    return Factor(math.exp(value), len(own), len(counts), spread)


def device_factor(errors: Sequence[float], width: float) -> Factor:
    """What a device's own rows add to its class."""
    spread = Spread(width, len(errors), 1)
    return Factor(own_factor(errors), rows=len(errors), devices=1, spread=spread)
