"""One request in, one explained estimate out."""

from estimator import formulas
from estimator.answers import (
    Constant,
    DeviceLoad,
    Estimate,
    Fit,
    SpeedModel,
    Term,
    WeightBytes,
)
from estimator.cache import UnknownCacheTypeError, element_bytes
from estimator.engines import RULES, rules_for
from estimator.inputs import Request
from estimator.inverse import largest_context, largest_quantization
from estimator.loads import Situation, resolve
from estimator.offload import offload_plan, placement_on_cards
from estimator.reasons import (
    reasons_for,
    sentence_for_missing,
    sentence_for_unknown_weights,
)
from estimator.terms import asked_context, terms_of
from estimator.weights import weights_of

COMFORTABLE_SHARE = Constant(
    "Left of the budget when the fit is comfortable", 0.10, "share", "product rules"
)


class CannotEstimateError(ValueError):
    """The request names something that has no rules; the sentence says what to do."""


def estimate(request: Request, speeds: SpeedModel | None = None) -> Estimate:
    """Memory, fit and, with a speed model, speed of one request.

    Sizes in bytes over all cards; the input embedding that llama.cpp leaves in host
    memory is part of the weights and of the needs. What the data do not say is None,
    and a reason says why. Raises CannotEstimateError for an engine or cache type
    without rules.
    """
    rules = rules_for(request.engine)
    if rules is None:
        names = ", ".join(sorted(RULES))
        raise CannotEstimateError(
            f"No memory rules for the engine {request.engine.slug!r}. "
            f"Use one of {names}."
        )
    if not request.machine.cards:
        raise CannotEstimateError("A machine needs at least one card.")
    try:
        element_bytes(request.kv_cache_type)
    except UnknownCacheTypeError as error:
        raise CannotEstimateError(str(error)) from error
    choice = request.weights
    weights = weights_of(request.model, choice.quantization, rules.family, choice.size)
    if isinstance(weights, str):
        return _partly(request, weights)
    situation = resolve(request, rules, weights)
    context = asked_context(situation)
    if request.model.cache_unknown_because or not request.model.groups:
        return _unknown(situation, context)
    return _known(situation, context, speeds)


def _known(situation: Situation, context: int, speeds: SpeedModel | None) -> Estimate:
    loads = situation.loads_at(context)
    fit, headroom = verdict(situation, loads, context)
    placement, plan = placement_on_cards(situation, loads), None
    if fit is Fit.DOES_NOT_FIT:
        plan = offload_plan(situation, context)
        fit = Fit.NEEDS_OFFLOAD if plan else fit
    terms = terms_of(situation, loads, context)
    needs = sum(load.needs_bytes for load in loads) + situation.table_bytes
    extra = situation.table_bytes if not situation.rules.reserves else 0
    runs = plan.placement if plan else placement
    longest = largest_context(situation)
    heaviest = largest_quantization(situation, context)
    answer = None
    if speeds is not None and fit is not Fit.DOES_NOT_FIT:
        answer = speeds(situation.request, situation.weights, runs)
    return Estimate(
        fit=fit,
        needs_bytes=needs,
        reserves_bytes=sum(load.reserves_bytes for load in loads) + extra,
        terms=terms,
        placement=placement,
        offload=plan,
        largest_context_tokens=longest,
        largest_quantization=heaviest,
        context_tokens=context,
        speeds=answer,
        reasons=reasons_for(situation, fit, headroom, plan, context, longest, heaviest),
        headroom_bytes=headroom,
        weights=situation.weights,
    )


def verdict(
    situation: Situation, loads: tuple[DeviceLoad, ...], context: int
) -> tuple[Fit, int]:
    """(fit, room on the tightest card in bytes), without offload.

    Comfortable: at least a tenth of every card's budget is left. Exactly the budget
    fits, and is tight.
    """
    rooms = situation.rooms_at(context)
    least = min(rooms)
    if least < 0:
        return Fit.DOES_NOT_FIT, least
    for room, load in zip(rooms, loads, strict=True):
        if room < COMFORTABLE_SHARE.value * load.budget_bytes:
            return Fit.TIGHT, least
    return Fit.COMFORTABLE, least


def _unknown(situation: Situation, context: int) -> Estimate:
    """Weights are known, the cache is not."""
    model = situation.request.model
    because = sentence_for_missing(model)
    loads = situation.loads_at(context)
    terms = tuple(
        term
        if term.name in ("weights", "compute_buffer", "overhead")
        else Term(term.name, None, term.formula, (), 0, because)
        for term in terms_of(situation, loads, context)
    )
    return Estimate(
        fit=Fit.UNKNOWN,
        needs_bytes=None,
        reserves_bytes=sum(load.reserves_bytes for load in loads)
        if situation.rules.kind == "vllm"
        else None,
        terms=terms,
        placement=None,
        offload=None,
        largest_context_tokens=None,
        largest_quantization=None,
        context_tokens=context,
        speeds=None,
        reasons=(because,),
        weights=situation.weights,
    )


def _partly(request: Request, because: str) -> Estimate:
    """The cache is known, the weights are not: everything but them is worked out."""
    rules = rules_for(request.engine)
    assert rules is not None  # noqa: S101 - checked by estimate()
    nothing = WeightBytes(0, 0.0, False, 0.0, 0, 0, formulas.F1, ())
    situation = resolve(request, rules, nothing)
    context = asked_context(situation)
    loads = situation.loads_at(context)
    has_cache = bool(request.model.groups) and not request.model.cache_unknown_because
    terms = []
    for term in terms_of(situation, loads, context):
        known = term.name != "weights" and (
            has_cache or term.name in ("compute_buffer", "overhead")
        )
        terms.append(
            term if known else Term(term.name, None, term.formula, (), 0, because)
        )
    return Estimate(
        fit=Fit.UNKNOWN,
        needs_bytes=None,
        reserves_bytes=sum(load.reserves_bytes for load in loads)
        if rules.kind == "vllm"
        else None,
        terms=tuple(terms),
        placement=None,
        offload=None,
        largest_context_tokens=None,
        largest_quantization=largest_quantization(situation, context)
        if has_cache
        else None,
        context_tokens=context,
        speeds=None,
        reasons=(sentence_for_unknown_weights(because),),
    )
