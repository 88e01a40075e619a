"""The chips nearest to one, each with the difference that matters."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from catalog.details.hardware import tensor_tflops
from catalog.measures import gib, grouped
from catalog.models import GIB

NO_BREAK = "\u00a0"
SIBLINGS = 4
NEIGHBOURS = 3


@dataclass(frozen=True)
class Sibling:
    """A chip beside the page's own."""

    name: str
    url: str
    relation: str
    memory: str
    bandwidth: str
    power: str
    difference: str


def distance(chip: Any, other: Any) -> float:
    """How far apart two chips are in memory and bandwidth, in doublings."""
    memory = math.log2(other.memory_bytes / chip.memory_bytes)
    bandwidth = math.log2(other.memory_bandwidth_gb_s / chip.memory_bandwidth_gb_s)
    return abs(memory) + abs(bandwidth)


def siblings(chip: Any, candidates: Iterable[Any]) -> list[Sibling]:
    """The laptop or desktop namesake, the nearest of its design, and neighbours.

    Neighbours have another architecture and are the nearest in memory and bandwidth.
    """
    others = [other for other in candidates if other.slug != chip.slug]
    others.sort(key=lambda other: (distance(chip, other), other.name))
    namesakes = [other for other in others if is_namesake(chip, other)]
    same = [
        other
        for other in others
        if _design(other) == _design(chip) and other not in namesakes
    ]
    rest = [other for other in others if other not in namesakes and other not in same]
    related = (
        ("sold under the same name", namesakes),
        ("same architecture", same[:SIBLINGS]),
        ("near in memory and bandwidth", rest[:NEIGHBOURS]),
    )
    return [
        Sibling(
            name=other.name,
            url=other.get_absolute_url(),
            relation=relation,
            memory=gib(other.memory_bytes),
            bandwidth=grouped(other.memory_bandwidth_gb_s),
            power=grouped(other.board_power_w),
            difference=difference(chip, other),
        )
        for relation, group in related
        for other in group
    ]


def is_namesake(chip: Any, other: Any) -> bool:
    """Whether one is the laptop chip sold under the other's name."""
    names = {chip.name, other.name}
    return any(f"{name} Laptop GPU" in names for name in names)


def _design(chip: Any) -> tuple[int, str]:
    return chip.vendor_id, chip.architecture or chip.slug


def difference(chip: Any, other: Any) -> str:
    """What `other` has more or less of, the figures that differ only.

    Tensor rates are held against each other only with the same accumulation.
    """
    parts = [
        _by_amount(
            Decimal(other.memory_bytes - chip.memory_bytes) / GIB, "GB", "memory"
        ),
        _by_share(chip.memory_bandwidth_gb_s, other.memory_bandwidth_gb_s, "bandwidth"),
    ]
    if chip.board_power_w and other.board_power_w:
        watts = Decimal(other.board_power_w - chip.board_power_w)
        parts.append(_by_amount(watts, "W", "power"))
    own, theirs = tensor_tflops(chip), tensor_tflops(other)
    if own and theirs:
        parts.append(_by_share(own, theirs, "tensor rate"))
    return ", ".join(filter(None, parts)) or "about the same memory and bandwidth"


def _by_amount(change: Decimal, unit: str, what: str) -> str:
    if not change:
        return ""
    amount = grouped(abs(round(change, 1)))
    return f"{amount}{NO_BREAK}{unit} {_more(change)} {what}"


def _by_share(own: Any, other: Any, what: str) -> str:
    share = round((Decimal(other) / Decimal(own) - 1) * 100)
    return f"{abs(share)}{NO_BREAK}% {_more(share)} {what}" if share else ""


def _more(change: Decimal | int) -> str:
    return "more" if change > 0 else "less"
