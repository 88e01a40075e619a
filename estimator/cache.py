"""Memory between tokens: attention caches and recurrent states."""

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from estimator.engines import EngineRules
from estimator.inputs import LayerGroup, LayerKind, ModelArchitecture, RecurrentState

LLAMA_CPP_PAD = 256
"""Cells are allocated in steps of so many,
https://github.com/ggml-org/llama.cpp/blob/master/src/llama-kv-cache.cpp."""

STATE_ELEMENT_BYTES = 4
"""States are F32, https://github.com/JamePeng/llama-cpp-python/issues/78."""

ELEMENT_BYTES: dict[str, Fraction] = {
    "f32": Fraction(4),
    "f16": Fraction(2),
    "bf16": Fraction(2),
    "q8_0": Fraction(34, 32),
    "q5_1": Fraction(24, 32),
    "q5_0": Fraction(22, 32),
    "q4_1": Fraction(20, 32),
    "q4_0": Fraction(18, 32),
    "iq4_nl": Fraction(18, 32),
    "fp8": Fraction(1),
    "nvfp4": Fraction(9, 16),
    "q6": Fraction(26, 32),
}
"""Bytes per cached element, block scales included (F8). Eight bits are not one byte in
llama.cpp: each 32 values carry a scale of two bytes. Sources: ggml-common.h and
https://github.com/vllm-project/vllm/blob/main/vllm/v1/kv_cache_interface.py."""

PER_HEAD_SCALE = Fraction(4)
"""vLLM per-token-head caches add one F32 scale for each head's key and value."""

DS_MLA_BYTES = 656
"""Bytes per token and layer of vLLM's fp8_ds_mla, kv_cache_interface.py."""

KV_ALIASES = {
    "": "f16",
    "auto": "f16",
    "fp16": "f16",
    "float16": "f16",
    "half": "f16",
    "bfloat16": "bf16",
    "float32": "f32",
    "fp32": "f32",
    "fp8_e4m3": "fp8",
    "fp8_e5m2": "fp8",
    "e4m3": "fp8",
    "int8": "fp8",
    "q8": "q8_0",
    "8bit": "q8_0",
    "q5": "q5_0",
    "q4": "q4_0",
    "4bit": "q4_0",
    "fp4": "nvfp4",
    "int4": "q4_0",
    "6bit": "q6",
}
PER_HEAD_TYPES = {"int8_per_token_head", "fp8_per_token_head"}


class UnknownCacheTypeError(ValueError):
    pass


@lru_cache(maxsize=256)
def element_bytes(kv_cache_type: str) -> tuple[Fraction, Fraction]:
    """Bytes of one element of keys and of values.

    "q8_0/q4_0" gives keys and values a type each. Names of other engines are
    understood. Raises UnknownCacheTypeError. Source: F8.

    >>> [float(size) for size in element_bytes("q8_0")]
    [1.0625, 1.0625]
    """
    words = kv_cache_type.lower().replace(",", "/").split("/")
    names = [KV_ALIASES.get(word.strip(), word.strip()) for word in words]
    for number, name in enumerate(names):
        if name in PER_HEAD_TYPES or name == "fp8_ds_mla":
            names[number] = "fp8"
        elif name not in ELEMENT_BYTES:
            known = ", ".join(ELEMENT_BYTES)
            raise UnknownCacheTypeError(
                f"No cache type {kv_cache_type!r}. Use one of {known}."
            )
    return ELEMENT_BYTES[names[0]], ELEMENT_BYTES[names[-1]]


def padded(tokens: int, step: int) -> int:
    """Tokens rounded up to whole steps.

    >>> padded(31000, 256)
    31232
    """
    return -(-tokens // step) * step


def state_elements(state: RecurrentState) -> int:
    """Elements one layer keeps for one sequence. Source: F12.

    >>> state_elements(RecurrentState(inner_size=4096, state_size=128, groups=16,
    ...     kernel_size=4)) * 24 * 4 / 2**20
    50.25
    """
    mixed = state.inner_size + 2 * state.groups * state.state_size
    return state.inner_size * state.state_size + (state.kernel_size - 1) * mixed


@dataclass(frozen=True, slots=True)
class CacheShape:
    """The cache of a model in one engine and type, over all cards, ready to multiply.

    `copies` says how often what cannot be divided lies in memory.
    """

    full_bytes: float
    """Per cell, over all layers that keep every token."""
    windows: tuple[tuple[int, float], ...]
    """(window, bytes per cell) of the windowed layers."""
    state_bytes: int
    """Per sequence."""
    replicated_bytes: float
    """Part of full_bytes that every card of a tensor-parallel group holds."""


@lru_cache(maxsize=4096)
def cache_shape(
    model: ModelArchitecture, rules: EngineRules, kv_cache_type: str, ranks: int = 1
) -> CacheShape:
    """Bytes per cell of each kind of layer, summed over `ranks` tensor-parallel cards.

    Grouped heads are divided among the ranks, one at least for each; the latent of
    MLA lies on every rank (F11). Layers that share a cache count once.
    """
    key, value = element_bytes(kv_cache_type)
    per_head = kv_cache_type.lower() in PER_HEAD_TYPES
    full = replicated = Fraction(0)
    windows: dict[int, Fraction] = {}
    state = 0
    for group in model.groups:
        if group.state is not None:
            state += group.count * state_elements(group.state) * STATE_ELEMENT_BYTES
        if not group.owns_cache:
            continue
        if group.kind is LayerKind.LATENT:
            latent = _latent_bytes(group, key, kv_cache_type) * ranks
            if rules.keeps_latent_twice:
                latent += group.count * group.value_head_dim * value * ranks
            full += latent
            replicated += latent
            continue
        size = _head_bytes(group, key, value, ranks)
        if per_head:
            size += group.count * 2 * group.kv_heads * PER_HEAD_SCALE
        windowed = group.kind in (LayerKind.WINDOWED, LayerKind.CHUNKED)
        if windowed and group.window_tokens and rules.has_window_cache:
            window = group.window_tokens
            windows[window] = windows.get(window, Fraction(0)) + size
        else:
            full += size
    return CacheShape(
        float(full),
        tuple((window, float(size)) for window, size in windows.items()),
        state,
        float(replicated),
    )


def _latent_bytes(group: LayerGroup, key: Fraction, kv_cache_type: str) -> Fraction:
    if kv_cache_type.lower() == "fp8_ds_mla":
        return Fraction(group.count * DS_MLA_BYTES)
    return group.count * (group.latent_width + group.indexer_width) * key


def _head_bytes(
    group: LayerGroup, key: Fraction, value: Fraction, ranks: int
) -> Fraction:
    heads = max(1, -(-group.kv_heads // ranks)) * ranks if group.kv_heads else 0
    width = group.key_head_dim * key + group.value_head_dim * value
    return group.count * heads * width


def cells(rules: EngineRules, context_tokens: int, sequences: int) -> int:
    """Cells (or tokens) that the full layers keep, over all sequences. Source: F9.

    >>> from estimator.engines import rules_of
    >>> cells(rules_of("llama-cpp", ""), 31000, 1)
    31232
    """
    if rules.shares_context:
        if rules.unified_cache:
            return padded(context_tokens, rules.cell_step)
        share = -(-context_tokens // sequences)
        return sequences * padded(share, rules.cell_step)
    return sequences * padded(context_tokens, rules.cell_step)


def window_cells(
    rules: EngineRules, window: int, context_tokens: int, sequences: int, batch: int
) -> int:
    """Cells that a windowed layer keeps, over all sequences. Source: F10.

    >>> from estimator.engines import rules_of
    >>> window_cells(rules_of("llama-cpp", "b5400"), 4096, 31000, 1, 2048)
    6144
    """
    all_cells = cells(rules, context_tokens, sequences)
    if rules.has_block_window:
        blocks = -(-(window - 1 + batch) // rules.cell_step) + 1
        return min(all_cells, sequences * blocks * rules.cell_step)
    streams = 1 if rules.unified_cache and rules.shares_context else sequences
    shared = sequences if streams == 1 else 1
    kept = padded(window * shared + batch, rules.cell_step)
    return streams * min(all_cells // streams, kept)


def cache_bytes(
    shape: CacheShape,
    rules: EngineRules,
    *,
    context_tokens: int,
    sequences: int = 1,
    batch: int = 512,
) -> int:
    """The attention cache in bytes, over all cards. Sources: F7, F9, F10, F11.

    `batch` is what the window rule of the engine adds: micro-batch, batch or batched
    tokens. Exact for llama.cpp; other engines allocate within 0.1 % of it.
    """
    size = shape.full_bytes * cells(rules, context_tokens, sequences)
    for window, per_cell in shape.windows:
        kept = window_cells(rules, window, context_tokens, sequences, batch)
        size += per_cell * kept
    return round(size)
