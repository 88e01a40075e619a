"""What an estimate is asked about: the model, the machine, the engine, the load.

Plain data without behaviour. Sizes are bytes, lengths are tokens, rates say their
unit. None, 0 or an empty text mean "not known" where the field says so.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class LayerKind(StrEnum):
    """What a layer keeps between two tokens."""

    FULL = "full attention"
    WINDOWED = "windowed attention"
    CHUNKED = "chunked attention"
    LATENT = "latent attention"
    LINEAR = "linear attention"
    STATE_SPACE = "state space"
    CONVOLUTION = "short convolution"
    NONE = "keeps nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecurrentState:
    """The constant state of a linear-attention, Mamba or convolution layer.

    Elements: inner_size x state_size, and (kernel_size - 1) x (inner_size + 2 x groups
    x state_size) for the convolution in front of it.
    """

    inner_size: int
    state_size: int
    groups: int
    kernel_size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerGroup:
    """Layers of one kind and one shape. They need not stand next to each other."""

    kind: LayerKind
    count: int
    kv_heads: int = 0
    key_head_dim: int = 0
    value_head_dim: int = 0
    """Of latent attention: the part that older llama.cpp builds keep a second time."""
    window_tokens: int = 0
    latent_width: int = 0
    """kv_lora_rank + qk_rope_head_dim, of latent attention."""
    indexer_width: int = 0
    """Elements per token and layer that a sparse-attention index adds."""
    state: RecurrentState | None = None
    owns_cache: bool = True
    """False: the layer reads the cache of another layer and has none of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Experts:
    """The routed experts of a mixture-of-experts model."""

    count: int
    active: int
    intermediate_size: int
    """Feed-forward width of one routed expert; 0: not known."""
    shared_intermediate_size: int = 0
    """Feed-forward width that every token passes, all shared experts together."""
    layers: int = 0
    """Layers that have experts; the others have a dense feed-forward part."""
    matrices: int = 3
    """Matrices of one expert: 3 with a gate, 2 without."""
    has_biases: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelArchitecture:
    """A model as the formulas need it."""

    name: str
    total_parameters: int
    active_parameters: int | None = None
    layers: int = 0
    hidden_size: int = 0
    attention_heads: int = 0
    head_dim: int = 0
    feed_forward_size: int = 0
    """Width of a dense feed-forward part; 0: not known."""
    vocabulary_size: int = 0
    has_tied_embeddings: bool | None = None
    groups: tuple[LayerGroup, ...] = ()
    experts: Experts | None = None
    context_window_tokens: int | None = None
    native_dtype: str = ""
    has_fused_attention: bool = False
    """Query, key and value lie in one tensor, which GGUF mixes treat apart."""
    text_parameters: int = 0
    """Without vision tower and extra prediction layers; 0: same as total_parameters."""
    vision_bytes: int = 0
    """Size of a separate vision projector file that shall be loaded too."""
    cache_unknown_because: str = ""
    """Why the cache cannot be worked out. `groups` is then empty."""
    cache_is_upper_bound_because: str = ""
    """Why the true cache may be smaller than the groups say."""
    source: str = ""

    def __hash__(self) -> int:
        # Architectures are keys of every cache; all of their fields take too long.
        return hash((self.name, self.total_parameters))


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSize:
    """A published size of the weights, or one the reader has typed in."""

    size_bytes: int
    is_exact: bool
    """False: printed rounded, as "4.7 GB"."""
    error_share: float = 0.0
    """Half of the last printed digit, as a share of the size."""
    origin: str = ""
    """Whose file it is, for the explanation."""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightsChoice:
    """A quantisation by the name its publisher gives it, and its size if known."""

    quantization: str
    size: KnownSize | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineChoice:
    """Slug as in the catalogue, version as its maker writes it; "" = newest known."""

    slug: str
    version: str = ""
    backend: str = ""
    """cuda, rocm, metal, vulkan, sycl, cpu; "" = the usual one of the hardware."""
    flash_attention: bool = True
    full_size_window_cache: bool = False
    """llama.cpp --swa-full: windowed layers keep every cell."""
    unified_cache: bool = True
    """llama.cpp: one cache for all slots; False gives each slot its share."""
    memory_utilization: float | None = None
    """vLLM and its kin: share of the card that is reserved; None = engine default."""
    max_batched_tokens: int | None = None
    """vLLM max_num_batched_tokens; None = the default for the card."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hardware:
    """One card or chip. Rates are dense peaks; None = no source gives it."""

    slug: str
    name: str
    vendor: str
    kind: str
    """gpu, apple_soc, apu, accelerator, cpu."""
    memory_bytes: int
    bandwidth_gb_s: float
    """Decimal gigabytes a second."""
    segment: str = ""
    architecture: str = ""
    compute_capability: str = ""
    memory_type: str = ""
    has_unified_memory: bool = False
    fp32_tflops: float | None = None
    fp16_tensor_tflops: float | None = None
    fp16_is_fp32_accumulate: bool = True
    """False: the FP16 figure is the FP16-accumulate peak, twice the useful rate."""
    fp8_tflops: float | None = None
    fp4_tflops: float | None = None
    int8_tops: float | None = None
    board_power_w: int | None = None
    interface: str = ""
    has_nvlink: bool | None = None
    released_year: int | None = None

    def __hash__(self) -> int:
        return hash(self.slug)  # a key of the budgets, as above


class SplitMode(StrEnum):
    """How several cards share one model."""

    LAYER = "layer"
    """Whole layers per card, one card works after the other (llama.cpp default)."""
    ROW = "row"
    """Each matrix cut, llama.cpp --split-mode row."""
    TENSOR = "tensor"
    """Tensor parallel: matrices and attention heads divided (vLLM and its kin)."""
    NONE = "none"
    """One card only, the others stay empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """The computer around the cards."""

    ram_bytes: int | None = None
    ram_bandwidth_gb_s: float | None = None
    operating_system: str = ""
    """linux, windows, macos; "" = the usual one of the hardware."""
    operating_system_version: str = ""
    has_display: bool = False
    """A desktop session is drawn by the first card."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """All cards of the machine, in order; equal cards are repeated."""

    cards: tuple[Hardware, ...]
    split: SplitMode | None = None
    """None = the engine's usual way."""
    host: Host = field(default_factory=Host)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One question: this model, in this form, by this engine, on this machine."""

    model: ModelArchitecture
    weights: WeightsChoice
    engine: EngineChoice
    machine: Machine
    context_tokens: int | None = None
    """Tokens of prompt and answer together; None = what the engine takes by itself."""
    filled_tokens: int | None = None
    """Depth at which speed is asked beside depth 0; None = context_tokens."""
    prompt_tokens: int = 1024
    """Prompt whose time to the first token is estimated."""
    parallel_sequences: int = 1
    kv_cache_type: str = "f16"
    micro_batch: int | None = None
    """llama.cpp -ub; None = engine default."""
