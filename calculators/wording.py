"""Ranges, counts and verdicts in the words of the pages."""

from calculators.memory_bars import gib_text
from calculators.questions import Asked
from estimator.answers import Estimate, Evidence, Fit, Range

COUNTS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight")
OPENINGS = {
    Fit.COMFORTABLE: "Runs, comfortable.",
    Fit.TIGHT: "Runs, tight.",
    Fit.NEEDS_OFFLOAD: "Runs, but needs offload.",
    Fit.DOES_NOT_FIT: "Does not fit.",
    Fit.UNKNOWN: "Unknown.",
}
EVIDENCE_WORDS = {
    Evidence.MEASURED: "measured on this exact set-up",
    Evidence.MEASURED_NEAR: "measured near: same hardware, other context or "
    "quantisation",
    Evidence.EXTRAPOLATED: "extrapolated from similar hardware",
    Evidence.ESTIMATED: "estimated by formula only",
}


def count_words(count: int) -> str:
    """
    >>> count_words(2), count_words(12)
    ('two', '12')
    """
    return COUNTS[count] if 0 < count < len(COUNTS) else str(count)


def speed_text(speed: float) -> str:
    """
    >>> speed_text(128.4), speed_text(8.24), speed_text(0.042)
    ('128', '8.2', '0.04')
    """
    digits = 0 if speed >= 20 else 1 if speed >= 1 else 2
    return f"{speed:,.{digits}f}".replace(",", "\u202f")


def speed_range(value: Range) -> str:
    """Low to high, once where both read alike."""
    low, high = speed_text(value.low), speed_text(value.high)
    return low if low == high else f"{low}–{high}"


def seconds_text(value: Range) -> str:
    """
    >>> seconds_text(Range(0.64, 0.87, 1.17))
    '0.6–1.2'
    """
    low, high = (
        f"{each:.0f}" if each >= 10 else f"{each:.1f}" if each >= 0.1 else "<0.1"
        for each in (value.low, value.high)
    )
    return low if low == high else f"{low}–{high}"


def tokens_text(count: int) -> str:
    return f"{count:,}".replace(",", "\u202f")


def machine_words(asked: Asked, names: list[str]) -> str:
    """The machine in the heading, as "two RTX 3090 and one RTX 4090"."""
    parts = [
        f"{count_words(count)} {name}"
        for (_, count), name in zip(asked.cards, names, strict=True)
    ]
    return " and ".join(parts)


def answer_sentence(estimate: Estimate) -> str:
    """What follows the verdict: the need, the speed, the limit."""
    if estimate.fit is Fit.UNKNOWN:
        said = " ".join(estimate.reasons).removeprefix("Unknown, ")
        return said[:1].upper() + said[1:]
    parts = (_need(estimate), _speed(estimate), _limit(estimate))
    return " ".join(part for part in parts if part)


def _need(estimate: Estimate) -> str:
    needs = gib_text(estimate.needs_bytes or 0)
    devices = estimate.placement.devices if estimate.placement else ()
    budget = gib_text(sum(device.budget_bytes for device in devices))
    owner = "this machine" if len(devices) > 1 else "this card"
    if estimate.fit is Fit.DOES_NOT_FIT:
        return f"It needs {needs} GiB; {owner} can give {budget}."
    if estimate.fit is Fit.NEEDS_OFFLOAD:
        return f"It needs {needs} GiB, {owner} can give {budget},"
    taken = gib_text(sum(device.needs_bytes for device in devices))
    return f"It needs {taken} of the {budget} GiB {owner} can give,"


def _speed(estimate: Estimate) -> str:
    decode = estimate.speeds.decode if estimate.speeds else None
    if estimate.fit is Fit.DOES_NOT_FIT:
        return ""
    if decode is None:
        return "and how fast it writes is not known."
    verb = "should write"
    if estimate.speeds and estimate.speeds.evidence is Evidence.MEASURED:
        verb = "was measured to write"
    return f"and {verb} {speed_range(decode)} tokens a second."


def _limit(estimate: Estimate) -> str:
    longest = estimate.largest_context_tokens
    if estimate.fit in (Fit.COMFORTABLE, Fit.TIGHT) and longest:
        if longest > estimate.context_tokens:
            return f"Up to {tokens_text(longest)} tokens of context fit."
        return f"{tokens_text(longest)} tokens of context are the most that fits."
    return ""
