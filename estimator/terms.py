"""The parts of an estimate, each with its formula, inputs and error."""

from estimator import formulas
from estimator.answers import Constant, DeviceLoad, Formula, Term
from estimator.engines import GIB, MIB
from estimator.inputs import LayerKind, ModelArchitecture
from estimator.loads import Situation

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
BUFFER_ERROR = Constant(
    "Error of the compute buffer", 0.05, "share", formulas.F15.sources[0]
)
SMALL_CONTEXTS = ((24 * GIB, 4096), (48 * GIB, 32768))
"""Ollama's context by memory, https://github.com/ollama/ollama/blob/main/docs
/context-length.mdx; 262,144 above."""
FALLBACK_CONTEXT = 4096


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
    model, cards = situation.request.model, len(loads)
    server = situation.rules.reserves
    error = round((SERVER_ERROR if server else LLAMA_ERROR).value)
    cache = sum(load.kv_cache_bytes for load in loads)
    state = sum(load.recurrent_state_bytes for load in loads)
    buffer = sum(load.compute_buffer_bytes for load in loads)
    overhead = sum(load.overhead_bytes for load in loads)
    sequences = ("sequences", situation.sequences)
    return (
        _weights_term(situation, loads),
        Term(
            "kv_cache",
            cache,
            cache_formula(model),
            (
                ("context tokens", context),
                sequences,
                ("cache type", situation.request.kv_cache_type),
            ),
            round(cache * CACHE_ERROR.value),
            model.cache_is_upper_bound_because,
        ),
        Term("recurrent_state", state, formulas.F12, (sequences,), 0),
        Term(
            "compute_buffer",
            buffer,
            _buffer_formula(situation),
            (("micro-batch", situation.micro_batch), ("cards", cards)),
            error if server else round(buffer * BUFFER_ERROR.value),
        ),
        Term("overhead", overhead, formulas.F19, (("cards", cards),), error),
    )


def _weights_term(situation: Situation, loads: tuple[DeviceLoad, ...]) -> Term:
    weights = situation.weights
    size = sum(load.weights_bytes for load in loads) + situation.table_bytes
    error = round(size * weights.error_share)
    return Term("weights", size, weights.formula, weights.inputs, error, weights.note)


def _buffer_formula(situation: Situation) -> Formula:
    rules, model = situation.rules, situation.request.model
    if not rules.is_llama:
        return formulas.F25
    if rules.has_slot_logits is None:
        older = (model.vocabulary_size + model.hidden_size) * situation.micro_batch * 4
        context = asked_context(situation)
        return formulas.F16 if situation.buffer_at(context) > older else formulas.F15
    return formulas.F16 if rules.has_slot_logits else formulas.F15
