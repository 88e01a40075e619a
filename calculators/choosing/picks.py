"""Up to three picks by three rules, the runners-up, and what else was left out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from calculators.choosing.candidates import Candidate
from calculators.choosing.rules import MOST_RUNNERS_UP, MOST_UNPRICED

ENOUGH, FASTEST, ROOMIEST = "enough", "fastest", "roomiest"
PICK_RULES: dict[str, tuple[str, str]] = {
    ENOUGH: (
        "Enough for the least money",
        "the cheapest that fits and is as fast as the purpose asks",
    ),
    FASTEST: (
        "Fastest within the budget",
        "the highest expected speed; of those the estimate cannot tell from it, the "
        "cheapest",
    ),
    ROOMIEST: (
        "Most room within the budget",
        "the most memory left beside the model; of equals, the cheapest",
    ),
}


@dataclass(frozen=True)
class Limits:
    """What a reader can and will have."""

    budget: Decimal
    condition: str
    least_speed: float
    most_watts: int | None = None


@dataclass(frozen=True)
class Pick:
    candidate: Candidate
    rules: tuple[str, ...]

    @property
    def titles(self) -> list[str]:
        return [PICK_RULES[rule][0] for rule in self.rules]


@dataclass(frozen=True)
class Choice:
    """`is_slow`: nothing affordable is as fast as the purpose asks."""

    picks: tuple[Pick, ...]
    runners_up: tuple[Candidate, ...]
    unpriced: tuple[Candidate, ...]
    is_slow: bool


def choose(found: Sequence[Candidate], limits: Limits) -> Choice:
    """The picks among `found` within `limits`. Prices alone decide what is affordable.

    Links to shops are unknown here, so they can decide nothing.
    """
    allowed = [each for each in found if _may_run(each, limits)]
    unpriced = [each for each in allowed if each.price(limits.condition) is None]
    affordable = [each for each in allowed if _is_affordable(each, limits)]
    quick = [each for each in affordable if each.expected >= limits.least_speed]
    pool = quick or affordable
    chosen = _picks(pool, limits.condition)
    taken = {pick.candidate.row.pk for pick in chosen}
    rest = [each for each in by_speed(pool, limits) if each.row.pk not in taken]
    return Choice(
        picks=chosen,
        runners_up=tuple(_once(rest)[:MOST_RUNNERS_UP]),
        unpriced=tuple(_once(_fast_first(unpriced))[:MOST_UNPRICED]),
        is_slow=bool(affordable) and not quick,
    )


def _may_run(candidate: Candidate, limits: Limits) -> bool:
    if limits.most_watts is None:
        return True
    return candidate.watts is not None and candidate.watts <= limits.most_watts


def _is_affordable(candidate: Candidate, limits: Limits) -> bool:
    cost = candidate.cost_usd(limits.condition)
    return cost is not None and cost <= limits.budget


def _picks(pool: Sequence[Candidate], condition: str) -> tuple[Pick, ...]:
    if not pool:
        return ()
    picks: list[Pick] = []
    for rule, winner in (
        (ENOUGH, min(pool, key=lambda each: _cheap_first(each, condition))),
        (FASTEST, fastest(pool, condition)),
        (ROOMIEST, min(pool, key=lambda each: _roomy_first(each, condition))),
    ):
        for place, pick in enumerate(picks):
            if pick.candidate is winner:
                picks[place] = replace(pick, rules=(*pick.rules, rule))
                break
        else:
            picks.append(Pick(winner, (rule,)))
    return tuple(picks)


def fastest(pool: Sequence[Candidate], condition: str) -> Candidate:
    """The cheapest of those that the estimate cannot tell from the fastest."""
    leader = max(pool, key=lambda each: each.expected)
    level = [each for each in pool if each.is_as_fast_as(leader)]
    return min(level, key=lambda each: _cheap_first(each, condition))


def _cheap_first(each: Candidate, condition: str) -> tuple[Decimal, float, str]:
    return (each.cost_usd(condition) or Decimal(0), -each.expected, each.name)


def _roomy_first(each: Candidate, condition: str) -> tuple[int, Decimal, str]:
    return (-each.room_bytes, each.cost_usd(condition) or Decimal(0), each.name)


def by_speed(pool: Sequence[Candidate], limits: Limits) -> list[Candidate]:
    return sorted(
        pool, key=lambda each: (-each.expected, _cheap_first(each, limits.condition))
    )


def _fast_first(found: Sequence[Candidate]) -> list[Candidate]:
    return sorted(found, key=lambda each: (-each.expected, each.name))


def _once(found: Sequence[Candidate]) -> list[Candidate]:
    """Each piece of hardware in its best place only."""
    seen: dict[int, Candidate] = {}
    for each in found:
        seen.setdefault(each.row.pk, each)
    return list(seen.values())
