"""Widths of ranges from what the fit got wrong, never from what it hoped for."""

import math
from collections import defaultdict
from collections.abc import Sequence

from estimator.regression import quantile
from estimator.speed_constants import Spread

COVERAGE = 0.90
"""Share of the errors seen that a range holds. Promised are 80 %: a new device is
less like the others than they are like each other."""
LEAST_WIDTH = 0.08
MOST_WIDTH = 0.9
DEVICES_NEEDED = 3
"""A class with fewer devices takes the width of all classes together, or its own if
that is larger."""

Errors = Sequence[tuple[str, float]]
"""(device, logarithmic error)."""


def spread_of(own: Errors, everything: Errors) -> Spread:
    """The half width for a class, from its errors and those of all classes."""
    devices = len({device for device, _ in own})
    sizes = [abs(error) for _, error in own]
    width = quantile(sizes, COVERAGE) if sizes else 0.0
    if devices < DEVICES_NEEDED and everything:
        width = max(width, quantile([abs(error) for _, error in everything], COVERAGE))
    width = min(MOST_WIDTH, max(LEAST_WIDTH, width))
    return Spread(width=width, rows=len(own), devices=devices)


def unseen_widths(errors: Sequence[tuple[str, str, float]]) -> dict[str, float]:
    """By device: the half width a range gets while none of its own errors is known.

    `errors` are (class, device, logarithmic error). The honest test of the widths.
    """
    classes: dict[str, str] = {}
    by_class: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for name, device, error in errors:
        classes[device] = name
        by_class[name].append((device, error))
    everything = [(device, error) for _, device, error in errors]
    return {
        device: spread_of(
            [pair for pair in by_class[name] if pair[0] != device],
            [pair for pair in everything if pair[0] != device],
        ).width
        for device, name in classes.items()
    }


def half_width(width: float) -> str:
    """A logarithmic half width in words: half of the range, as a share of the middle.

    >>> half_width(0.2)
    '± 20 %'
    """
    return f"± {math.sinh(width) * 100:.0f} %"
