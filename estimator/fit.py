"""One request in, one explained estimate out."""

from estimator import formulas
from estimator.answers import (
    Constant,
    DeviceLoad,
    Estimate,
    Fit,
    Formula,
    SpeedModel,
    Term,
    WeightBytes,
)
from estimator.cache import UnknownCacheTypeError, element_bytes
from estimator.engines import GIB, MIB, RULES, rules_for
from estimator.inputs import LayerKind, ModelArchitecture, Request
from estimator.inverse import largest_context, largest_quantization
from estimator.loads import Situation, resolve
from estimator.offload import offload_plan, placement_on_cards
from estimator.reasons import (
    reasons_for,
    sentence_for_missing,
    sentence_for_unknown_weights,
)
from estimator.weights import weights_of

COMFORTABLE_SHARE = Constant(
    "Left of the budget when the fit is comfortable", 0.10, "share", "product rules"
)
LLAMA_ERROR = Constant(
    "Error of llama.cpp's overheads",
    150 * MIB,
    "bytes",
    "https://github.com/unslothai/unsloth/pull/11043",
)
SERVER_ERROR = Constant(
    "Error of a server engine's overheads",
    1.5e9,
    "bytes",
    "https://github.com/llm-d-incubation/llm-d-planner/pull/205",
)
CACHE_ERROR = Constant(
    "Error of the cache", 0.001, "share", formulas.F7.sources[0], "padding"
)
SMALL_CONTEXTS = ((24 * GIB, 4096), (48 * GIB, 32768))
"""Ollama's context by memory, https://github.com/ollama/ollama/blob/main/docs
/context-length.mdx; 262,144 above."""
FALLBACK_CONTEXT = 4096


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


def asked_context(situation: Situation) -> int:
    """The context of the request, or what the engine takes by itself."""
    request, rules = situation.request, situation.rules
    if request.context_tokens:
        return request.context_tokens
    native = request.model.context_window_tokens or FALLBACK_CONTEXT
    if rules.slug == "ollama":
        memory = sum(plan.budget.capacity_bytes for plan in situation.plans)
        for below, tokens in SMALL_CONTEXTS:
            if memory < below:
                return min(tokens, native)
        return min(262144, native)
    return native if rules.reserves else min(native, FALLBACK_CONTEXT)


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


def cache_formula(model: ModelArchitecture) -> Formula:
    kinds = {group.kind for group in model.groups}
    if LayerKind.LATENT in kinds:
        return formulas.F11
    if kinds & {LayerKind.WINDOWED, LayerKind.CHUNKED}:
        return formulas.F10
    return formulas.F7


def terms_of(
    situation: Situation, loads: tuple[DeviceLoad, ...], context: int
) -> tuple[Term, ...]:
    """The five parts, over all cards and the host. They add up to the needs."""
    request, weights = situation.request, situation.weights
    on_cards = sum(load.weights_bytes for load in loads)
    cache = sum(load.kv_cache_bytes for load in loads)
    state = sum(load.recurrent_state_bytes for load in loads)
    buffer = sum(load.compute_buffer_bytes for load in loads)
    overhead = sum(load.overhead_bytes for load in loads)
    server = situation.rules.reserves
    error = round((SERVER_ERROR if server else LLAMA_ERROR).value)
    cache_inputs = (
        ("context tokens", context),
        ("sequences", situation.sequences),
        ("cache type", request.kv_cache_type),
    )
    size = on_cards + situation.table_bytes
    return (
        Term(
            "weights",
            size,
            weights.formula,
            weights.inputs,
            round(size * weights.error_share),
            weights.note,
        ),
        Term(
            "kv_cache",
            cache,
            cache_formula(request.model),
            cache_inputs,
            round(cache * CACHE_ERROR.value),
            request.model.cache_is_upper_bound_because,
        ),
        Term(
            "recurrent_state",
            state,
            formulas.F12,
            (("sequences", situation.sequences),),
            0,
        ),
        Term(
            "compute_buffer",
            buffer,
            _buffer_formula(situation),
            (("micro-batch", situation.micro_batch), ("cards", len(loads))),
            error if server else round(buffer * 0.05),
        ),
        Term("overhead", overhead, formulas.F19, (("cards", len(loads)),), error),
    )


def _buffer_formula(situation: Situation) -> Formula:
    rules, model = situation.rules, situation.request.model
    if not rules.is_llama:
        return formulas.F25
    if rules.has_slot_logits is None:
        older = (model.vocabulary_size + model.hidden_size) * situation.micro_batch * 4
        context = asked_context(situation)
        return formulas.F16 if situation.buffer_at(context) > older else formulas.F15
    return formulas.F16 if rules.has_slot_logits else formulas.F15


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
