"""Published memory figures, and what the formulas answer for the same set-up.

The keys are those of the formula sheet. Each value keeps its source, so that the page
that shows the error can be checked.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from estimator.answers import Estimate
from estimator.buffers import pool_bytes
from estimator.fit import estimate
from estimator.inputs import (
    EngineChoice,
    Experts,
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
QUANTIZE = "https://github.com/ggml-org/llama.cpp/blob/master/tools/quantize/README.md"
OZEKI = "https://ozeki.chat/p_8590-understanding-ai-model-files.html"
LLAMA = "https://github.com/ggml-org/llama.cpp"
FILES_8B = (
    *(("Q2_K", 2.95), ("IQ3_M", 3.52), ("Q3_K_L", 4.02), ("IQ4_XS", 4.17)),
    *(("Q4_K_S", 4.36), ("Q4_K_M", 4.58), ("Q5_K_S", 5.21), ("Q5_K_M", 5.33)),
    *(("Q6_K", 6.14), ("Q8_0", 7.95), ("F16", 14.96)),
)
FILES_70B = (
    *(("Q3_K_M", 34.27), ("IQ4_XS", 37.90), ("Q4_K_S", 40.35), ("Q4_K_M", 42.52)),
    *(("Q5_K_M", 49.95), ("Q6_K", 57.89), ("Q8_0", 74.98)),
)


@dataclass(frozen=True, slots=True)
class PublishedValue:
    """A figure somebody printed or logged, and ours. Bytes."""

    key: str
    words: str
    published: float
    answered: float
    tolerance: float
    """The share that the formula can promise; 0: to the last printed digit."""
    source: str

    @property
    def error(self) -> float:
        return self.answered / self.published - 1


def published_values() -> list[PublishedValue]:
    """Every figure of the sheet that the formulas cover, in its order."""
    return [*_files(), *_other_files(), *_caches(), *_servers()]


def _model(name: str, **values: object) -> ModelArchitecture:
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
    values.setdefault("groups", (_full(int(str(values["layers"]))),))
    return ModelArchitecture(name=name, **values)  # type: ignore[arg-type]


def _full(count: int, heads: int = 8, size: int = 128, window: int = 0) -> LayerGroup:
    kind = LayerKind.WINDOWED if window else LayerKind.FULL
    group = partial(LayerGroup, kind=kind, count=count, kv_heads=heads)
    return group(key_head_dim=size, value_head_dim=size, window_tokens=window)


def _latent(count: int) -> LayerGroup:
    return LayerGroup(
        kind=LayerKind.LATENT, count=count, latent_width=576, value_head_dim=512
    )


LARGE = _model(
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


def _ask(
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


def _term(answer: Estimate, name: str) -> float:
    size = next(term.size_bytes for term in answer.terms if term.name == name)
    return float(size or 0)


def _files() -> Iterator[PublishedValue]:
    small = _model("Llama 3.1 8B")
    for name, gib in FILES_8B:
        size = _term(_ask(small, name), "weights")
        words = f"Llama 3.1 8B {name}, file"
        yield PublishedValue("V1", words, gib * GIB, size, 0.002, QUANTIZE)
    for name, gb in FILES_70B:
        size = _term(_ask(LARGE, name), "weights")
        words = f"Llama 3.1 70B {name}, file"
        yield PublishedValue("V2", words, gb * GB, size, 0.03, OZEKI)


def _other_files() -> Iterator[PublishedValue]:
    weights: Callable[..., float] = lambda *args, **values: _term(  # noqa: E731
        _ask(*args, **values), "weights"
    )
    experts = _model(
        "Qwen3 30B A3B",
        total_parameters=30_532_122_624,
        layers=48,
        hidden_size=2048,
        feed_forward_size=0,
        vocabulary_size=151936,
        groups=(_full(48, 4),),
        experts=Experts(count=128, active=8, intermediate_size=768),
    )
    issue = f"{LLAMA}/issues/14235"
    words, published = "Qwen3 30B A3B Q4_K_M, file", 17.28 * GIB
    yield PublishedValue(
        "V3", words, published, weights(experts, "Q4_K_M"), 0.01, issue
    )
    middle = _model(
        "Qwen2.5 14B",
        total_parameters=14_770_033_664,
        layers=48,
        hidden_size=5120,
        attention_heads=40,
        feed_forward_size=13824,
        vocabulary_size=152064,
    )
    issue = "https://github.com/gpustack/gpustack/issues/1681"
    words, published = "Qwen2.5 14B Q4_K_M, file", 8.37 * GIB
    yield PublishedValue(
        "V4", words, published, weights(middle, "Q4_K_M"), 0.001, issue
    )
    for name, layers, count, parameters, gib in (
        ("gpt-oss 120B", 36, 128, 116_829_156_672, 59.02),
        ("gpt-oss 20B", 24, 32, 20_914_757_184, 11.27),
    ):
        model = _model(
            name,
            total_parameters=parameters,
            layers=layers,
            hidden_size=2880,
            attention_heads=64,
            head_dim=64,
            feed_forward_size=0,
            vocabulary_size=201088,
            groups=(_full(layers // 2, 8, 64), _full(layers // 2, 8, 64, 128)),
            experts=Experts(
                count=count, active=4, intermediate_size=2880, has_biases=True
            ),
        )
        size, issue = weights(model, "MXFP4"), f"{LLAMA}/issues/15253"
        words = f"{name} MXFP4, file"
        yield PublishedValue("V5", words, gib * GIB, size, 0.001, issue)
    size = weights(LARGE, "BF16", memory_gib=192)
    issue = "https://github.com/llm-d/llm-d-benchmark/pull/381"
    words = "Llama 3.1 70B BF16, checkpoint"
    yield PublishedValue("V6", words, 131.42 * GIB, size, 0.003, issue)


def _caches() -> Iterator[PublishedValue]:
    small = _model(
        "Qwen2.5 3B",
        total_parameters=3_085_938_688,
        layers=36,
        hidden_size=2048,
        attention_heads=16,
        vocabulary_size=151936,
        has_tied_embeddings=True,
        groups=(_full(36, 2),),
    )
    answer = _ask(small, version="b4500", context_tokens=4096)
    issue = "https://github.com/SciSharp/LLamaSharp/issues/1099"
    words, size = "Qwen2.5 3B at 4 096, cache", _term(answer, "kv_cache")
    yield PublishedValue("V8", words, 144 * MIB, size, 0, issue)
    words, size = "Qwen2.5 3B, compute buffer", _term(answer, "compute_buffer")
    yield PublishedValue("V8", words, 300.75 * MIB, size, 0, issue)
    latent = _model("DeepSeek V3", layers=61, groups=(_latent(61),))
    answer = _ask(latent, context_tokens=32768, kv_cache_type="q8_0")
    issue = "https://github.com/ikawrakow/ik_llama.cpp/pull/259"
    words, size = "DeepSeek V3 at 32 768, q8_0, cache", _term(answer, "kv_cache")
    yield PublishedValue("V9", words, 1166.625 * MIB, size, 0, issue)
    hybrid = _model("Qwen3.5 9B", groups=(_full(8, 4, 256), DELTA))
    size = _term(_ask(hybrid), "recurrent_state")
    issue = "https://github.com/JamePeng/llama-cpp-python/issues/78"
    words = "Qwen3.5 9B, recurrent state"
    yield PublishedValue("V11", words, 50.25 * MIB, size, 0, issue)
    windowed = _model(
        "Command R7B",
        vocabulary_size=256000,
        has_tied_embeddings=True,
        groups=(_full(8), _full(24, window=4096)),
    )
    ask = partial(_ask, windowed, version="b5430", context_tokens=31000)
    whole = _term(ask(full_size_window_cache=True), "kv_cache")
    saved, issue = whole - _term(ask(), "kv_cache"), f"{LLAMA}/pull/13194"
    words = "Command R7B at 31 000, saved by the window"
    yield PublishedValue("V14", words, 2344 * MIB, saved, 0.01, issue)
    long = _model("Laguna", layers=12, groups=(_full(12),))
    answer = _ask(long, context_tokens=1_048_576, kv_cache_type="q4_0")
    words, size = "Laguna at 1 048 576, q4_0, cache", _term(answer, "kv_cache")
    yield PublishedValue("V21", words, 13824 * MIB, size, 0, "")


def _servers() -> Iterator[PublishedValue]:
    pool = pool_bytes(
        total_bytes=79.22 * GIB,
        utilization=0.9,
        weights_bytes=14.96 * GIB,
        activation_bytes=1.26 * GIB,
        other_bytes=1.79 * GIB,
    )
    issue = "https://github.com/vllm-project/vllm/pull/10511"
    words = "vLLM, Llama 3 8B on an H100, pool for the cache"
    yield PublishedValue("V16", words, 53.29 * GIB, pool, 0.001, issue)
    small = _model(
        "Qwen3 4B",
        total_parameters=4_022_468_096,
        layers=36,
        hidden_size=2560,
        has_tied_embeddings=True,
        vocabulary_size=151936,
    )
    size = _term(_ask(small, "BF16", engine="vllm"), "weights")
    issue = "https://github.com/kyuz0/amd-strix-halo-vllm-toolboxes/pull/5"
    words = "vLLM, Qwen3 4B BF16, resident weights"
    yield PublishedValue("V19", words, 7.6785 * GIB, size, 0.01, issue)
