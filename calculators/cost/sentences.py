"""The sentence that answers, and what it leaves open."""

from dataclasses import dataclass
from decimal import Decimal

from calculators.cost.money import millions, share, span
from calculators.cost.reckoning import Reckoning
from estimator.cost import Verdict

HEADLINES = {
    Verdict.LOCAL: "A machine of your own costs less.",
    Verdict.CLOUD: "Stay in the cloud.",
    Verdict.DEPENDS: "The ranges overlap.",
    Verdict.UNKNOWN: "This cannot be answered yet.",
}


@dataclass(frozen=True)
class Sentences:
    headline: str
    body: tuple[str, ...]


def sentences(found: Reckoning) -> Sentences:
    """Never more certain than the ranges are."""
    if found.is_too_much:
        return Sentences(
            "One machine is not enough.",
            (
                f"So many tokens take {found.name} more hours than a month has. "
                "Take more requests at once, more pieces, or the cloud.",
            ),
        )
    if found.busy_hours == 0:
        return Sentences(
            HEADLINES[Verdict.CLOUD],
            ("A machine that is never busy costs money, and an API then costs none.",),
        )
    if found.verdict is Verdict.UNKNOWN:
        missing = tuple(f"Missing is {words}." for words in found.missing)
        known = _known_half(found)
        return Sentences(HEADLINES[Verdict.UNKNOWN], (*missing, *known))
    body = [_costs(found), _break_even(found)]
    if found.verdict is Verdict.DEPENDS:
        body.insert(1, _leaning(found))
    return Sentences(HEADLINES[found.verdict], tuple(body))


def _costs(found: Reckoning) -> str:
    return (
        f"Busy {share(found.utilization)} of the month, {found.name} makes about "
        f"{millions(found.tokens or Decimal(0))} million tokens for "
        f"{span(found.local_million)} USD a million; APIs ask {span(found.api)} USD."
    )


def _known_half(found: Reckoning) -> tuple[str, ...]:
    if found.local_million is not None:
        cost = span(found.local_million)
        return (f"{found.name} makes a million tokens for {cost} USD.",)
    if found.api is not None:
        return (f"APIs ask {span(found.api)} USD a million.",)
    return ()


def _leaning(found: Reckoning) -> str:
    local, api = found.local_million, found.api
    assert local is not None  # noqa: S101 - the verdict is known
    assert api is not None  # noqa: S101
    if api.expected < local.expected:
        return "What is expected speaks for the cloud: stay in the cloud if in doubt."
    return "What is expected speaks for a machine of your own, but it can go wrong."


def _break_even(found: Reckoning) -> str:
    both = found.break_even
    assert both is not None  # noqa: S101 - the verdict is known
    tokens, busy = both
    if tokens.low is None and tokens.expected is None:
        return "An API token costs less than the energy of a local one: it never pays."
    if busy.expected is not None and tokens.expected is not None:
        high = share(busy.high) if busy.high is not None else "never"
        low = share(busy.low) or share(busy.expected)
        return (
            f"It pays from about {millions(tokens.expected)} million tokens a month, "
            f"busy {share(busy.expected)} of the time (from {low} to {high})."
        )
    if busy.low is not None:
        return (
            f"As expected it never pays; with everything in its favour it does from "
            f"{share(busy.low)} of the time."
        )
    return "Even busy all the hours that it is on, it does not pay."
