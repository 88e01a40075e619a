"""How many bytes the weights take: from files, from tensors, from names."""

from functools import lru_cache

from estimator import formulas
from estimator.answers import Constant, Formula, WeightBytes
from estimator.gguf import (
    DENSE_ERROR,
    PLAIN_ERROR,
    bytes_per_weight,
    gguf_bytes,
    native_expert_bytes,
)
from estimator.inputs import KnownSize, ModelArchitecture
from estimator.parts import parts_of
from estimator.quantizations import (
    Quantization,
    Scheme,
    read_quantization,
)

LINEAR_ERROR = Constant(
    "Error of safetensors below 16 bits",
    0.10,
    "share",
    formulas.F5.sources[0],
    "publishers keep different parts at 16 bits",
)
Inputs = tuple[tuple[str, float | str], ...]


def _safetensors(
    model: ModelArchitecture, quantization: Quantization
) -> tuple[float, float, float, float, Formula]:
    """(all, input embedding, experts, error share, formula) of other formats."""
    parameters = model.total_parameters
    per_weight = quantization.bits / 8
    parts = parts_of(model)
    if quantization.scheme is Scheme.PLAIN or parts is None:
        formula = formulas.F6 if quantization.scheme is Scheme.PLAIN else formulas.F5
        plain = quantization.scheme is Scheme.PLAIN
        error = PLAIN_ERROR.value if plain else LINEAR_ERROR.value
        embedding = parts.embedding * per_weight if parts else 0.0
        experts = parts.experts * per_weight if parts else 0.0
        return parameters * per_weight, embedding, experts, error, formula
    experts = parts.experts * per_weight
    formula = formulas.F4 if quantization.bits < 8 else formulas.F5
    if quantization.scheme is Scheme.EVERYTHING:
        size = parts.total * per_weight + (parameters - parts.total) * 2
        embedding = parts.embedding * per_weight
        return size, embedding, experts, DENSE_ERROR.value, formulas.F5
    vision = parameters - parts.total
    linear = parts.total - parts.embedding - parts.output
    head = parts.output * quantization.head_bits / 8
    size = linear * per_weight + parts.embedding * 2 + head + vision * 2
    return size, parts.embedding * 2, experts, LINEAR_ERROR.value, formula


@lru_cache(maxsize=8192)
def weights_of(
    model: ModelArchitecture,
    quantization_name: str,
    family: str,
    known: KnownSize | None = None,
) -> WeightBytes | str:
    """The bytes of the weights of `model`, or a sentence that says why not.

    A published size wins over every rule (F1); then tensors (F2), names (F3), formats
    (F4 to F6). Answers bytes as they lie in files; what an engine adds is its own
    affair. `family` is gguf, mlx, exl or server.
    """
    quantization = read_quantization(quantization_name, family)
    worked_out = _worked_out(model, quantization, family)
    if known is None and worked_out is None:
        return f"Weights unknown, because {quantization.unknown_because}"
    parameters = model.total_parameters
    if worked_out is None:
        worked_out = _by_size(model, known)
    size, embedding, experts, error, formula = worked_out
    inputs: Inputs = (("parameters", parameters), ("quantization", quantization.name))
    if known is not None:
        scale = known.size_bytes / size if size else 1.0
        size, formula = float(known.size_bytes), formulas.F1
        embedding, experts = embedding * scale, experts * scale
        error = known.error_share
        inputs = (("file", known.origin or "given"), ("bytes", known.size_bytes))
    return WeightBytes(
        total_bytes=round(size),
        error_share=error,
        is_exact=known is not None and known.is_exact,
        bits_per_weight=size * 8 / parameters,
        input_embedding_bytes=0 if model.has_tied_embeddings else round(embedding),
        expert_bytes=round(min(experts, size)),
        formula=formula,
        inputs=inputs,
        note=known.source if known is not None else "",
        active_share=_active_share(model, size, experts, embedding),
    )


def _by_size(
    model: ModelArchitecture, known: KnownSize | None
) -> tuple[float, float, float, float, Formula]:
    """A size that no rule explains, spread evenly over the parameters."""
    size = float(known.size_bytes) if known is not None else 0.0
    parts = parts_of(model)
    share = size / parts.total if parts else 0.0
    embedding = parts.embedding * share if parts else 0.0
    experts = parts.experts * share if parts else 0.0
    return size, embedding, experts, 0.0, formulas.F1


def _worked_out(
    model: ModelArchitecture, quantization: Quantization, family: str
) -> tuple[float, float, float, float, Formula] | None:
    if quantization.scheme in (Scheme.UNKNOWN, Scheme.OWN_MIX):
        return None
    if quantization.scheme is Scheme.GGUF:
        return gguf_bytes(model, quantization)
    if quantization.scheme is Scheme.EXPERTS:
        parts = parts_of(model)
        if parts is None or not parts.experts:
            return _safetensors(model, quantization)
        is_gguf = family == "gguf"
        rest = bytes_per_weight("Q8_0") if is_gguf else 2.0
        return native_expert_bytes(parts, rest, 4 if is_gguf else 2)
    return _safetensors(model, quantization)


def _active_share(
    model: ModelArchitecture, size: float, experts: float, embedding: float
) -> float:
    """Bytes one token reads, as a share of all; the input embedding is left out."""
    table = 0.0 if model.has_tied_embeddings else embedding
    if model.experts is not None and experts and model.experts.count:
        idle = experts * (1 - model.experts.active / model.experts.count)
    elif model.active_parameters and model.active_parameters < model.total_parameters:
        return model.active_parameters / model.total_parameters
    else:
        idle = 0.0
    return max(0.0, min(1.0, (size - idle - table) / size)) if size else 1.0
