"""How far to trust one measurement: a tier, the reasons, and what would raise it.

A pure function. It starts at a tier for who measured, takes steps up and down, and
stays inside the four tiers.
"""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from benchmarks import confidence_rules as rules
from benchmarks.age import is_off_lists, is_stale
from benchmarks.rules import STALE_MONTHS
from editorial.vocabularies import BenchmarkSource, Confidence


@dataclass(frozen=True)
class Evidence:
    """What is known about one measurement.

    `reproductions` counts distinct operators. `stated` holds keys of RECORD_ITEMS.
    `spread` is (highest - lowest) / median over the row and its equals, None without
    equals, and `spread_in` names its metric; `equal_rows` counts those that stand on
    another page. `engine_changes` are later versions of the engine that are flagged as
    changing its speed.
    """

    source_kind: BenchmarkSource
    today: datetime.date
    measured_on: datetime.date | None = None
    stated: frozenset[str] = frozenset()
    reproductions: int = 0
    spread: Decimal | None = None
    spread_in: str = "speed"
    equal_rows: int = 0
    engine_changes: tuple[str, ...] = ()
    is_doubtful: bool = False

    @property
    def missing(self) -> list[str]:
        return [item for item in rules.RECORD_ITEMS if item not in self.stated]


@dataclass(frozen=True)
class Step:
    """One reason, and by how many tiers it moves the row."""

    change: int
    reason: str

    @property
    def move(self) -> str:
        """ "1 up", "1 down", or nothing."""
        if not self.change:
            return ""
        return f"{abs(self.change)} {'up' if self.change > 0 else 'down'}"


@dataclass(frozen=True)
class Assessment:
    """The tier with everything that a reader needs to disagree with it.

    Any one of `raised_by` lifts the tier; where `takes_one` is False, none of them
    does alone and all of them together do.
    """

    tier: Confidence
    steps: list[Step] = field(default_factory=list)
    raised_by: list[str] = field(default_factory=list)
    takes_one: bool = True
    is_stale: bool = False
    is_off_lists: bool = False
    is_contested: bool = False

    @property
    def reasons(self) -> list[str]:
        return [step.reason for step in self.steps]


def assess(evidence: Evidence) -> Assessment:
    """Judge one measurement. Equal evidence gives an equal assessment."""
    start = rules.BASE_TIERS[evidence.source_kind]
    who = rules.BASE_REASONS[evidence.source_kind]
    reason = f"{who}: {start.label.lower()} to begin with."
    raising, takes_one = _raising(evidence)
    return Assessment(
        tier=rules.TIERS[_level(evidence)],
        steps=[
            Step(0, reason),
            *_steps(evidence),
            *_limits(evidence),
            *_age_steps(evidence),
        ],
        raised_by=raising,
        takes_one=takes_one,
        is_stale=is_stale(evidence.measured_on, evidence.today),
        is_off_lists=is_off_lists(evidence.measured_on, evidence.today),
        is_contested=is_contested(evidence),
    )


def level_before_age(evidence: Evidence) -> int:
    """The place in TIERS without the age rule: what is stored with a row."""
    if evidence.is_doubtful:
        return 0
    level = _inside(_start(evidence) + sum(step.change for step in _steps(evidence)))
    return min(level, _ceiling(evidence))


def level_with_age(
    level: int, measured_on: datetime.date | None, today: datetime.date
) -> int:
    """The place in TIERS, on the day `today`, of a row stored with `level`."""
    return _inside(level + rules.STEP_AGE) if is_aged(measured_on, today) else level


def is_aged(measured_on: datetime.date | None, today: datetime.date) -> bool:
    """Stale, or without a date that could prove the contrary."""
    return measured_on is None or is_stale(measured_on, today)


def is_contested(evidence: Evidence) -> bool:
    """Whether equal rows disagree so far that an editor has to look."""
    return evidence.spread is not None and evidence.spread >= rules.DISAGREEMENT


def percent(share: Decimal) -> str:
    """A share in words.

    >>> percent(Decimal("0.125"))
    '12.5\u202f%'
    """
    return f"{(share * 100).normalize():f}\u202f%"


def _level(evidence: Evidence) -> int:
    level = level_before_age(evidence)
    return level_with_age(level, evidence.measured_on, evidence.today)


def _start(evidence: Evidence) -> int:
    return rules.TIERS.index(rules.BASE_TIERS[evidence.source_kind])


def _inside(level: int) -> int:
    return max(0, min(level, len(rules.TIERS) - 1))


def _ceiling(evidence: Evidence) -> int:
    top = Confidence.VERY_HIGH if evidence.reproductions else rules.CEILING_ALONE
    return rules.TIERS.index(top)


def _steps(evidence: Evidence) -> list[Step]:
    """What moves the row up and down before its limits and its age are looked at."""
    found = [
        _record_step(evidence),
        _spread_step(evidence),
        _reproduction_step(evidence),
        *(
            Step(
                rules.STEP_ENGINE_CHANGE,
                f"The engine's speed has changed since: {change}.",
            )
            for change in evidence.engine_changes
        ),
    ]
    return [step for step in found if step is not None]


def _record_step(evidence: Evidence) -> Step:
    missing = listed([rules.RECORD_ITEMS[item] for item in evidence.missing])
    stated = len(rules.RECORD_ITEMS) - len(evidence.missing)
    if not missing:
        return Step(rules.STEP_ALL_ITEMS, "The record is complete.")
    of_all = f"{stated} of {len(rules.RECORD_ITEMS)} items"
    change = rules.STEP_FEW_ITEMS if stated <= rules.FEW_ITEMS else 0
    return Step(change, f"The record states {of_all}; missing: {missing}.")


def _spread_step(evidence: Evidence) -> Step | None:
    if evidence.spread is None:
        return None
    apart = f"{percent(round(evidence.spread, 3))} apart in {evidence.spread_in}"
    if is_contested(evidence):
        reason = (
            f"Rows on the same set-up lie {apart}: one is wrong, or something that the "
            "record does not state makes the difference."
        )
        return Step(rules.STEP_DISAGREEMENT, reason)
    if evidence.spread > rules.AGREEMENT:
        return Step(0, f"Rows on the same set-up lie {apart}.")
    if not evidence.equal_rows:
        return Step(0, f"Rows on the same set-up lie {apart}, but stand on one page.")
    return Step(rules.STEP_AGREEMENT, f"Rows on other pages agree: {apart}.")


def _reproduction_step(evidence: Evidence) -> Step | None:
    reached = [
        count for count in rules.REPRODUCTION_STEPS if count <= evidence.reproductions
    ]
    if not reached:
        return None
    operators = evidence.reproductions
    who = "One other operator" if operators == 1 else f"{operators} other operators"
    return Step(rules.REPRODUCTION_STEPS[max(reached)], f"{who} reproduced it.")


def _limits(evidence: Evidence) -> list[Step]:
    """What holds the row down whatever the steps add up to."""
    total = _start(evidence) + sum(step.change for step in _steps(evidence))
    if evidence.is_doubtful:
        reason = "Something contradicts the figure: low, whatever else is known."
        return [Step(-_inside(total), reason)]
    over = _inside(total) - _ceiling(evidence)
    if over > 0:
        label = rules.CEILING_ALONE.label.lower()
        return [Step(-over, f"Nobody has reproduced it: {label} at most.")]
    return []


def _age_steps(evidence: Evidence) -> list[Step]:
    level = level_before_age(evidence)
    change = _level(evidence) - level
    if evidence.measured_on is None:
        reason = f"No date is given, so it may be older than {STALE_MONTHS} months."
        return [Step(change, reason)]
    if is_stale(evidence.measured_on, evidence.today):
        return [Step(change, f"It is more than {STALE_MONTHS} months old.")]
    return []


def _raising(evidence: Evidence) -> tuple[list[str], bool]:
    """What would lift the row, and whether any one of it does so alone."""
    level = _level(evidence)
    if level == len(rules.TIERS) - 1:
        return [], True
    offers = list(_improvements(evidence))
    alone = [words for words, better in offers if _level(better) > level]
    return alone or [words for words, _ in offers], bool(alone)


def _improvements(evidence: Evidence) -> Iterator[tuple[str, Evidence]]:
    """Each thing that may still be done for the row, and what would be known then."""
    if evidence.is_doubtful:
        words = "An editor settles what contradicts the figure."
        yield words, replace(evidence, is_doubtful=False)
    yield from _next_reproduction(evidence)
    if evidence.missing:
        missing = listed([rules.RECORD_ITEMS[item] for item in evidence.missing])
        words = f"The record states what it lacks: {missing}."
        yield words, replace(evidence, stated=frozenset(rules.RECORD_ITEMS))
    agrees = evidence.spread is not None and evidence.spread <= rules.AGREEMENT
    if not agrees or not evidence.equal_rows:
        within = percent(rules.AGREEMENT)
        words = f"Rows on the same set-up, on two pages or more, agree within {within}."
        yield words, replace(evidence, spread=Decimal(0), equal_rows=1)
    if is_aged(evidence.measured_on, evidence.today):
        undated = "The day of the measurement becomes known, and is recent."
        stale = "The set-up is measured again."
        words = undated if evidence.measured_on is None else stale
        yield words, replace(evidence, measured_on=evidence.today)
    if evidence.engine_changes:
        words = "It is measured again with the engine's present version."
        yield words, replace(evidence, engine_changes=())


def _next_reproduction(evidence: Evidence) -> Iterator[tuple[str, Evidence]]:
    """The fewest further operators that would lift the row."""
    counts = [n for n in rules.REPRODUCTION_STEPS if n > evidence.reproductions]
    better = {count: replace(evidence, reproductions=count) for count in counts}
    enough = [n for n in counts if _level(better[n]) > _level(evidence)]
    if not counts:
        return
    count = min(enough or counts)
    lacking = count - evidence.reproductions
    one = "Another operator reproduces the run on another machine."
    more = f"{lacking} more operators reproduce the run, each on their own machine."
    yield one if lacking == 1 else more, better[count]


def listed(words: Sequence[str]) -> str:
    """Words in a row.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    *most, last = words or [""]
    return f"{', '.join(most)} and {last}" if most else last
