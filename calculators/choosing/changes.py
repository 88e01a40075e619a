"""What would change the answer: the same rules, run with one thing different."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from calculators.choosing.candidates import Candidate, Job
from calculators.choosing.picks import FASTEST, Choice, Limits, choose
from calculators.choosing.rules import REACH
from catalog.measures import grouped
from catalog.prices import price_text


@dataclass(frozen=True)
class Change:
    """If this, then that."""

    condition: str
    consequence: str


def changes(
    found: Sequence[Candidate], limits: Limits, choice: Choice, job: Job
) -> list[Change]:
    """The nearest steps that would change a pick, as far as there are any."""
    steps = [
        _more_money(found, limits, choice),
        _less_money(limits, choice),
        *_longer_context(choice, job),
        _larger_file(choice),
        _other_condition(found, limits, choice),
        _more_watts(found, limits, choice),
    ]
    return [step for step in steps if step is not None]


def _of(choice: Choice, rule: str = FASTEST) -> Candidate | None:
    picks = (pick.candidate for pick in choice.picks if rule in pick.rules)
    return next(picks, None)


def _rate(candidate: Candidate) -> str:
    return f"{candidate.expected:.0f} tokens a second expected"


def _more_money(
    found: Sequence[Candidate], limits: Limits, choice: Choice
) -> Change | None:
    now = _of(choice)
    costs = {each.cost_usd(limits.condition) for each in found}
    for cost in sorted(cost for cost in costs if cost and cost > limits.budget):
        then = _of(choose(found, replace(limits, budget=cost)))
        if then is None or (now is not None and not _is_faster(then, now)):
            continue
        words = f"{then.name}, {_rate(then)}"
        if now is not None:
            words += f" instead of {now.expected:.0f}"
        return Change(f"A budget of {price_text(cost)} USD", f"{words}.")
    return Change(
        f"Up to {REACH} times the budget",
        "Nothing with a dated price is clearly faster.",
    )


def _is_faster(then: Candidate, now: Candidate) -> bool:
    return then.speed is not None and then.speed.low > now.expected


def _less_money(limits: Limits, choice: Choice) -> Change | None:
    if not choice.picks:
        return None
    least = choice.picks[0].candidate
    cost = least.cost_usd(limits.condition)
    if cost is None:
        return None
    words = "is as fast as the purpose asks" if not choice.is_slow else "fits"
    return Change(f"A budget under {price_text(cost)} USD", f"Nothing priced {words}.")


def _longer_context(choice: Choice, job: Job) -> list[Change]:
    lines = []
    for pick in choice.picks:
        longest = pick.candidate.answer.largest_context_tokens
        if longest is None:
            continue
        each = longest // job.users
        whole = job.model.context_window_tokens
        if not whole or each < whole:
            words = f"{pick.candidate.name} no longer holds it."
            lines.append(Change(f"A context over {grouped(each)} tokens", words))
    return lines


def _larger_file(choice: Choice) -> Change | None:
    if not choice.picks:
        return None
    first = choice.picks[0].candidate
    largest = first.answer.largest_quantization
    if not largest:
        return None
    return Change(
        f"A larger file than {largest}", f"{first.name} no longer holds the model."
    )


def _other_condition(
    found: Sequence[Candidate], limits: Limits, choice: Choice
) -> Change | None:
    if limits.condition == "any":
        return None
    other = replace(limits, condition="any")
    then, now = _of(choose(found, other)), _of(choice)
    if then is None or (now is not None and then.row.pk == now.row.pk):
        return None
    cost = then.cost_usd("any")
    assert cost is not None  # noqa: S101 - a pick has a price
    words = f"{then.name} for {price_text(cost)} USD, {_rate(then)}."
    return Change("New or used alike", words)


def _more_watts(
    found: Sequence[Candidate], limits: Limits, choice: Choice
) -> Change | None:
    if limits.most_watts is None:
        return None
    then, now = _of(choose(found, replace(limits, most_watts=None))), _of(choice)
    if then is None or (now is not None and then.row.pk == now.row.pk):
        return None
    watts = "of unknown power" if then.watts is None else f"with {then.watts} W"
    return Change("No limit of power", f"{then.name} {watts}, {_rate(then)}.")
