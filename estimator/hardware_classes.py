"""Which pieces of hardware share their speed constants, and why."""

from enum import StrEnum
from functools import lru_cache

from estimator.inputs import Hardware

WIDE_APPLE_GB_S = 390.0
"""Max and Ultra chips reach a smaller share of it with 4-bit files than the others."""
DOT_PRODUCT_CAPABILITY = (6, 1)
"""The first NVIDIA compute capability with an eight-bit dot product (DP4A)."""
TENSOR_CAPABILITY = (7, 0)
"""The first with tensor cores."""


class HardwareClass(StrEnum):
    """Memory, maker and generation, as far as they set the speed of decode."""

    NVIDIA_GDDR = "nvidia-gddr"
    NVIDIA_HBM = "nvidia-hbm"
    NVIDIA_UNIFIED = "nvidia-unified"
    NVIDIA_PASCAL = "nvidia-pascal"
    NVIDIA_BEFORE_DP4A = "nvidia-before-dp4a"
    AMD_RADEON = "amd-radeon"
    AMD_INSTINCT = "amd-instinct"
    AMD_UNIFIED = "amd-unified"
    APPLE_NARROW = "apple-narrow"
    APPLE_WIDE = "apple-wide"
    INTEL = "intel"
    CPU = "cpu"
    OTHER = "other"


CLASS_WORDS: dict[HardwareClass, str] = {
    HardwareClass.NVIDIA_GDDR: "NVIDIA cards with GDDR memory, Turing and newer",
    HardwareClass.NVIDIA_HBM: "NVIDIA cards with HBM, Volta and newer",
    HardwareClass.NVIDIA_UNIFIED: "NVIDIA chips that share the computer's memory",
    HardwareClass.NVIDIA_PASCAL: "NVIDIA cards without tensor cores, with DP4A",
    HardwareClass.NVIDIA_BEFORE_DP4A: "NVIDIA cards without DP4A (P100 and older)",
    HardwareClass.AMD_RADEON: "AMD Radeon cards",
    HardwareClass.AMD_INSTINCT: "AMD cards with HBM",
    HardwareClass.AMD_UNIFIED: "AMD chips that share the computer's memory",
    HardwareClass.APPLE_NARROW: "Apple chips below 390 GB/s (base and Pro)",
    HardwareClass.APPLE_WIDE: "Apple chips from 390 GB/s (Max and Ultra)",
    HardwareClass.INTEL: "Intel graphics",
    HardwareClass.CPU: "processors",
    HardwareClass.OTHER: "everything else",
}

USUAL_BACKENDS = {"NVIDIA": "cuda", "Apple": "metal", "AMD": "vulkan", "Intel": "sycl"}
"""What llama.cpp uses where the request names no back end, by vendor."""


@lru_cache(maxsize=2048)
def class_of(card: Hardware) -> HardwareClass:
    """The class whose constants a piece of hardware takes."""
    has_hbm = "HBM" in card.memory_type.upper()
    match card.vendor:
        case _ if card.kind == "cpu":
            return HardwareClass.CPU
        case "NVIDIA":
            return _nvidia(card, has_hbm=has_hbm)
        case "AMD" if card.has_unified_memory:
            return HardwareClass.AMD_UNIFIED
        case "AMD":
            return HardwareClass.AMD_INSTINCT if has_hbm else HardwareClass.AMD_RADEON
        case "Apple" if card.bandwidth_gb_s >= WIDE_APPLE_GB_S:
            return HardwareClass.APPLE_WIDE
        case "Apple":
            return HardwareClass.APPLE_NARROW
        case "Intel":
            return HardwareClass.INTEL
    return HardwareClass.OTHER


def _nvidia(card: Hardware, *, has_hbm: bool) -> HardwareClass:
    capability = _capability(card.compute_capability)
    if capability is not None and capability < DOT_PRODUCT_CAPABILITY:
        return HardwareClass.NVIDIA_BEFORE_DP4A
    if capability is not None and capability < TENSOR_CAPABILITY:
        return HardwareClass.NVIDIA_PASCAL
    if card.has_unified_memory:
        return HardwareClass.NVIDIA_UNIFIED
    return HardwareClass.NVIDIA_HBM if has_hbm else HardwareClass.NVIDIA_GDDR


def _capability(words: str) -> tuple[int, int] | None:
    major, _, minor = words.partition(".")
    return (int(major), int(minor or 0)) if major.isdigit() else None


def usual_backend(card: Hardware) -> str:
    return USUAL_BACKENDS.get(card.vendor, "cpu")
