"""Candidates in ranks. What an estimate cannot tell apart shares one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from calculators.choosing.candidates import Candidate
from calculators.choosing.needs import RankRule


@dataclass(frozen=True)
class Ranked:
    rank: int
    is_tied: bool
    candidate: Candidate
    figure: str


@dataclass(frozen=True)
class Score:
    """`least` is what another needs to share the rank."""

    value: float
    least: float
    figure: str


def ranked(
    found: Sequence[Candidate], rule: RankRule, budget: Decimal, condition: str
) -> list[Ranked]:
    """Those that can be paid, best first. One entry for each piece of hardware."""
    payable = [
        (each, cost)
        for each in found
        if (cost := each.cost_usd(condition)) is not None and cost <= budget
    ]
    scored = [
        (score, each, cost)
        for each, cost in payable
        if (score := SCORES[rule](each, cost)) is not None
    ]
    scored.sort(key=lambda entry: (-entry[0].value, entry[2], entry[1].name))
    kept: dict[int, tuple[Score, Candidate, Decimal]] = {}
    for entry in scored:
        kept.setdefault(entry[1].row.pk, entry)
    return _in_ranks(list(kept.values()))


def _in_ranks(scored: list[tuple[Score, Candidate, Decimal]]) -> list[Ranked]:
    lines: list[Ranked] = []
    start = 0
    while start < len(scored):
        least = scored[start][0].least
        end = start
        while end < len(scored) and scored[end][0].value >= least:
            end += 1
        group = sorted(scored[start:end], key=lambda entry: (entry[2], entry[1].name))
        lines += [
            Ranked(start + 1, len(group) > 1, each, score.figure)
            for score, each, _ in group
        ]
        start = end
    return lines


def _by_speed(each: Candidate, cost: Decimal) -> Score | None:
    speed = each.speed
    if speed is None:
        return None
    return Score(speed.expected, speed.low, f"{speed.expected:.0f}")


def _by_memory(each: Candidate, cost: Decimal) -> Score | None:
    figure = round(each.memory_gib * 100 / cost, 1)
    return Score(float(figure), float(figure), f"{figure}")


def _by_power(each: Candidate, cost: Decimal) -> Score | None:
    speed = each.speed
    if speed is None or each.watts is None:
        return None
    watts = each.watts
    return Score(
        speed.expected / watts, speed.low / watts, f"{speed.expected / watts:.2f}"
    )


SCORES: dict[RankRule, Callable[[Candidate, Decimal], Score | None]] = {
    RankRule.SPEED: _by_speed,
    RankRule.MEMORY: _by_memory,
    RankRule.POWER: _by_power,
}
