"""How much of a card's memory a model may use.

Budget = capacity - what system and driver keep - the margin of the engine. Each part is
a named constant with its source.
"""

from dataclasses import dataclass
from functools import lru_cache

from estimator.answers import Constant
from estimator.engines import GIB, MIB, EngineRules
from estimator.inputs import Hardware, Host

SGLANG_BACKEND = (
    "https://github.com/ai-dynamo/aiconfigurator/blob/main/aic-core/src"
    "/aiconfigurator_core/sdk/backends/sglang_backend.py"
)
VISIBLE_SHARE = Constant(
    "Share of the printed memory that the driver offers",
    0.99,
    "share",
    "https://github.com/vllm-project/vllm/pull/10511",
    "79.22 GiB of an 80 GB card",
)
DISPLAY = Constant(
    "Desktop session on the card",
    0.8 * GIB,
    "bytes",
    "https://github.com/noonghunna/club-3090/blob/master/BENCHMARKS.md",
    "a 24 GB card with a display had 15 to 20 % less context than one without",
)
APPLE_SMALL_LIMIT = Constant("Apple, small memory", 36 * GIB, "bytes", "")
APPLE_SMALL = Constant(
    "Apple working set, up to 36 GB",
    0.74,
    "share",
    "https://github.com/AlexsJones/llmfit/pull/754",
    "newer macOS",
)
APPLE_SMALL_OLD = Constant(
    "Apple working set, up to 36 GB, older macOS",
    2 / 3,
    "share",
    "https://github.com/sgl-project/sglang/pull/29949",
)
APPLE_LARGE = Constant(
    "Apple working set, above 36 GB",
    0.75,
    "share",
    "https://github.com/ggml-org/llama.cpp/issues/1870",
)
APPLE_128_NEW = Constant(
    "Apple working set, 128 GB, macOS 26",
    0.84,
    "share",
    "https://github.com/antirez/ds4/pull/893",
)
STRIX_HALO = Constant(
    "AMD unified memory, largest share",
    124 / 128,
    "share",
    "https://github.com/kyuz0/amd-strix-halo-toolboxes",
    "needs amdgpu.gttsize and ttm.pages_limit as kernel parameters",
)
SYSTEM_KEEPS = Constant(
    "Operating system on unified memory",
    8 * GIB,
    "bytes",
    "https://github.com/ml-explore/mlx-lm",
    "4 to 8 GB at least",
)
HOST_KEEPS = Constant(
    "Operating system in host memory",
    4 * GIB,
    "bytes",
    "https://github.com/ml-explore/mlx-lm",
    "4 to 8 GB at least",
)
ASSUMED_HOST_RAM = Constant(
    "Host memory where none is stated",
    64 * GIB,
    "bytes",
    "docs/decisions/0017-fit-and-its-data.md",
    "an assumption of ours; the answer says so",
)
SGLANG_UNKNOWN = Constant("SGLang static share", 0.88, "share", SGLANG_BACKEND)
SGLANG_BASE = Constant("SGLang, meta data", 512 * MIB, "bytes", SGLANG_BACKEND)
SGLANG_CLASSES = (
    (20, 2048, 8, 8),
    (35, 2048, 24, 80),
    (60, 4096, 32, 160),
    (160, 8192, 256, 512),
    (10_000, 16384, 512, 512),
)
"""Below so many GiB: chunk, graph batch below and from four cards, SGLANG_BACKEND."""
MACOS_NEW = (15,)
MACOS_26 = (26,)


@dataclass(frozen=True, slots=True)
class Budget:
    """What one card offers."""

    capacity_bytes: int
    usable_bytes: int
    """After system and driver."""
    margin_bytes: int
    reserves_bytes: int
    """What a server engine takes by its settings; 0 for the others."""
    note: str

    @property
    def budget_bytes(self) -> int:
        return max(0, self.usable_bytes - self.margin_bytes)


def usable_bytes(card: Hardware, host: Host) -> tuple[int, str]:
    """Memory of `card` after system and driver, and what to know about it.

    Sources: F28, F29. Apple: Metal's working set, which depends on the version of
    macOS; not stated = newer, but below 26.
    """
    capacity = card.memory_bytes
    if card.kind == "apple_soc":
        return _apple_bytes(capacity, host)
    if card.kind == "apu":
        note = f"{STRIX_HALO.note}; the kernel gives half of the memory without."
        return round(capacity * STRIX_HALO.value), note
    if card.has_unified_memory:
        keeps = min(SYSTEM_KEEPS.value, capacity / 4)
        return round(capacity - keeps), "The operating system lives in this memory too."
    usable = capacity * VISIBLE_SHARE.value
    if host.has_display:
        usable -= DISPLAY.value
    return round(usable), ""


def _apple_bytes(capacity: int, host: Host) -> tuple[int, str]:
    version = tuple(
        int(part)
        for part in host.operating_system_version.split(".")
        if part.isdecimal()
    )
    share = APPLE_LARGE.value
    if capacity <= APPLE_SMALL_LIMIT.value:
        old = bool(version) and version < MACOS_NEW
        share = APPLE_SMALL_OLD.value if old else APPLE_SMALL.value
    elif version >= MACOS_26 and capacity >= 128 * GIB:
        share = APPLE_128_NEW.value
    return round(capacity * share), (
        "macOS lets the GPU use this share; sudo sysctl iogpu.wired_limit_mb raises it."
    )


def sglang_static_share(capacity_bytes: int, ranks: int) -> float:
    """SGLang's mem_fraction_static for a card. Source: F26, as of SGLang 0.5.16.

    >>> round(sglang_static_share(80 * 2**30, 1), 3)
    0.836
    """
    gib = capacity_bytes / GIB
    for below, chunk, graphs, graphs_wide in SGLANG_CLASSES:
        if gib < below:
            batch = graphs_wide if ranks >= 4 else graphs
            reserved = SGLANG_BASE.value / MIB + 1.5 * chunk + ranks / 8 * 1024
            reserved += 2 * batch
            if gib > 60:
                reserved = max(reserved, 10 * 1024)
            share = 1 - reserved * MIB / capacity_bytes
            return share if share > 0 else SGLANG_UNKNOWN.value
    return SGLANG_UNKNOWN.value


@lru_cache(maxsize=4096)
def budget_of(
    card: Hardware,
    host: Host,
    rules: EngineRules,
    ranks: int = 1,
    utilization: float | None = None,
) -> Budget:
    """The budget of one card for one engine.

    A server engine may use what it reserves: vLLM its share of the card, SGLang its
    static share (activations lie outside), TensorRT-LLM all but a tenth of what is
    free.
    """
    usable, note = usable_bytes(card, host)
    margin, reserves = rules.margin_bytes, 0
    if rules.kind == "vllm":
        share = utilization or rules.utilization or 0.9
        reserves = round(usable * share)
        margin = usable - reserves
    elif rules.kind == "sglang":
        share = utilization or sglang_static_share(card.memory_bytes, ranks)
        reserves = round(usable * share)
        margin = 0
    return Budget(card.memory_bytes, usable, margin, reserves, note)
