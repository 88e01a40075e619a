"""A candidate as the pages print it: every figure with its range, date or dash."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from calculators.choosing.candidates import Candidate
from calculators.choosing.picks import PICK_RULES, Limits, Pick
from catalog.measures import gib, grouped
from catalog.prices import price_text
from estimator.answers import Range


@dataclass(frozen=True)
class Line:
    """Empty texts are drawn as a dash."""

    name: str
    url: str
    fit: str
    memory: str
    room: str
    speed: str
    expected: str
    evidence: str
    price: str
    """For all pieces together."""
    price_words: str
    when: str
    seller: str
    source_url: str
    is_old: bool
    watts: str
    cost_url: str = ""
    titles: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    letter: str = ""
    """Of the colours of a pick."""


def speed_text(speed: Range | None) -> str:
    """Low to high, with a decimal only where it says something.

    >>> speed_text(Range(7.25, 12.0, 19.88)), speed_text(Range(57.3, 72.0, 91.0))
    ('7.3–20', '57–91')
    """
    if speed is None:
        return ""
    return f"{_rate(speed.low)}–{_rate(speed.high)}"


def _rate(value: float) -> str:
    return f"{value:.1f}" if value < 10 else f"{value:.0f}"


def line_of(
    candidate: Candidate,
    condition: str,
    today: date,
    *,
    model: str = "",
    titles: tuple[str, ...] = (),
    reasons: tuple[str, ...] = (),
    letter: str = "",
) -> Line:
    price, row = candidate.price(condition), candidate.row
    speeds = candidate.answer.speeds
    return Line(
        name=candidate.name,
        url=row.get_absolute_url(),
        fit=str(candidate.answer.fit),
        memory=f"{candidate.memory_gib}",
        room=gib(candidate.room_bytes),
        speed=speed_text(candidate.speed),
        expected=_rate(candidate.expected),
        evidence=str(speeds.evidence) if speeds else "",
        price=price.shown(candidate.count) if price else "",
        price_words=price.words if price else "",
        when=price.seen.when if price else "",
        seller=price.seller if price else "",
        source_url=price.source_url if price else "",
        is_old=bool(price and price.is_old(today)),
        watts=grouped(candidate.watts),
        cost_url=f"hardware={row.slug}&count={candidate.count}&model={model}",
        titles=titles,
        reasons=reasons,
        letter=letter,
    )


def pick_line(
    pick: Pick,
    limits: Limits,
    today: date,
    *,
    least_speed_reason: str,
    model: str,
    letter: str,
) -> Line:
    """A pick, and why it is one."""
    candidate = pick.candidate
    reasons = [
        f"{PICK_RULES[rule][1][0].upper()}{PICK_RULES[rule][1][1:]}."
        for rule in pick.rules
    ]
    reasons.append(_fit_reason(candidate))
    if candidate.expected >= limits.least_speed:
        reasons.append(
            f"At least {limits.least_speed:.0f} tokens a second are asked: "
            f"{least_speed_reason}."
        )
    against = _against(candidate, limits, today)
    return line_of(
        candidate,
        limits.condition,
        today,
        model=model,
        titles=tuple(pick.titles),
        reasons=(*reasons, against),
        letter=letter,
    )


def _fit_reason(candidate: Candidate) -> str:
    room = gib(candidate.room_bytes)
    where = "on the fullest card" if candidate.count > 1 else "beside the model"
    return f"Fit: {candidate.answer.fit}, with {room} GB left {where}."


def _against(candidate: Candidate, limits: Limits, today: date) -> str:
    """One honest reason against it: every pick has one."""
    price = candidate.price(limits.condition)
    speed = candidate.speed
    if candidate.count > 1:
        return (
            f"Against it: {candidate.count} cards need the slots, the power supply "
            "and the cooling, and answer no faster than one card with the memory."
        )
    if price is not None and price.is_list_price:
        return "Against it: only the maker's list price is known; shops may ask more."
    if price is not None and price.is_old(today):
        return f"Against it: its newest price is of {price.seen.when}."
    if speed is not None and speed.low < limits.least_speed:
        return (
            f"Against it: the low end of the estimate, {_rate(speed.low)}, is under "
            "what is asked."
        )
    return "Against it: the price of the computer around it is not counted."


def lines_of(
    found: Iterable[Candidate], condition: str, today: date, model: str = ""
) -> list[Line]:
    return [line_of(each, condition, today, model=model) for each in found]


def budget_text(limits: Limits) -> str:
    return f"{price_text(limits.budget)} USD"
