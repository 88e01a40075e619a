"""Ticked decision rules, added up."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from comparisons.matrix import Side, sides_of
from editorial.freezing import Body
from editorial.reports.claim_pages import short


@dataclass(frozen=True)
class RuleLine:
    """One decision rule. `side` is None where either side will do."""

    uid: str
    situation: str
    reason: str
    side: Side | None
    sources: list[int]
    is_ticked: bool

    @property
    def short(self) -> str:
        return short(self.uid)


@dataclass(frozen=True)
class Tally:
    """How many ticked situations speak for each side, and what that comes to."""

    counts: list[tuple[Side, int]]
    ticked: int
    sentence: str


def rule_lines(body: Body, ticked: Collection[str]) -> list[RuleLine]:
    sides = {side.uid: side for side in sides_of(body)}
    return [
        RuleLine(
            uid=rule["uid"],
            situation=rule["situation"],
            reason=rule["reason"],
            side=sides.get(rule["choice"] or ""),
            sources=rule["sources"],
            is_ticked=rule["uid"] in ticked,
        )
        for rule in body["rules"]
    ]


def tally(body: Body, rules: list[RuleLine]) -> Tally | None:
    """The sum of the ticked rules; None while none is ticked."""
    chosen = [rule for rule in rules if rule.is_ticked]
    if not chosen:
        return None
    votes = Counter(rule.side.uid for rule in chosen if rule.side)
    counts = [(side, votes[side.uid]) for side in sides_of(body)]
    best = max(count for _, count in counts)
    leaders = [side.name for side, count in counts if count == best]
    number = len(chosen)
    situations = "1 situation" if number == 1 else f"{number} situations"
    if best == 0 or len(leaders) > 1:
        verb = "does" if number == 1 else "do"
        sentence = f"Your {situations} {verb} not point to one side."
    else:
        verb = "speaks" if best == 1 else "speak"
        sentence = f"{best} of your {situations} {verb} for {leaders[0]}."
    return Tally(counts=counts, ticked=number, sentence=sentence)
