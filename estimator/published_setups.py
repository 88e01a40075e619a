"""Set-ups of published memory figures, asked of the formulas with few words."""

from functools import partial

from estimator.answers import Estimate
from estimator.fit import estimate
from estimator.inputs import (
    EngineChoice,
    Hardware,
    LayerGroup,
    LayerKind,
    Machine,
    ModelArchitecture,
    RecurrentState,
    Request,
    WeightsChoice,
)

MIB, GIB, GB = 2**20, 2**30, 10**9
"""Bytes."""


def architecture(name: str, **values: object) -> ModelArchitecture:
    """Llama 3.1 8B, but for `values`; without `groups` every layer attends fully."""
    defaults: dict[str, object] = {
        "total_parameters": 8_030_261_248,
        "layers": 32,
        "hidden_size": 4096,
        "attention_heads": 32,
        "head_dim": 128,
        "feed_forward_size": 14336,
        "vocabulary_size": 128256,
        "has_tied_embeddings": False,
    }
    values = defaults | values
    values.setdefault("groups", (full_group(int(str(values["layers"]))),))
    return ModelArchitecture(name=name, **values)  # type: ignore[arg-type]


def full_group(
    count: int, heads: int = 8, size: int = 128, window: int = 0
) -> LayerGroup:
    """`count` layers with caches, of all tokens or of a window of them."""
    kind = LayerKind.WINDOWED if window else LayerKind.FULL
    group = partial(LayerGroup, kind=kind, count=count, kv_heads=heads)
    return group(key_head_dim=size, value_head_dim=size, window_tokens=window)


def latent_group(count: int) -> LayerGroup:
    """`count` layers of latent attention, as DeepSeek V3 has them."""
    return LayerGroup(
        kind=LayerKind.LATENT, count=count, latent_width=576, value_head_dim=512
    )


LARGE = architecture(
    "Llama 3.1 70B",
    total_parameters=70_553_706_496,
    layers=80,
    hidden_size=8192,
    attention_heads=64,
    feed_forward_size=28672,
)
DELTA = LayerGroup(
    kind=LayerKind.LINEAR,
    count=24,
    state=RecurrentState(inner_size=4096, state_size=128, groups=16, kernel_size=4),
)


def asked(
    model: ModelArchitecture,
    quantization: str = "Q4_K_M",
    *,
    engine: str = "llama-cpp",
    version: str = "",
    memory_gib: int = 24,
    context_tokens: int = 8192,
    kv_cache_type: str = "f16",
    full_size_window_cache: bool = False,
) -> Estimate:
    """What the formulas say of a model on one card of a made-up kind."""
    card = Hardware(
        slug="card",
        name="a card",
        vendor="NVIDIA",
        kind="gpu",
        memory_bytes=memory_gib * GIB,
        bandwidth_gb_s=1000.0,
    )
    choice = EngineChoice(
        slug=engine, version=version, full_size_window_cache=full_size_window_cache
    )
    return estimate(
        Request(
            model=model,
            weights=WeightsChoice(quantization=quantization),
            engine=choice,
            machine=Machine(cards=(card,)),
            context_tokens=context_tokens,
            kv_cache_type=kv_cache_type,
        )
    )


def size_of(answer: Estimate, name: str) -> float:
    """Bytes of one term of an answer; 0 where it is not known."""
    size = next(term.size_bytes for term in answer.terms if term.name == name)
    return float(size or 0)
