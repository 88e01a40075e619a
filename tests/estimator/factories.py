"""Questions for the estimator: valid and ordinary unless told otherwise."""

from estimator.fit import estimate
from estimator.inputs import (
    EngineChoice,
    Experts,
    Hardware,
    Host,
    KnownSize,
    LayerGroup,
    LayerKind,
    Machine,
    ModelArchitecture,
    RecurrentState,
    Request,
    WeightsChoice,
)

MIB, GIB = 2**20, 2**30


def make_group(count, kv_heads=8, head_dim=128, window=0):
    return LayerGroup(
        kind=LayerKind.WINDOWED if window else LayerKind.FULL,
        count=count,
        kv_heads=kv_heads,
        key_head_dim=head_dim,
        value_head_dim=head_dim,
        window_tokens=window,
    )


def make_latent(count, rank=512, rotary=64):
    return LayerGroup(
        kind=LayerKind.LATENT,
        count=count,
        latent_width=rank + rotary,
        value_head_dim=rank,
    )


def make_linear(count, value_heads, key_heads):
    return LayerGroup(
        kind=LayerKind.LINEAR,
        count=count,
        state=RecurrentState(
            inner_size=value_heads * 128,
            state_size=128,
            groups=key_heads,
            kernel_size=4,
        ),
    )


def make_model(name="Llama 3.1 8B", **values):
    defaults = {
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
    if "groups" not in values:
        values["groups"] = (make_group(values["layers"]),)
    return ModelArchitecture(name=name, **values)


def make_large_model():
    return make_model(
        "Llama 3.1 70B",
        total_parameters=70_553_706_496,
        layers=80,
        hidden_size=8192,
        attention_heads=64,
        feed_forward_size=28672,
    )


def make_expert_model(**values):
    defaults = {
        "total_parameters": 30_532_122_624,
        "active_parameters": 3_300_000_000,
        "layers": 48,
        "hidden_size": 2048,
        "attention_heads": 32,
        "feed_forward_size": 0,
        "vocabulary_size": 151936,
        "groups": (make_group(48, kv_heads=4),),
        "experts": Experts(count=128, active=8, intermediate_size=768),
    }
    return make_model("Qwen3 30B A3B", **defaults | values)


def make_windowed_model(full=8, windowed=24, window=4096):
    return make_model(
        "Command R7B",
        total_parameters=8_028_033_024,
        vocabulary_size=256000,
        has_tied_embeddings=True,
        groups=(make_group(full), make_group(windowed, window=window)),
    )


def make_card(gib=24, **values):
    defaults = {
        "slug": f"card-{gib}",
        "name": f"Card with {gib} GB",
        "vendor": "NVIDIA",
        "kind": "gpu",
        "memory_bytes": gib * GIB,
        "bandwidth_gb_s": 1008.0,
    }
    return Hardware(**defaults | values)


def make_request(
    model=None,
    quantization="Q4_K_M",
    *,
    cards=None,
    engine="llama-cpp",
    version="",
    split=None,
    host=None,
    weights_bytes=None,
    engine_options=None,
    **values,
):
    size = KnownSize(size_bytes=weights_bytes, is_exact=True) if weights_bytes else None
    return Request(
        model=model or make_model(),
        weights=WeightsChoice(quantization=quantization, size=size),
        engine=EngineChoice(slug=engine, version=version, **engine_options or {}),
        machine=Machine(
            cards=tuple(cards or [make_card()]), split=split, host=host or Host()
        ),
        **{"context_tokens": 8192} | values,
    )


def estimated(*args, **values):
    return estimate(make_request(*args, **values))


def term(answer, name):
    return next(term.size_bytes for term in answer.terms if term.name == name)
