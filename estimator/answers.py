"""What an estimate answers: every number with its formula, inputs and error."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from estimator.inputs import Request, SplitMode


@dataclass(frozen=True, slots=True)
class Constant:
    """A number used by a formula. Pages print this object, code computes with it."""

    name: str
    value: float
    unit: str
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Formula:
    """A rule with its number, as the methodology pages print it."""

    key: str
    """F1 ... F36."""
    title: str
    expression: str
    sources: tuple[str, ...]
    limits: str = ""


class Fit(StrEnum):
    """The words of the site; nothing else is said about fit."""

    COMFORTABLE = "comfortable"
    TIGHT = "tight"
    NEEDS_OFFLOAD = "needs offload"
    DOES_NOT_FIT = "does not fit"
    UNKNOWN = "unknown"


class Evidence(StrEnum):
    MEASURED = "measured"
    MEASURED_NEAR = "measured near"
    EXTRAPOLATED = "extrapolated"
    ESTIMATED = "estimated"


@dataclass(frozen=True, slots=True)
class Term:
    """One part of the memory, summed over all devices and the host."""

    name: str
    """weights, kv_cache, recurrent_state, compute_buffer, overhead."""
    size_bytes: int | None
    """None: unknown, `note` says why."""
    formula: Formula
    inputs: tuple[tuple[str, float | str], ...]
    error_bytes: int
    """Half width of the band the formula can honestly promise."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class WeightBytes:
    """The weights, with what the speed formulas need of their inside."""

    total_bytes: int
    error_share: float
    is_exact: bool
    """True: the size of published files, not worked out."""
    bits_per_weight: float
    input_embedding_bytes: int
    """Read row by row, never in full: token_embd where it is not tied."""
    expert_bytes: int
    """All routed experts of all layers; 0 for a dense model or where not known."""
    formula: Formula
    inputs: tuple[tuple[str, float | str], ...]
    note: str = ""
    active_share: float = 1.0
    """Bytes one token reads / total bytes, from experts or active parameters."""


@dataclass(frozen=True, slots=True)
class DeviceLoad:
    """One card, or the host memory (`name` "host")."""

    name: str
    capacity_bytes: int
    budget_bytes: int
    """Capacity less what system, driver and engine keep, less the margin."""
    weights_bytes: int
    kv_cache_bytes: int
    recurrent_state_bytes: int
    compute_buffer_bytes: int
    overhead_bytes: int
    """Context, libraries and, for server engines, activations. Part of the needs."""
    reserves_bytes: int
    """What the engine will take; equals the needs where it takes no more."""
    layers: int = 0

    @property
    def needs_bytes(self) -> int:
        return (
            self.weights_bytes
            + self.kv_cache_bytes
            + self.recurrent_state_bytes
            + self.compute_buffer_bytes
            + self.overhead_bytes
        )


@dataclass(frozen=True, slots=True)
class Placement:
    """What lies where: the memory half hands it to the speed half."""

    devices: tuple[DeviceLoad, ...]
    """The cards, in the order of the machine."""
    host: DeviceLoad | None
    """Weights and cache that stay in host memory; None: nothing worth counting."""
    split: SplitMode
    gpu_layers: int
    """Layers on the cards, all of them without offload."""
    cpu_expert_layers: int = 0
    """Layers whose experts lie in host memory (--n-cpu-moe)."""
    host_read_bytes: int = 0
    """Bytes of host memory that one token reads because of offload."""
    card_read_bytes: int = 0
    """Bytes of weights on the cards that one token reads, over all cards."""


@dataclass(frozen=True, slots=True)
class OffloadPlan:
    """How the model runs although it does not fit the cards."""

    placement: Placement
    flags: str
    """Ready to copy; empty where the engine decides by itself."""
    note: str


@dataclass(frozen=True, slots=True)
class Range:
    low: float
    expected: float
    high: float


@dataclass(frozen=True, slots=True)
class Speeds:
    """Rates in tokens a second, waits in seconds. None: not known, see reasons."""

    decode: Range | None
    """At depth 0, one sequence."""
    prefill: Range | None
    time_to_first_token_s: Range | None
    decode_at_depth: Range | None
    prefill_at_depth: Range | None
    evidence: Evidence
    reasons: tuple[str, ...]
    prefill_evidence: Evidence | None = None
    """None: the same as that of decode."""
    decode_all_sequences: Range | None = None
    """Sum over parallel sequences, where more than one is asked."""


class SpeedModel(Protocol):
    """The one entry of the speed half: `estimator.speed.speeds`.

    `placement` is the placement asked about: that of the cards if all fits, that of
    the offload plan if not. The hardware is `request.machine.cards`.
    """

    def __call__(
        self, request: Request, weights: WeightBytes, placement: Placement
    ) -> Speeds: ...


@dataclass(frozen=True, slots=True)
class Estimate:
    """The whole answer to one request."""

    fit: Fit
    needs_bytes: int | None
    """What the model needs to run, over all devices; None: unknown."""
    reserves_bytes: int | None
    """What the engine will take of the devices by its settings."""
    terms: tuple[Term, ...]
    placement: Placement | None
    offload: OffloadPlan | None
    largest_context_tokens: int | None
    """That still fits with these weights; 0: none does; None: unknown."""
    largest_quantization: str | None
    """The largest of the engine's usual ones that still fits; "" = none does."""
    context_tokens: int
    speeds: Speeds | None
    reasons: tuple[str, ...]
    """Sentences: what decides the verdict, what is unknown, what was assumed."""
    headroom_bytes: int | None = None
    """Smallest budget - needs over the cards; negative: it lacks so much."""
    weights: WeightBytes | None = None
