"""The sentences that go with an estimate."""

from estimator.answers import Fit, OffloadPlan
from estimator.budget import ASSUMED_HOST_RAM
from estimator.engines import GIB
from estimator.inputs import ModelArchitecture
from estimator.loads import Situation
from estimator.offload import can_offload

WORTH_SAYING = 0.001
"""An error below a thousandth of the weights changes no verdict."""


def gib(size_bytes: float) -> str:
    """
    >>> gib(3 * 2**29)
    '1.5 GiB'
    """
    return f"{size_bytes / GIB:.1f} GiB"


def sentence_for_missing(model: ModelArchitecture) -> str:
    because = model.cache_unknown_because or "its layers are not in our data"
    return f"Unknown, because {because}."


def sentence_for_unknown_weights(because: str) -> str:
    return because if because.endswith(".") else f"{because}."


def reasons_for(
    situation: Situation,
    fit: Fit,
    headroom: int,
    plan: OffloadPlan | None,
    context: int,
    longest: int,
    heaviest: str,
) -> tuple[str, ...]:
    """What decides, what would fit instead, and what was assumed."""
    reasons = [_decision(fit, headroom)]
    if plan is not None:
        reasons.append(plan.note)
        if not situation.request.machine.host.ram_bytes:
            reasons.append(
                f"Host memory is not stated; {gib(ASSUMED_HOST_RAM.value)} are assumed."
            )
    if fit is Fit.DOES_NOT_FIT and can_offload(situation):
        reasons.append(_host_lacks(situation))
    if fit in (Fit.NEEDS_OFFLOAD, Fit.DOES_NOT_FIT):
        reasons.append(_instead(longest, heaviest, context))
    reasons.extend(_cautions(situation, context))
    return tuple(reasons)


def _decision(fit: Fit, headroom: int) -> str:
    if fit is Fit.COMFORTABLE:
        return f"At least {gib(headroom)} of each card's budget stays free."
    if fit is Fit.TIGHT:
        return f"It fits with {gib(headroom)} to spare on the tightest card."
    return f"The tightest card lacks {gib(-headroom)}."


def _host_lacks(situation: Situation) -> str:
    ram = situation.request.machine.host.ram_bytes
    if ram:
        return f"With {gib(ram)} of host memory offload does not help."
    return (
        f"Offload does not help with the {gib(ASSUMED_HOST_RAM.value)} of host memory "
        "that are assumed, as none is stated."
    )


def _instead(longest: int, heaviest: str, context: int) -> str:
    if longest and heaviest:
        return (
            f"These weights fit with {longest:,} tokens of context; with {context:,} "
            f"tokens {heaviest} fits."
        )
    if longest:
        return f"These weights fit with {longest:,} tokens of context."
    if heaviest:
        return (
            f"No context fits these weights; {heaviest} fits with {context:,} tokens."
        )
    return "No usual quantisation fits with this context."


def _cautions(situation: Situation, context: int) -> list[str]:
    request, rules = situation.request, situation.rules
    reasons = []
    native = request.model.context_window_tokens
    if native and context > native:
        reasons.append(f"The model was trained for {native:,} tokens of context.")
    if request.model.cache_is_upper_bound_because:
        because = request.model.cache_is_upper_bound_because
        reasons.append(f"The cache is an upper bound, because {because}.")
    share = situation.weights.error_share
    if not situation.weights.is_exact and share >= WORTH_SAYING:
        origin = "a rounded size" if situation.weights.note else "a rule"
        reasons.append(f"The weights come from {origin}: plus or minus {share:.1%}.")
    if rules.is_llama and rules.has_slot_logits is None:
        reasons.append(
            "The engine's version is not stated; the larger of its two buffer rules is "
            "counted."
        )
    note = situation.plans[0].budget.note
    if note:
        reasons.append(note)
    return reasons
