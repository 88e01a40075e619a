"""Cost of a million tokens by utilisation: a drawing, and the same figures in rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from calculators.cost.money import millions, share, span
from calculators.cost.reckoning import Reckoning
from catalog.axes import Axis, log_axis
from estimator.cost import HOUR_S, MONTH_H, Amount

STEPS = tuple(
    Decimal(step)
    for step in (["0.005", "0.01", "0.02", "0.05", "0.1", "0.2", "0.5", "1"])
)
"""Shares of the month that the machine is busy."""
WIDTH, HEIGHT = 760, 380
LEFT, RIGHT, TOP, BOTTOM = 64, 16, 16, 56
LOCAL, API, RENT = "a", "b", "c"


@dataclass(frozen=True)
class Step:
    """A row. Empty texts are drawn as a dash."""

    busy: str
    tokens: str
    local: str
    expected: str
    api: str
    rent: str
    spot: str
    is_asked: bool


@dataclass(frozen=True)
class Band:
    """From the low to the high end, and the line of what is expected."""

    letter: str
    words: str
    outline: str
    line: str
    label_x: float
    label_y: float
    anchor: str


@dataclass(frozen=True)
class CostChart:
    across: Axis
    up: Axis
    bands: tuple[Band, ...]
    asked_x: float | None
    break_even_x: float | None
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM


def busy_shares(found: Reckoning) -> list[Decimal]:
    """The steps up to the hours that it is on, and the share that was asked."""
    most = found.owned.on_hours / MONTH_H if found.owned else Decimal(1)
    shares = {step for step in STEPS if step < most} | {most}
    if found.utilization and not found.is_too_much:
        shares.add(found.utilization)
    return sorted(step for step in shares if step > 0)


def steps(found: Reckoning) -> list[Step]:
    rate = found.speed.rate
    return [
        Step(
            busy=share(busy),
            tokens=millions(rate.expected * HOUR_S * MONTH_H * busy) if rate else "",
            local=span(local := found.local_million_at(MONTH_H * busy)),
            expected=span(Amount.exactly(local.expected)) if local else "",
            api=span(found.api),
            rent=span(found.rented_million(found.rent)),
            spot=span(found.rented_million(found.spot)),
            is_asked=busy == found.utilization,
        )
        for busy in busy_shares(found)
    ]


def cost_chart(found: Reckoning) -> CostChart | None:
    """None where the cost of a machine of one's own is not known."""
    shares = [busy for busy in busy_shares(found) if busy >= STEPS[0]]
    local = [found.local_million_at(MONTH_H * busy) for busy in shares]
    known = [amount for amount in local if amount is not None]
    if len(known) < 2 or len(known) < len(shares):
        return None
    flat = {
        API: found.api,
        RENT: found.rented_million(found.rent),
    }
    amounts = [*known, *(amount for amount in flat.values() if amount)]
    values = [float(end) for each in amounts for end in (each.low, each.high) if end]
    if not values or min(values) <= 0:
        return None
    across = log_axis(
        [float(busy * 100) for busy in shares], start=LEFT, end=WIDTH - RIGHT
    )
    up = log_axis(values, start=HEIGHT - BOTTOM, end=TOP)
    places = [across.place(float(busy * 100)) for busy in shares]
    ends = [places[0], places[-1]]
    bands = [_band(LOCAL, "your machine", places, known, up, at_start=True)]
    for letter, words in ((RENT, "rented while busy"), (API, "API")):
        amount = flat[letter]
        if amount is not None:
            bands.append(_band(letter, words, ends, [amount] * 2, up))
    return CostChart(
        across, up, tuple(bands), _asked(found, across), _break_even(found, across)
    )


def _band(
    letter: str,
    words: str,
    places: Sequence[float],
    amounts: Sequence[Amount],
    up: Axis,
    *,
    at_start: bool = False,
) -> Band:
    highs = [(x, up.place(float(a.high))) for x, a in zip(places, amounts, strict=True)]
    lows = [(x, up.place(float(a.low))) for x, a in zip(places, amounts, strict=True)]
    line = [
        (x, up.place(float(a.expected))) for x, a in zip(places, amounts, strict=True)
    ]
    label_x, label_y = line[0] if at_start else line[-1]
    if letter == RENT:
        label_x = (places[0] + places[-1]) / 2
    anchor = {LOCAL: "start", RENT: "middle"}.get(letter, "end")
    return Band(
        letter,
        words,
        _points([*highs, *reversed(lows)]),
        _points(line),
        label_x,
        round(label_y - 8, 1),
        anchor,
    )


def _points(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _asked(found: Reckoning, across: Axis) -> float | None:
    busy = found.utilization
    if busy is None or busy < STEPS[0] or found.is_too_much:
        return None
    return across.place(float(busy * 100))


def _break_even(found: Reckoning, across: Axis) -> float | None:
    both = found.break_even
    busy = both[1].expected if both else None
    if busy is None or busy < STEPS[0] or busy * 100 > Decimal(str(across.high)):
        return None
    return across.place(float(busy * 100))
