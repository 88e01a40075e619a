"""What a machine has to do to read a prompt."""

from estimator.answers import WeightBytes
from estimator.inputs import Hardware, LayerKind, ModelArchitecture
from estimator.token_work import UNKNOWN_FP32_TFLOPS, TokenWork

PREFILL_FEATURES = (
    "operations of a token, at peak rate",
    "bytes of all weights, once per micro-batch, at peak bandwidth",
    "layers, once per micro-batch",
)
PREFILL_UNITS = ("", "", "ms per layer")
MICRO_BATCH = 512
"""llama.cpp's default, https://github.com/ggml-org/llama.cpp/blob/master/common/common.h."""
ATTENDING = (
    LayerKind.FULL,
    LayerKind.LATENT,
    LayerKind.WINDOWED,
    LayerKind.CHUNKED,
)


def peak_flops(card: Hardware) -> float:
    """Dense FP16 operations a second with FP32 accumulation; source F35.

    The FP16-accumulate peak of GeForce cards is halved. Without tensor cores, or where
    no source gives their rate, the FP32 rate stands.
    """
    if card.fp16_tensor_tflops is None:
        return (card.fp32_tflops or UNKNOWN_FP32_TFLOPS) * 1e12
    half = 1.0 if card.fp16_is_fp32_accumulate else 0.5
    return card.fp16_tensor_tflops * half * 1e12


def attention_operations(model: ModelArchitecture, depth_tokens: float) -> float:
    """Operations of attention for one token: 4 x depth x heads x head size."""
    width = model.attention_heads * (model.head_dim or 128)
    done = 0.0
    for group in model.groups:
        if group.kind in ATTENDING:
            window = group.window_tokens or depth_tokens
            done += 4 * min(depth_tokens, window) * width * group.count
    return done


def prefill_features(
    model: ModelArchitecture,
    weights: WeightBytes,
    work: TokenWork,
    card: Hardware,
    *,
    depth_tokens: float,
    micro_batch: int = MICRO_BATCH,
) -> tuple[float, ...]:
    """Seconds per prompt token of each cost if its constant were 1."""
    operations = 2 * work.active_parameters + attention_operations(model, depth_tokens)
    return (
        operations / peak_flops(card),
        weights.total_bytes / micro_batch / (card.bandwidth_gb_s * 1e9),
        model.layers * 1e-3 / micro_batch,
    )
