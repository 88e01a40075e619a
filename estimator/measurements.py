"""Measurements as the fit and the backtest see them, and which of them are usable."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from estimator.answers import WeightBytes
from estimator.engines import llama_build
from estimator.inputs import Hardware, ModelArchitecture
from estimator.token_work import TokenWork, token_work

FITTING_SHARE = 0.95
"""A file larger than this share of the card's memory lies partly in host memory."""
DENSE_SHARE = 0.9
"""A model that uses at least this share of its parameters for a token is dense."""
LONGEST_ANSWER = 1024
"""An answer longer than this fills the context while it is measured."""
WRAPPERS = ("ollama", "lm-studio")
"""Engines that run llama.cpp. They take its time as it is: the site counts them as one
engine, and the few rows, of which some are twice as slow, only widen the range."""
TODAY_SINCE_BUILD = 4400
TODAY_SINCE_YEAR = 2025
"""llama.cpp of January 2025. Flash attention, faster matrix-vector kernels and the
Vulkan back end of today are younger than the builds of 2024."""


class Kind(StrEnum):
    """What a row can show. Rows of different kinds are never averaged."""

    USABLE = "usable"
    FILLED = "filled context"
    EXPERTS = "mixture of experts"
    SEVERAL = "several devices"
    OFFLOAD = "offload"
    OTHER_ENGINE = "other engine"
    CPU = "CPU"
    ODD_HOST = "unusual host"
    DOUBTFUL = "doubtful"
    NO_SIZE = "size of the file not known"
    BATCH = "several requests"


KIND_WORDS: dict[Kind, str] = {
    Kind.USABLE: "llama.cpp, one device, dense model that fits, one request",
    Kind.FILLED: "llama.cpp, the same at a filled context",
    Kind.EXPERTS: "llama.cpp, mixture of experts that fits one device",
    Kind.SEVERAL: "llama.cpp, several devices",
    Kind.OFFLOAD: "llama.cpp, partly in host memory",
    Kind.OTHER_ENGINE: "Other engines",
}
"""Kinds that the backtest reports, each by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """One published row: a set-up and its speeds. None: not stated."""

    slug: str
    engine: str
    engine_version: str = ""
    backend: str = ""
    card: Hardware
    count: int = 1
    model: ModelArchitecture
    model_slug: str
    family: str = ""
    quantization: str
    weights: WeightBytes | None
    concurrency: int | None = 1
    prompt_tokens: int | None = None
    output_tokens: int | None = None
    depth_tokens: int | None = None
    measured_year: int | None = None
    decode: float | None = None
    prefill: float | None = None
    is_doubtful: bool = False
    is_slower_bin: bool = False
    """Of fewer cores than the hardware of the catalogue has."""
    has_odd_host: bool = False
    confidence: str = ""

    @property
    def is_of_older_build(self) -> bool:
        """Measured with an engine of 2024 or before; unknown counts as today's."""
        return is_older_build(self.engine_version, self.measured_year)

    @property
    def mean_depth(self) -> int:
        """Tokens in the cache while the answer was written, on average."""
        return (self.depth_tokens or 0) + (self.output_tokens or 128) // 2

    @property
    def work(self) -> TokenWork:
        if self.weights is None:
            raise ValueError(f"{self.slug} has no weights; ask kind_of first.")
        return token_work(self.model, self.weights, self.quantization)


@lru_cache(maxsize=1024)
def is_older_build(version: str, year: int | None) -> bool:
    build = llama_build(version) if version else None
    if build is not None and build >= 1000:
        return build < TODAY_SINCE_BUILD
    return year is not None and year < TODAY_SINCE_YEAR


def is_dense(model: ModelArchitecture) -> bool:
    active = model.active_parameters
    if model.experts is not None:
        return False
    return active is None or active >= DENSE_SHARE * model.total_parameters


def kind_of(row: Measurement) -> Kind:
    """The one kind of a row, the weightiest reason first."""
    if row.is_doubtful:
        return Kind.DOUBTFUL
    if row.has_odd_host:
        return Kind.ODD_HOST
    if row.backend == "cpu" or row.card.kind == "cpu":
        return Kind.CPU
    if row.weights is None or not row.model.layers:
        return Kind.NO_SIZE
    if row.concurrency not in (None, 1):
        return Kind.BATCH
    if row.engine != "llama-cpp":
        return Kind.OTHER_ENGINE
    return _llama_kind(row, row.weights)


def _llama_kind(row: Measurement, weights: WeightBytes) -> Kind:
    if row.count > 1:
        return Kind.SEVERAL
    if weights.total_bytes > FITTING_SHARE * row.card.memory_bytes:
        return Kind.OFFLOAD
    if not is_dense(row.model):
        return Kind.EXPERTS
    if row.depth_tokens or (row.output_tokens or 0) > LONGEST_ANSWER:
        return Kind.FILLED
    return Kind.USABLE
