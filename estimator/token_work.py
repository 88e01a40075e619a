"""What a machine has to do for one token: bytes to read, weights to unpack, layers."""

import re
from dataclasses import dataclass
from functools import lru_cache

from estimator.answers import WeightBytes
from estimator.cache import STATE_ELEMENT_BYTES, element_bytes, state_elements
from estimator.gguf import mix_bits
from estimator.inputs import Hardware, LayerKind, ModelArchitecture
from estimator.quantizations import MIXES

FEATURES = (
    "bytes of weights, at peak bandwidth",
    "weights to unpack, at peak FP32 rate",
    "layers",
    "layers with norms behind attention and feed-forward",
    "layers with linear attention",
)
UNITS = ("", "operations per weight", "ms per layer", "ms per layer", "ms per layer")
LAYER_COST = 2
"""Place of the cost of a layer."""

UNPACK_SHARES: tuple[tuple[str, float], ...] = (
    ("F16", 0.0),
    ("BF16", 0.0),
    ("F32", 0.0),
    ("FP16", 0.0),
    ("Q8", 0.3),
    ("FP8", 0.0),
    ("Q4_0", 0.7),
    ("Q4_1", 0.7),
    ("MXFP4", 0.7),
)
"""Work to unpack one weight, as a share of that of a K-quant. Q8_0 and the old
four-bit forms have one scale per block; K-quants and IQ forms have two levels."""
UNKNOWN_FP32_TFLOPS = 20.0
"""Taken where no source gives the rate of a card."""

EXTRA_NORMS = re.compile(r"^gemma", re.IGNORECASE)
"""Families with four norms in a layer instead of two,
https://github.com/google/gemma_pytorch/blob/main/gemma/model.py."""
PER_LAYER_TABLES = re.compile(r"^gemma[ -](3n|4)[ -]e\dB", re.IGNORECASE)
PER_LAYER_WIDTH = 256
"""Gemma 3n and 4 E keep a table of 256 values per layer and word of the vocabulary.
A token reads one row of it (hidden_size_per_layer_input in their config.json)."""
RECURRENT = (LayerKind.LINEAR, LayerKind.STATE_SPACE)


@dataclass(frozen=True, slots=True)
class TokenWork:
    """The work of one token at depth 0, before any hardware is known."""

    read_bytes: float
    unpacked_weights: float
    """Weights that are read, times the work of their form."""
    layers: int
    extra_norm_layers: int
    recurrent_layers: int
    state_bytes: float
    """Recurrent state, read and written back."""
    active_parameters: float
    """Parameters that multiply for each token."""


@lru_cache(maxsize=8192)
def token_work(
    model: ModelArchitecture, weights: WeightBytes, quantization: str
) -> TokenWork:
    """Work for one token. Bytes; source F31 and F32.

    The input embedding is looked up, not read, and so are per-layer tables. Of the
    routed experts only the active ones count.
    """
    read = weights.total_bytes * weights.active_share
    parameters = float(model.text_parameters or model.total_parameters)
    looked_up = 0.0
    if PER_LAYER_TABLES.match(model.name):
        looked_up = float(model.layers * PER_LAYER_WIDTH * model.vocabulary_size)
        name = quantization.upper().removeprefix("UD-")
        rest = parameters - looked_up
        share = rest / parameters
        by_name = rest * mix_bits(name, parameters) / 8 if name in MIXES else read
        read = min(by_name, read * max(share, 0.3) * 1.5)
    share = read / weights.total_bytes if weights.total_bytes else 1.0
    active = (parameters - looked_up) if looked_up else parameters * share
    recurrent = [group for group in model.groups if group.kind in RECURRENT]
    state = sum(
        group.count * state_elements(group.state) * STATE_ELEMENT_BYTES * 2
        for group in recurrent
        if group.state is not None
    )
    has_extra = EXTRA_NORMS.match(model.name) is not None
    return TokenWork(
        read_bytes=read,
        unpacked_weights=active * unpack_share(quantization),
        layers=model.layers,
        extra_norm_layers=model.layers if has_extra else 0,
        recurrent_layers=sum(group.count for group in recurrent),
        state_bytes=float(state),
        active_parameters=active,
    )


def unpack_share(quantization: str) -> float:
    """Work to unpack one weight, 1 for a K-quant, 0 where nothing is packed.

    >>> unpack_share("Q4_K_M"), unpack_share("BF16"), unpack_share("UD-Q8_K_XL")
    (1.0, 0.0, 0.3)
    """
    name = quantization.upper().removeprefix("UD-")
    for prefix, share in UNPACK_SHARES:
        if name.startswith(prefix):
            return share
    return 1.0


@lru_cache(maxsize=16384)
def features(work: TokenWork, card: Hardware) -> tuple[float, ...]:
    """Seconds of each cost on this card if its constant were 1; layers count in ms."""
    rate = (card.fp32_tflops or UNKNOWN_FP32_TFLOPS) * 1e12
    return (
        work.read_bytes / (card.bandwidth_gb_s * 1e9),
        work.unpacked_weights / rate,
        work.layers * 1e-3,
        work.extra_norm_layers * 1e-3,
        work.recurrent_layers * 1e-3,
    )


@lru_cache(maxsize=16384)
def cache_read_bytes(
    model: ModelArchitecture, depth_tokens: int, kv_cache_type: str
) -> float:
    """Bytes of cache that one token reads at a depth. Source: F7 to F11.

    Windowed and chunked layers read no more than their window. A layer that shares
    another's cache reads it as well.
    """
    key, value = (float(size) for size in element_bytes(kv_cache_type))
    read = 0.0
    for group in model.groups:
        tokens = depth_tokens
        if (
            group.kind in (LayerKind.WINDOWED, LayerKind.CHUNKED)
            and group.window_tokens
        ):
            tokens = min(tokens, group.window_tokens)
        if group.kind is LayerKind.LATENT:
            read += (
                group.count * (group.latent_width + group.indexer_width) * key * tokens
            )
            continue
        width = group.key_head_dim * key + group.value_head_dim * value
        read += group.count * group.kv_heads * width * tokens
    return read
