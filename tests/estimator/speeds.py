"""Cards, rows and answers for the tests of speed."""

from estimator.answers import Placement
from estimator.fit import estimate
from estimator.inputs import SplitMode
from estimator.measurements import Measurement
from estimator.speed import speeds
from estimator.weights import weights_of
from tests.estimator.factories import make_card, make_model, make_request

CARDS = {
    "nvidia-gddr": {"memory_type": "GDDR6X", "compute_capability": "8.9"},
    "nvidia-hbm": {"memory_type": "HBM3", "compute_capability": "9.0"},
    "amd-radeon": {"vendor": "AMD", "memory_type": "GDDR6"},
    "apple-wide": {
        "vendor": "Apple",
        "kind": "apple_soc",
        "has_unified_memory": True,
        "fp32_tflops": 14.2,
    },
}


def make_fast_card(name="nvidia-gddr", gib=24, **values):
    defaults = {"fp32_tflops": 82.6, "fp16_tensor_tflops": 165.0}
    return make_card(gib, **defaults | CARDS[name] | values)


def speeds_of(model=None, quantization="Q4_K_M", **values):
    """The speeds of a whole estimate."""
    values.setdefault("cards", [make_fast_card()])
    return estimate(make_request(model, quantization, **values), speeds).speeds


def make_row(**values):
    """A usable row: Llama 3.1 8B in Q4_K_M on one card, by llama.cpp."""
    model = values.pop("model", None) or make_model()
    quantization = values.pop("quantization", "Q4_K_M")
    defaults = {
        "slug": "bm-1",
        "engine": "llama-cpp",
        "card": make_fast_card(),
        "model": model,
        "model_slug": "llama-3-1-8b",
        "quantization": quantization,
        "weights": weights_of(model, quantization, "gguf"),
        "output_tokens": 128,
        "decode": 120.0,
        "confidence": "Moderate",
    }
    return Measurement(**defaults | values)


def placed_on_cards(weights, host_read=0):
    read = round(weights.total_bytes * weights.active_share)
    return Placement(
        devices=(),
        host=None,
        split=SplitMode.NONE,
        gpu_layers=32,
        host_read_bytes=host_read,
        card_read_bytes=read - host_read,
    )
