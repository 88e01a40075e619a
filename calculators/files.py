"""Which published size stands for a quantisation."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Protocol

from estimator.answers import WeightBytes
from estimator.inputs import KnownSize, ModelArchitecture
from estimator.weights import weights_of

FORMATS = {
    "gguf": ("gguf", "mxfp4"),
    "mlx": ("mlx",),
    "exl": (),
    "server": ("safetensors", "fp8", "awq", "gptq"),
}
"""Weight formats of the catalogue that a family of engines reads."""
NEARLY_EXACT_SHARE = 0.0005
"""A size printed with four digits is as good as one in bytes."""
SAME_NAMES = {"FP16": "F16", "BFLOAT16": "BF16"}


class PublishedFile(Protocol):
    """A `catalog.models.ModelFile`, or as much of one as is read here."""

    @property
    def weight_format(self) -> str: ...
    @property
    def quantization(self) -> str: ...
    @property
    def size_bytes(self) -> int: ...
    @property
    def printed_size(self) -> Decimal: ...
    @property
    def is_exact(self) -> bool: ...
    @property
    def publisher(self) -> str: ...
    @property
    def source(self) -> Any: ...


def known_size(
    files: Iterable[PublishedFile],
    quantization: str,
    family: str,
    architecture: ModelArchitecture,
    *,
    engine: str = "",
) -> KnownSize | None:
    """The published size of `quantization` that says most; None leaves it to a rule.

    A size in bytes or with four digits comes first. One that is rounded more stands
    only where the rule is silent, or where it disagrees by more than both can err:
    within that, the rule knows more.
    """
    wanted = _plain(quantization)
    matching = [
        file
        for file in files
        if file.weight_format in FORMATS[family] and _plain(file.quantization) == wanted
    ]
    if not matching:
        return None
    matching.sort(key=lambda file: _place(file, engine))
    best = _as_size(matching[0])
    if best.error_share <= NEARLY_EXACT_SHARE:
        return best
    rule = weights_of(architecture, quantization, family)
    if isinstance(rule, WeightBytes):
        off = abs(rule.total_bytes - best.size_bytes) / best.size_bytes
        if off <= best.error_share + rule.error_share:
            return None
    return best


def _plain(quantization: str) -> str:
    name = quantization.strip().upper()
    return SAME_NAMES.get(name, name)


def _place(file: PublishedFile, engine: str) -> tuple[bool, bool, float, int]:
    """Sharp sizes first; Ollama's own files, some with a projector, only for Ollama."""
    rounding = _rounding(file)
    foreign = (file.publisher == "ollama") != (engine == "ollama")
    return (rounding > NEARLY_EXACT_SHARE, foreign, rounding, file.size_bytes)


def _rounding(file: PublishedFile) -> float:
    if file.is_exact:
        return 0.0
    decimals = file.printed_size.normalize().as_tuple().exponent
    digit = 10.0 ** (decimals if isinstance(decimals, int) else 0)
    return 0.5 * min(1.0, digit) / float(file.printed_size)


def _as_size(file: PublishedFile) -> KnownSize:
    return KnownSize(
        size_bytes=file.size_bytes,
        is_exact=file.is_exact,
        error_share=_rounding(file),
        origin=f"{file.publisher}, {file.quantization}",
        source=file.source.url,
    )
