"""What each engine does by itself, by version."""

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import lru_cache

from estimator.answers import Constant
from estimator.inputs import EngineChoice, SplitMode

MIB, GIB = 2**20, 2**30
LLAMA_CPP = "https://github.com/ggml-org/llama.cpp"
OLLAMA = "https://github.com/ollama/ollama"
UNSLOTH = "https://github.com/unslothai/unsloth/pull/11043"
GGUF_PARSER = "https://github.com/gpustack/gguf-parser-go"
VLLM_BACKEND = (
    "https://github.com/ai-dynamo/aiconfigurator/blob/main/aic-core/src"
    "/aiconfigurator_core/sdk/backends/vllm_backend.py"
)

WINDOW_CACHE_SINCE = 5427
"""llama.cpp build that first kept windowed layers small (20 May 2025), pull/13194."""
WINDOW_ADDS_MICRO_BATCH_SINCE = 5554
"""llama.cpp build that adds the micro-batch instead of the batch (31 May 2025),
pull/13833."""
SLOT_LOGITS_SINCE = 9400
"""llama.cpp build from which logits of one slot leave the card (June 2026), pull/23861.
The number is estimated from the date."""
LATENT_ONCE_SINCE = 7870
"""llama.cpp build from which latent attention keeps no second copy for the values
(January 2026), pull/19067. The number is estimated from the date."""
BUILD_DATES = (
    ("2024-01", 1740),
    ("2024-07", 3270),
    ("2025-01", 4400),
    ("2025-04", 5010),
    ("2025-05", 5240),
    ("2025-06", 5560),
    ("2025-07", 5790),
    ("2025-10", 6660),
    ("2026-01", 7600),
    ("2026-04", 8600),
    ("2026-06", 9400),
    ("2026-12", 12000),
)
"""Month to llama.cpp build, roughly, for versions given as a date."""

CUDA_CONTEXT = Constant("Context and libraries per card", 320 * MIB, "bytes", UNSLOTH)
OLLAMA_CONTEXT = Constant("Ollama's reserve per card", 457 * MIB, "bytes", OLLAMA)
METAL_CONTEXT = Constant("Ollama's reserve on Metal", 512 * MIB, "bytes", OLLAMA)
FURTHER_CARD = Constant(
    "Each further card of a layer split",
    0.95 * GIB,
    "bytes",
    UNSLOTH,
    "graph copies, context and compute buffer together",
)
OLLAMA_BATCH_ABOVE_4K = Constant(
    "Ollama above 4,096 tokens", 768 * MIB, "bytes", OLLAMA
)
OLLAMA_BATCH_ABOVE_32K = Constant(
    "Ollama above 32,768 tokens", 2 * GIB, "bytes", OLLAMA
)
FIT_TARGET = Constant(
    "Left free on each card (--fit-target)",
    1024 * MIB,
    "bytes",
    f"{LLAMA_CPP}/pull/16653",
)
HOST_PROCESS = Constant("Host memory of the process", 150 * MIB, "bytes", GGUF_PARSER)
VLLM_UTILIZATION = Constant("vLLM share, from 0.22", 0.92, "share", VLLM_BACKEND)
VLLM_OLD_UTILIZATION = Constant("vLLM share, up to 0.21", 0.90, "share", VLLM_BACKEND)
TENSORRT_FREE_SHARE = Constant(
    "TensorRT-LLM share of what is free",
    0.90,
    "share",
    "https://nvidia.github.io/TensorRT-LLM/llm-api/reference/KvCacheConfig.html",
)


@dataclass(frozen=True, slots=True, eq=False)
class EngineRules:
    """The habits of one engine in one version."""

    slug: str
    family: str
    """gguf, mlx, exl or server: the weight format it reads."""
    kind: str
    """llama.cpp, mlx, exllama, vllm, sglang or tensorrt: whose memory rules apply."""
    split: SplitMode
    cell_step: int
    shares_context: bool = False
    """The context is one budget for all sequences."""
    unified_cache: bool = False
    has_window_cache: bool = True
    has_block_window: bool = False
    window_adds_micro_batch: bool = True
    has_slot_logits: bool | None = None
    """Newer compute buffer; None: version not stated, the larger one is taken."""
    keeps_latent_twice: bool = False
    context_bytes: int = round(CUDA_CONTEXT.value)
    margin_bytes: int = 0
    utilization: float | None = None
    counts_graphs: bool = False
    can_offload: bool = False
    keeps_table_on_host: bool = False
    micro_batch: int = 512
    batch: int = 2048
    default_context: int | None = None

    @property
    def reserves(self) -> bool:
        """It takes a fixed share of the card, whatever the model needs."""
        return self.kind in ("vllm", "sglang", "tensorrt")

    @property
    def is_llama(self) -> bool:
        return self.kind == "llama.cpp"


_LLAMA = EngineRules(
    slug="llama-cpp",
    family="gguf",
    kind="llama.cpp",
    split=SplitMode.LAYER,
    cell_step=256,
    shares_context=True,
    unified_cache=True,
    margin_bytes=round(FIT_TARGET.value),
    can_offload=True,
    keeps_table_on_host=True,
    default_context=4096,
)
_VLLM = EngineRules(
    slug="vllm",
    family="server",
    kind="vllm",
    split=SplitMode.TENSOR,
    cell_step=16,
    has_block_window=True,
    utilization=VLLM_UTILIZATION.value,
    counts_graphs=True,
    micro_batch=2048,
)
_EXLLAMA = EngineRules(
    slug="exllamav3",
    family="exl",
    kind="exllama",
    split=SplitMode.LAYER,
    cell_step=256,
    has_window_cache=False,
    keeps_table_on_host=True,
    micro_batch=2048,
)
_MLX = EngineRules(
    slug="mlx",
    family="mlx",
    kind="mlx",
    split=SplitMode.NONE,
    cell_step=256,
    micro_batch=2048,
    context_bytes=0,
)
RULES: dict[str, EngineRules] = {
    "llama-cpp": _LLAMA,
    "ollama": replace(
        _LLAMA,
        slug="ollama",
        shares_context=False,
        context_bytes=round(OLLAMA_CONTEXT.value),
        margin_bytes=0,
        default_context=None,
    ),
    "lm-studio": replace(_LLAMA, slug="lm-studio"),
    "vllm": _VLLM,
    "sglang": replace(
        _VLLM,
        slug="sglang",
        kind="sglang",
        cell_step=1,
        utilization=None,
        counts_graphs=False,
        has_block_window=False,
    ),
    "tensorrt-llm": replace(
        _VLLM,
        slug="tensorrt-llm",
        kind="tensorrt",
        cell_step=32,
        utilization=None,
        counts_graphs=False,
    ),
    "mlx": _MLX,
    "exllamav3": _EXLLAMA,
    "exllamav2": replace(_EXLLAMA, slug="exllamav2"),
}
BUILT = ("llama-cpp", "ik-llama-cpp")
"""Engines whose versions are builds of llama.cpp."""
SAME_AS = {
    "llama-cpp": (
        *("koboldcpp", "llamafile", "jan", "gpt4all", "localai", "lemonade"),
        *("docker-model-runner", "ramalama", "ik-llama-cpp"),
        "text-generation-webui",
    ),
    "vllm": ("aphrodite", "gpustack", "xinference"),
    "tensorrt-llm": ("nvidia-nim", "triton-inference-server"),
    "mlx": ("mlx-lm", "exo"),
    "exllamav3": ("tabbyapi",),
}
for _base, _slugs in SAME_AS.items():
    for _slug in _slugs:
        RULES[_slug] = replace(RULES[_base], slug=_slug)


def version_numbers(version: str) -> tuple[int, ...]:
    """The numbers of a version, so that 0.9 comes before 0.22.

    >>> version_numbers("v0.22.1rc0") > version_numbers("0.9")
    True
    """
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


def llama_build(version: str) -> int | None:
    """The build number behind "b5400", "5400" or a date; None for anything else.

    Between the dates of `BUILD_DATES` a day counts in proportion. Versions such as
    0.4.1 are newer than all builds with rules.

    >>> llama_build("b5400"), llama_build("2025-06-01"), llama_build("")
    (5400, 5560, None)
    """
    if dated := re.match(r"(20\d\d-\d\d)(?:-(\d\d))?", version):
        return _build_on(dated[1], int(dated[2] or 1))
    if re.match(r"v?0\.\d+\.\d+", version):
        return BUILD_DATES[-1][1]
    build = re.search(r"(?:^|[\s(/-])b?(\d{4,5})(?=$|[\s),/+-])", version)
    return int(build[1]) if build else None


def _build_on(month: str, day: int) -> int:
    months = [int(known[:4]) * 12 + int(known[5:]) for known, _ in BUILD_DATES]
    asked = int(month[:4]) * 12 + int(month[5:]) + (day - 1) / 31
    place = bisect_right(months, asked)
    if place == 0:
        return 0
    if place == len(months):
        return BUILD_DATES[-1][1]
    (_, before), (_, after) = BUILD_DATES[place - 1 : place + 1]
    share = (asked - months[place - 1]) / (months[place] - months[place - 1])
    return round(before + share * (after - before))


@lru_cache(maxsize=512)
def rules_of(slug: str, version: str) -> EngineRules | None:
    """The rules of an engine in a version; None for an engine without rules.

    No version: the newest known, and of two buffer rules the larger one.

    >>> rules_of("vllm", "0.19.0").utilization, rules_of("vllm", "").utilization
    (0.9, 0.92)
    """
    rules = RULES.get(slug)
    if rules is None:
        return None
    if rules.kind == "vllm" and version:
        numbers = version_numbers(version)
        old = numbers < (0, 22)
        share = VLLM_OLD_UTILIZATION.value if old else VLLM_UTILIZATION.value
        return replace(rules, utilization=share, counts_graphs=numbers >= (0, 21))
    build = llama_build(version) if rules.slug in BUILT else None
    if build is not None:
        return replace(
            rules,
            has_window_cache=build >= WINDOW_CACHE_SINCE,
            window_adds_micro_batch=build >= WINDOW_ADDS_MICRO_BATCH_SINCE,
            has_slot_logits=build >= SLOT_LOGITS_SINCE,
            keeps_latent_twice=build < LATENT_ONCE_SINCE,
        )
    return rules


@lru_cache(maxsize=1024)
def rules_for(engine: EngineChoice) -> EngineRules | None:
    """The rules of an engine as somebody starts it."""
    rules = rules_of(engine.slug, engine.version)
    if rules is None:
        return None
    if engine.full_size_window_cache and rules.is_llama:
        rules = replace(rules, has_window_cache=False)
    if not engine.unified_cache and rules.unified_cache:
        rules = replace(rules, unified_cache=False)
    return rules
