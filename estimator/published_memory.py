"""Published memory figures, and what the formulas answer for the same set-up.

The keys are those of the formula sheet. Each value keeps its source, so that the page
that shows the error can be checked.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from estimator.buffers import pool_bytes
from estimator.inputs import Experts
from estimator.published_setups import (
    DELTA,
    GB,
    GIB,
    LARGE,
    MIB,
    architecture,
    asked,
    full_group,
    latent_group,
    size_of,
)

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


def _files() -> Iterator[PublishedValue]:
    small = architecture("Llama 3.1 8B")
    for name, gib in FILES_8B:
        size = size_of(asked(small, name), "weights")
        words = f"Llama 3.1 8B {name}, file"
        yield PublishedValue("V1", words, gib * GIB, size, 0.002, QUANTIZE)
    for name, gb in FILES_70B:
        size = size_of(asked(LARGE, name), "weights")
        words = f"Llama 3.1 70B {name}, file"
        yield PublishedValue("V2", words, gb * GB, size, 0.03, OZEKI)


def _other_files() -> Iterator[PublishedValue]:
    weights: Callable[..., float] = lambda *args, **values: size_of(  # noqa: E731
        asked(*args, **values), "weights"
    )
    experts = architecture(
        "Qwen3 30B A3B",
        total_parameters=30_532_122_624,
        layers=48,
        hidden_size=2048,
        feed_forward_size=0,
        vocabulary_size=151936,
        groups=(full_group(48, 4),),
        experts=Experts(count=128, active=8, intermediate_size=768),
    )
    issue = f"{LLAMA}/issues/14235"
    words, published = "Qwen3 30B A3B Q4_K_M, file", 17.28 * GIB
    yield PublishedValue(
        "V3", words, published, weights(experts, "Q4_K_M"), 0.01, issue
    )
    middle = architecture(
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
    yield from _files_of_ollama(weights)
    for name, layers, count, parameters, gib in (
        ("gpt-oss 120B", 36, 128, 116_829_156_672, 59.02),
        ("gpt-oss 20B", 24, 32, 20_914_757_184, 11.27),
    ):
        model = architecture(
            name,
            total_parameters=parameters,
            layers=layers,
            hidden_size=2880,
            attention_heads=64,
            head_dim=64,
            feed_forward_size=0,
            vocabulary_size=201088,
            groups=(
                full_group(layers // 2, 8, 64),
                full_group(layers // 2, 8, 64, 128),
            ),
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


def _files_of_ollama(weights: Callable[..., float]) -> Iterator[PublishedValue]:
    """Two files that Ollama's own tool made. Its mix of types is not llama.cpp's."""
    dense = architecture(
        "Qwen3 32B",
        total_parameters=32_762_123_264,
        layers=64,
        hidden_size=5120,
        attention_heads=64,
        head_dim=128,
        feed_forward_size=25600,
        vocabulary_size=151936,
        groups=(full_group(64, 8),),
    )
    sparse = architecture(
        "Qwen3 235B A22B",
        total_parameters=235_093_634_560,
        layers=94,
        hidden_size=4096,
        attention_heads=64,
        head_dim=128,
        feed_forward_size=0,
        vocabulary_size=151936,
        groups=(full_group(94, 4),),
        experts=Experts(count=128, active=8, intermediate_size=1536),
    )
    for model, gib, number in ((dense, 18.81, 10911), (sparse, 132.63, 10810)):
        yield PublishedValue(
            "V4",
            f"{model.name} Q4_K_M, file of Ollama",
            gib * GIB,
            weights(model, "Q4_K_M"),
            0.001,
            f"https://github.com/ollama/ollama/issues/{number}",
        )


def _caches() -> Iterator[PublishedValue]:
    small = architecture(
        "Qwen2.5 3B",
        total_parameters=3_085_938_688,
        layers=36,
        hidden_size=2048,
        attention_heads=16,
        vocabulary_size=151936,
        has_tied_embeddings=True,
        groups=(full_group(36, 2),),
    )
    answer = asked(small, version="b4500", context_tokens=4096)
    issue = "https://github.com/SciSharp/LLamaSharp/issues/1099"
    words, size = "Qwen2.5 3B at 4 096, cache", size_of(answer, "kv_cache")
    yield PublishedValue("V8", words, 144 * MIB, size, 0, issue)
    words, size = "Qwen2.5 3B, compute buffer", size_of(answer, "compute_buffer")
    yield PublishedValue("V8", words, 300.75 * MIB, size, 0, issue)
    latent = architecture("DeepSeek V3", layers=61, groups=(latent_group(61),))
    answer = asked(latent, context_tokens=32768, kv_cache_type="q8_0")
    issue = "https://github.com/ikawrakow/ik_llama.cpp/pull/259"
    words, size = "DeepSeek V3 at 32 768, q8_0, cache", size_of(answer, "kv_cache")
    yield PublishedValue("V9", words, 1166.625 * MIB, size, 0, issue)
    hybrid = architecture("Qwen3.5 9B", groups=(full_group(8, 4, 256), DELTA))
    size = size_of(asked(hybrid), "recurrent_state")
    issue = "https://github.com/JamePeng/llama-cpp-python/issues/78"
    words = "Qwen3.5 9B, recurrent state"
    yield PublishedValue("V11", words, 50.25 * MIB, size, 0, issue)
    windowed = architecture(
        "Command R7B",
        vocabulary_size=256000,
        has_tied_embeddings=True,
        groups=(full_group(8), full_group(24, window=4096)),
    )
    ask = partial(asked, windowed, version="b5430", context_tokens=31000)
    whole = size_of(ask(full_size_window_cache=True), "kv_cache")
    saved, issue = whole - size_of(ask(), "kv_cache"), f"{LLAMA}/pull/13194"
    words = "Command R7B at 31 000, saved by the window"
    yield PublishedValue("V14", words, 2344 * MIB, saved, 0.01, issue)
    long = architecture("Laguna", layers=12, groups=(full_group(12),))
    answer = asked(long, context_tokens=1_048_576, kv_cache_type="q4_0")
    words, size = "Laguna at 1 048 576, q4_0, cache", size_of(answer, "kv_cache")
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
    small = architecture(
        "Qwen3 4B",
        total_parameters=4_022_468_096,
        layers=36,
        hidden_size=2560,
        has_tied_embeddings=True,
        vocabulary_size=151936,
    )
    size = size_of(asked(small, "BF16", engine="vllm"), "weights")
    issue = "https://github.com/kyuz0/amd-strix-halo-vllm-toolboxes/pull/5"
    words = "vLLM, Qwen3 4B BF16, resident weights"
    yield PublishedValue("V19", words, 7.6785 * GIB, size, 0.01, issue)
