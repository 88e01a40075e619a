"""Bits behind the names of quantisations: blocks, mixes, and how a name is read.

Block formats: https://github.com/ggml-org/ggml/blob/master/src/ggml-common.h
Mixes: https://github.com/ggml-org/llama.cpp/blob/master/tools/quantize/README.md
(8.03 billion parameters) and published file sizes of a model of 70.55 billion,
https://ozeki.chat/p_8590-understanding-ai-model-files.html.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

BLOCKS: dict[str, tuple[int, int]] = {
    "F32": (1, 4),
    "F16": (1, 2),
    "BF16": (1, 2),
    "Q8_0": (32, 34),
    "Q6_K": (256, 210),
    "Q5_K": (256, 176),
    "Q5_1": (32, 24),
    "Q5_0": (32, 22),
    "Q4_K": (256, 144),
    "Q4_1": (32, 20),
    "Q4_0": (32, 18),
    "Q3_K": (256, 110),
    "Q2_K": (256, 84),
    "IQ1_S": (256, 50),
    "IQ1_M": (256, 56),
    "IQ2_XXS": (256, 66),
    "IQ2_XS": (256, 74),
    "IQ2_S": (256, 82),
    "IQ3_XXS": (256, 98),
    "IQ3_S": (256, 110),
    "IQ4_XS": (256, 136),
    "IQ4_NL": (32, 18),
    "MXFP4": (32, 17),
    "NVFP4": (64, 36),
    "TQ1_0": (256, 54),
    "TQ2_0": (256, 66),
    "Q1_0": (128, 18),
    "Q2_0": (64, 18),
}
"""Tensor type to (weights, bytes) of one block."""

MIXES: dict[str, tuple[float, float | None]] = {
    "IQ1_S": (2.0042, None),
    "IQ1_M": (2.1460, None),
    "IQ2_XXS": (2.3824, None),
    "IQ2_XS": (2.5882, None),
    "IQ2_S": (2.7403, None),
    "IQ2_M": (2.9294, None),
    "Q2_K_S": (2.9697, None),
    "Q2_K": (3.1593, None),
    "IQ3_XXS": (3.2548, None),
    "IQ3_XS": (3.4977, None),
    "IQ3_S": (3.6606, None),
    "IQ3_M": (3.7628, 3.622),
    "Q3_K_S": (3.6429, 3.505),
    "Q3_K_M": (4.0, 3.886),
    "Q3_K_L": (4.2979, 4.211),
    "IQ4_XS": (4.4597, 4.297),
    "Q4_0": (4.65, 4.549),
    "Q4_K_S": (4.6672, 4.575),
    "IQ4_NL": (4.6818, None),
    "Q4_K_M": (4.8944, 4.821),
    "Q4_1": (5.1, None),
    "Q5_0": (5.57, None),
    "Q5_K_S": (5.5704, 5.517),
    "Q5_K_M": (5.7036, 5.664),
    "Q5_1": (6.05, None),
    "Q6_K": (6.5633, 6.564),
    "Q8_0": (8.5008, 8.502),
    "F16": (16.0005, 16.0),
    "BF16": (16.0005, 16.0),
    "F32": (32.0, 32.0),
}
"""Bits per weight at 8.030 and at 70.554 billion parameters."""

LADDER = (
    *("IQ1_S", "IQ1_M", "IQ2_XXS", "IQ2_XS", "IQ2_M", "Q2_K", "IQ3_XXS", "IQ3_M"),
    *("Q3_K_M", "IQ4_XS", "Q4_K_S", "Q4_K_M", "Q5_K_S", "Q5_K_M", "Q6_K", "Q8_0"),
    "F16",
)
"""What publishers of GGUF files offer, from small to large."""


class Scheme(StrEnum):
    """How a quantisation treats the parts of a model."""

    GGUF = "gguf"
    LINEAR = "linear layers only"
    EVERYTHING = "linear layers and embeddings"
    EXPERTS = "experts only"
    PLAIN = "one type for all"
    OWN_MIX = "a publisher's own mix"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Quantization:
    """A name taken apart."""

    name: str
    scheme: Scheme
    bits: float = 0.0
    """Of the quantised part, scales included; 0 for GGUF mixes."""
    head_bits: float = 16.0
    """Of the output layer, where the scheme treats it apart."""
    unknown_because: str = ""


LINEAR_BITS = {
    "FP8": 8.0 + 8 * 4 / 16384,
    "FP8-BLOCK": 8.0 + 8 * 4 / 16384,
    "FP8-DYNAMIC": 8.0,
    "INT8": 8.0,
    "W8A8": 8.0,
    "W8A16": 8.0,
    "NVFP4": 4.5,
    "NF4": 4.127,
}
"""Bits of a linear weight with its scales, https://modal.com/llm-almanac/block-quants."""

MLX_FLOATS = {"MXFP4": 4.25, "MXFP8": 8.25, "NVFP4": 4.5}
PUBLISHER_MIX = (
    "is a mix of its publisher's own; its size follows from no rule. Give the size of "
    "the file (weights_bytes)."
)
_FOUR_BIT = re.compile(
    r"^(?:AWQ|GPTQ|AUTOROUND|INT(?P<int>\d)|W4A16|4BIT)?"
    r"(?:[-_ ]?(?:INT)?(?P<bits>[2-8])(?:[-_ ]?BITS?)?)?"
    r"(?:[-_ ]?(?:G|GS)?(?P<group>32|64|128)G?)?$"
)
_EXL = re.compile(
    r"^(?:EXL[23])?[-_ ]?(?P<bits>\d(?:\.\d+)?)\s*(?:BPW)?(?:[-_]?H(?P<head>\d))?$"
)
_MLX = re.compile(
    r"^(?:MLX[-_ ]?)?(?:Q|INT)?(?P<bits>[2-8])(?:[-_ ]?BITS?)?"
    r"(?:[-_ ]?(?:GS?)(?P<group>\d+))?$"
)


def grouped_bits(bits: int, group: int) -> float:
    """Bits of a weight in AWQ and GPTQ files: FP16 scale and packed zero per group.

    Source: F4. Not for activation-ordered files with an index per channel.

    >>> grouped_bits(4, 128)
    4.15625
    """
    return bits + (16 + bits) / group


def affine_bits(bits: int, group: int) -> float:
    """Bits of a weight in MLX files: FP16 scale and FP16 bias per group.

    >>> affine_bits(4, 64)
    4.5
    """
    return bits + 32 / group


@lru_cache(maxsize=1024)
def read_quantization(name: str, family: str = "gguf") -> Quantization:
    """Take a name apart. `family`: gguf, mlx, exl or server, after the engine.

    Names are compared without regard to case. A name that no rule knows comes back
    as `Scheme.UNKNOWN`, one that names a mix without a rule as `Scheme.OWN_MIX`, both
    with a sentence that says why.

    >>> read_quantization("q4_k_m").scheme
    <Scheme.GGUF: 'gguf'>
    >>> read_quantization("AWQ-4bit-128g", "server").bits
    4.15625
    >>> read_quantization("4bit", "mlx").bits
    4.5
    >>> read_quantization("UD-Q4_K_XL").scheme
    <Scheme.OWN_MIX: "a publisher's own mix">
    """
    word = name.strip().upper()
    for prefix in ("GGUF-", "GGUF ", "GGUF:"):
        word = word.removeprefix(prefix)
    if word.startswith("QAT-") and word[4:] in MIXES:
        word = word[4:]
    if word in ("BF16", "F16", "FP16", "BFLOAT16", "FLOAT16", "HALF"):
        scheme = Scheme.GGUF if family == "gguf" else Scheme.PLAIN
        return Quantization("BF16" if word.startswith("BF") else "F16", scheme, 16.0)
    if word in ("F32", "FP32", "FLOAT32"):
        return Quantization("F32", Scheme.PLAIN, 32.0)
    if word.startswith("MXFP4") and "Q8" not in word and family != "mlx":
        return Quantization("MXFP4", Scheme.EXPERTS, 4.25)
    if (word in MIXES or word in BLOCKS) and not (
        family != "gguf" and word in MLX_FLOATS
    ):
        return Quantization(word, Scheme.GGUF)
    if word.startswith(("UD-", "QAT-")) or word.endswith(("_XL", "_L")):
        because = f"{name} {PUBLISHER_MIX}"
        return Quantization(word, Scheme.OWN_MIX, unknown_because=because)
    return _other_formats(name, word, family)


def _other_formats(name: str, word: str, family: str) -> Quantization:
    if family == "mlx" or word.startswith("MLX"):
        short = word.removeprefix("MLX-").removeprefix("4BIT-").removeprefix("8BIT-")
        if short in MLX_FLOATS:
            return Quantization(word, Scheme.EVERYTHING, MLX_FLOATS[short])
        if (mlx := _MLX.match(word)) is not None:
            bits = affine_bits(int(mlx["bits"]), int(mlx["group"] or 64))
            return Quantization(word, Scheme.EVERYTHING, bits, head_bits=bits)
    if word in LINEAR_BITS or word.removesuffix("-STATIC") in LINEAR_BITS:
        bits = LINEAR_BITS[word.removesuffix("-STATIC")]
        return Quantization(word, Scheme.LINEAR, bits)
    if word.startswith(("FP8", "F8")):
        return Quantization(word, Scheme.LINEAR, LINEAR_BITS["FP8"])
    if word in ("BNB-4BIT", "BITSANDBYTES", "BNB"):
        return Quantization(word, Scheme.LINEAR, LINEAR_BITS["NF4"])
    is_exl = family == "exl" or "EXL" in word or "BPW" in word
    if is_exl and (exl := _EXL.match(word)) is not None:
        head = float(exl["head"] or 6)
        return Quantization(word, Scheme.LINEAR, float(exl["bits"]), head)
    if (four := _FOUR_BIT.match(word)) is not None and word:
        bits = int(four["bits"] or four["int"] or 4)
        group = int(four["group"] or 128)
        return Quantization(word, Scheme.LINEAR, grouped_bits(bits, group))
    because = (
        f"no rule is known for the quantisation {name!r}. Use the name of the "
        "file, such as Q4_K_M, AWQ-4bit or FP8, or give the size of the file "
        "(weights_bytes)."
    )
    return Quantization(word, Scheme.UNKNOWN, unknown_because=because)
