"""Compute buffers of llama.cpp and its kin, activations of server engines."""

from estimator.answers import Constant
from estimator.engines import (
    CUDA_CONTEXT,
    GIB,
    MIB,
    OLLAMA_BATCH_ABOVE_4K,
    OLLAMA_BATCH_ABOVE_32K,
    UNSLOTH,
    EngineRules,
)
from estimator.inputs import LayerKind, ModelArchitecture

PLANNER = "https://github.com/llm-d-incubation/llm-d-planner"
BASE_BACKEND = (
    "https://github.com/ai-dynamo/aiconfigurator/blob/main/aic-core/src"
    "/aiconfigurator_core/sdk/backends/base_backend.py"
)
KV_MATH = "https://github.com/noonghunna/club-3090/blob/master/docs/KV_MATH.md"

SLOT_FACTOR = Constant("Newer buffer, factor", 1.15, "", UNSLOTH)
DEQUANTIZE = Constant(
    "Scratch of a quantised cache",
    1.4,
    "x hidden size, bytes per token",
    UNSLOTH,
    "0.74 to 2.02; the middle is taken",
)
DEQUANTIZE_LATENT = Constant(
    "Scratch of a quantised latent cache", 0.94, "x hidden size, bytes a token", UNSLOTH
)
LAYER_SPLIT_COPIES = Constant("Context part when layers are split", 4, "times", UNSLOTH)
LARGE_CARD = Constant("Large card", 60 * GIB, "bytes", PLANNER)
DENSE_ACTIVATION = Constant(
    "Activation, dense, large card", 5.5 * GIB, "bytes", PLANNER
)
EXPERT_ACTIVATION = Constant(
    "Activation, experts, large card", 8.0 * GIB, "bytes", PLANNER
)
VISION_ACTIVATION = Constant(
    "Activation, vision, large card", 2.5 * GIB, "bytes", PLANNER
)
NON_TORCH_ONE = Constant("Other memory, large card", 0.15 * GIB, "bytes", PLANNER)
NON_TORCH_MANY = Constant("Other memory, several cards", 0.6 * GIB, "bytes", PLANNER)
NON_TORCH_SMALL = Constant(
    "Other memory, smaller card",
    0.25 * GIB,
    "bytes",
    "https://github.com/vllm-project/vllm/issues/13061",
)
ACTIVATION_MINIMUM = Constant("Least activation", 70 * MIB, "bytes", BASE_BACKEND)
SGLANG_MINIMUM = Constant("Least activation, SGLang", 90 * MIB, "bytes", BASE_BACKEND)
SGLANG_FACTOR = Constant("Activation, SGLang", 1.15, "times", BASE_BACKEND)
LARGE_BATCH = 8192
"""Tokens of one step on a large card by default, BASE_BACKEND."""
PER_TOKEN = {
    ("vllm", False): (10.5, 6.25, 5.0, 5.0),
    ("vllm", True): (22.0, 13.0, 10.0, 10.0),
    ("sglang", False): (13.5, 8.25, 6.5, 6.5),
    ("sglang", True): (28.0, 17.0, 13.0, 13.0),
}
"""c of F25 for tensor parallelism over 1, 2, 4 and 8 cards, BASE_BACKEND."""
GRAPHS_BASE = Constant("Graphs and workspace", 0.5e9, "bytes", KV_MATH, "+- 0.3 GB")
GRAPHS_PER_SHARE = Constant("Graphs, times utilisation", 1.0e9, "bytes", KV_MATH)
GRAPHS_PER_RANK = Constant("Graphs, each further card", 0.3e9, "bytes", KV_MATH)
MLX_PROCESS = Constant(
    "MLX beside weights, cache and prefill buffers",
    0.3 * GIB,
    "bytes",
    "https://github.com/enescingoz/mac-llm-bench",
    "median of the published peaks of 18 runs",
)
VISION_FACTOR = Constant("Vision projector at run time", 1.4, "x its file", UNSLOTH)


def compute_buffer_bytes(
    *,
    vocabulary_size: int,
    hidden_size: int,
    attention_heads: int,
    micro_batch: int,
    context_tokens: int,
    sequences: int = 1,
    has_slot_logits: bool | None = False,
    flash_attention: bool = True,
    is_quantized_cache: bool = False,
    is_latent: bool = False,
    is_split: bool = False,
) -> int:
    """The compute buffer of llama.cpp on one card, in bytes.

    Up to mid-2026 F15, from then F16; None for `has_slot_logits` takes the larger of
    the two. Without flash attention F17 is added. It does not shrink when layers stay
    on the processor (F18). Within about 5 %, and 150 MiB with everything else.

    >>> compute_buffer_bytes(vocabulary_size=151936, hidden_size=2048,
    ...     attention_heads=16, micro_batch=512, context_tokens=4096) / 2**20
    300.75
    """
    scores = 0
    if not flash_attention:
        scores = 4 * micro_batch * context_tokens * (1 + attention_heads)
    older = (vocabulary_size + hidden_size) * micro_batch * 4
    if has_slot_logits is False:
        return older + scores
    logits = vocabulary_size * micro_batch * 4 * (sequences - 1)
    newer = (4 * hidden_size * micro_batch * 4 + logits) * SLOT_FACTOR.value
    if is_quantized_cache:
        scratch = DEQUANTIZE_LATENT if is_latent else DEQUANTIZE
        newer += scratch.value * hidden_size * context_tokens
    else:
        copies = LAYER_SPLIT_COPIES.value if is_split else 1
        newer += micro_batch * 2 * copies * context_tokens
    larger = max(newer, older) if has_slot_logits is None else newer
    return round(larger) + scores


def batch_surcharge_bytes(rules: EngineRules, context_tokens: int) -> int:
    """What Ollama adds for long contexts, in bytes; 0 for other engines."""
    if rules.slug != "ollama" or context_tokens <= 4096:
        return 0
    above = OLLAMA_BATCH_ABOVE_32K if context_tokens > 32768 else OLLAMA_BATCH_ABOVE_4K
    return round(above.value)


def batched_tokens(
    rules: EngineRules, *, card_bytes: int, asked: int | None = None
) -> int:
    """Tokens a server engine puts into one step: as asked, or its default. F25."""
    if asked is not None:
        return asked
    return LARGE_BATCH if card_bytes >= LARGE_CARD.value else rules.micro_batch


def activation_bytes(
    model: ModelArchitecture,
    rules: EngineRules,
    *,
    card_bytes: int,
    ranks: int,
    asked_tokens: int | None,
) -> int:
    """Activation peak of a server engine on one card, in bytes. Source: F25.

    Cards of 60 GiB and more at their default batch: the published figure of the
    class. Others, and an explicit batch: 2 x tokens x heads x head size x c. Linear
    attention adds its prefill scratch. Plus or minus 1.5 GB.
    """
    experts = model.experts is not None or _is_sparse(model)
    engine = "sglang" if rules.kind == "sglang" else "vllm"
    if asked_tokens is None and card_bytes >= LARGE_CARD.value:
        if model.vision_bytes:
            return round(VISION_ACTIVATION.value)
        large = EXPERT_ACTIVATION if experts else DENSE_ACTIVATION
        return round(large.value)
    tokens = batched_tokens(rules, card_bytes=card_bytes, asked=asked_tokens)
    factor = PER_TOKEN[engine, experts][min(3, max(0, ranks - 1).bit_length())]
    size = 2 * tokens * model.attention_heads * model.head_dim * factor
    least = ACTIVATION_MINIMUM.value
    if engine == "sglang":
        size, least = size * SGLANG_FACTOR.value, SGLANG_MINIMUM.value
    return round(max(size, least)) + linear_scratch_bytes(model, tokens, ranks)


def _is_sparse(model: ModelArchitecture) -> bool:
    active = model.active_parameters
    return active is not None and active < 0.7 * model.total_parameters


def linear_scratch_bytes(model: ModelArchitecture, tokens: int, ranks: int) -> int:
    """Prefill scratch of gated linear attention on one card, in bytes.

    Exact on one failed allocation of 96.00 MiB (48 heads, 2,048 tokens). Source:
    https://github.com/noonghunna/club-3090/blob/master/docs/KV_MATH.md
    """
    heads = 0
    for group in model.groups:
        if group.kind is LayerKind.LINEAR and group.state is not None:
            heads = max(heads, group.state.inner_size // 128)
    heads = -(-heads // ranks)
    return tokens * heads * (128 * 128 * 2 // 64 + 2 * 128 * 2)


def other_bytes(
    rules: EngineRules, *, card_bytes: int, ranks: int, utilization: float
) -> int:
    """What a server engine holds beside weights, cache and activations, on one card.

    CUDA context, collective buffers and, from vLLM 0.21, the captured graphs.
    """
    if card_bytes < LARGE_CARD.value:
        size = NON_TORCH_SMALL.value
    else:
        size = NON_TORCH_ONE.value if ranks == 1 else NON_TORCH_MANY.value
    if rules.counts_graphs:
        size += GRAPHS_BASE.value + GRAPHS_PER_SHARE.value * utilization
        size += GRAPHS_PER_RANK.value * (ranks - 1)
    return round(size)


def pool_bytes(
    *,
    total_bytes: float,
    utilization: float,
    weights_bytes: float,
    activation_bytes: float,
    other_bytes: float,
) -> int:
    """What vLLM leaves for its cache on one card, in bytes. Source: F24.

    >>> gib = 2**30
    >>> round(pool_bytes(total_bytes=79.22 * gib, utilization=0.9,
    ...     weights_bytes=14.96 * gib, activation_bytes=1.26 * gib,
    ...     other_bytes=1.79 * gib) / gib, 2)
    53.29
    """
    used = weights_bytes + activation_bytes + other_bytes
    return round(total_bytes * utilization - used)


def process_bytes(rules: EngineRules, *, is_metal: bool) -> int:
    """Context and libraries of one process on one card, in bytes. Source: F19."""
    if is_metal and rules.slug == "ollama":
        return 512 * MIB
    if rules.kind == "mlx":
        return round(MLX_PROCESS.value)
    return rules.context_bytes or (0 if is_metal else round(CUDA_CONTEXT.value))
