"""Bytes of GGUF files: tensor by tensor where the parts are known, by name if not."""

import math
from functools import lru_cache

from estimator import formulas
from estimator.answers import Constant, Formula
from estimator.inputs import ModelArchitecture
from estimator.parts import Parts, parts_of
from estimator.quantizations import BLOCKS, MIXES, Quantization
from estimator.recipes import LAYERS, NARROW, RECIPES, Recipe, Rule

SMALL_PARAMETERS, LARGE_PARAMETERS = 8.030e9, 70.554e9
README = "https://github.com/ggml-org/llama.cpp/blob/master/tools/quantize/README.md"
DENSE_ERROR = Constant("Error of a mix by name, dense", 0.03, "share", README)
EXPERTS_ERROR = Constant("Error of a mix by name, experts", 0.05, "share", README)
TENSOR_ERROR = Constant(
    "Error tensor by tensor",
    0.02,
    "share",
    formulas.F2.sources[1],
    "nine of ten exact published files lie within it",
)
HYBRID_ERROR = Constant(
    "Error tensor by tensor, unusual layers",
    0.06,
    "share",
    formulas.F2.sources[1],
    "publishers keep some of their tensors at higher types",
)
PLAIN_ERROR = Constant("Error at 16 or 32 bits", 0.005, "share", formulas.F6.sources[0])


def tensor_bytes(elements: int, tensor_type: str) -> int:
    """Bytes of a tensor, rounded up to whole blocks. Source: F2.

    >>> tensor_bytes(4096 * 4096, "Q4_K")
    9437184
    """
    block, size = BLOCKS[tensor_type]
    return -(-elements // block) * size


def mix_bits(quantization: str, parameters: float) -> float:
    """Bits per weight of a GGUF mix, by its name and the model's size. Source: F3.

    Interpolated on log(parameters) between 8.03 and 70.55 billion, held flat outside.
    A model below a billion with a large vocabulary can be a tenth heavier.

    >>> round(mix_bits("Q4_K_M", 8.03e9), 4), round(mix_bits("Q4_K_M", 70.554e9), 4)
    (4.8944, 4.821)
    """
    small, large = MIXES[quantization]
    if large is None:
        return small
    span = math.log(LARGE_PARAMETERS / SMALL_PARAMETERS)
    place = math.log(parameters / SMALL_PARAMETERS) / span
    return small + (large - small) * min(1.0, max(0.0, place))


@lru_cache(maxsize=4096)
def _share(rule: str, layers: int) -> float:
    """The share of layers that a rule of a recipe names."""
    if rule == "all" or not layers:
        return 1.0
    test = LAYERS[rule]
    return sum(test(layer, layers) for layer in range(layers)) / layers


def _spread(elements: int, layers: int, rules: tuple[Rule, ...], base: str) -> float:
    """Bytes of one kind of tensor whose type depends on the layer."""
    left, size = 1.0, 0.0
    for rule, tensor_type in rules:
        share = min(left, _share(rule, layers))
        size += elements * share * bytes_per_weight(tensor_type)
        left -= share
    return size + elements * left * bytes_per_weight(base)


def bytes_per_weight(tensor_type: str) -> float:
    block, size = BLOCKS[tensor_type]
    return size / block


def _fitted(recipe_type: str, row: int) -> str:
    """The type a tensor gets: rows that are no multiple of a block need another."""
    if row and row % BLOCKS[recipe_type][0]:
        return NARROW.get(recipe_type, "F16")
    return recipe_type


def _value_rules(model: ModelArchitecture, recipe: Recipe) -> tuple[Rule, ...]:
    kv_heads = max((group.kv_heads for group in model.groups), default=0)
    shared_by = model.attention_heads // kv_heads if kv_heads else 1
    experts = model.experts.count if model.experts else 0
    if experts == 8:
        return (("all", "Q8_0"),)
    many = experts >= 4 and recipe.output == "Q5_K"
    if recipe.grouped_value and (shared_by >= 4 or many):
        return (("all", recipe.grouped_value),)
    if model.layers == 80 and shared_by >= 4 and recipe.base in ("Q3_K", "Q4_K"):
        better = tuple(rule for rule in recipe.value if rule[1] == "Q6_K")
        return (*better, ("all", "Q5_K"))
    return recipe.value


def _recipe_bytes(
    model: ModelArchitecture, parts: Parts, recipe: Recipe
) -> tuple[float, float, float]:
    """(all, input embedding, routed experts) in bytes."""
    row, layers = model.hidden_size, model.layers
    base = _fitted(recipe.base, row)
    of_base = bytes_per_weight(base)
    head = "Q8_0" if row % 256 else recipe.output
    table = head if not parts.output else _fitted(recipe.embedding or recipe.base, row)
    embedding = parts.embedding * bytes_per_weight(table)
    size = embedding + parts.output * bytes_per_weight(head)
    mixtral = model.experts is not None and model.experts.count == 8
    key = "Q8_0" if mixtral else recipe.key_query or recipe.base
    size += parts.key * bytes_per_weight(_fitted(key, row))
    size += parts.query * bytes_per_weight(
        _fitted(recipe.key_query or recipe.base, row)
    )
    values = tuple(
        (rule, _fitted(name, row)) for rule, name in _value_rules(model, recipe)
    )
    size += _spread(parts.value, parts.attention_layers, values, base)
    after = recipe.attention_output or recipe.base
    size += parts.attention_output * bytes_per_weight(
        "Q5_K" if mixtral and recipe.base in ("Q3_K", "Q4_K", "Q2_K") else after
    )
    size += parts.fused * bytes_per_weight(_fitted(recipe.fused or recipe.base, row))
    down = tuple((rule, _fitted(name, parts.down_row)) for rule, name in recipe.down)
    up = tuple((rule, _fitted(name, row)) for rule, name in recipe.gate_up)
    last, rest = parts.down_share, 1 - parts.down_share
    per_weight = last * _spread(1, layers, down, _fitted(recipe.base, parts.down_row))
    per_weight += rest * _spread(1, layers, up, base)
    experts = parts.experts * per_weight
    size += experts + parts.feed_forward * per_weight + parts.other * of_base
    return size + parts.unquantized * 4, embedding, experts


def gguf_bytes(
    model: ModelArchitecture, quantization: Quantization
) -> tuple[float, float, float, float, Formula]:
    """(all, input embedding, experts, error share, formula) of a GGUF file."""
    name = quantization.name
    recipe = RECIPES.get(name)
    parts = parts_of(model)
    parameters = model.text_parameters or model.total_parameters
    if parts is not None and model.native_dtype == "mxfp4" and parts.experts:
        kept = _fitted(recipe.base, model.hidden_size) if recipe else name
        return native_expert_bytes(parts, bytes_per_weight(kept))
    if parts is not None and recipe is not None:
        size, embedding, experts = _recipe_bytes(model, parts, recipe)
        error = HYBRID_ERROR.value if _is_unusual(model) else TENSOR_ERROR.value
        return size, embedding, experts, error, formulas.F2
    if name in ("F16", "BF16", "F32"):
        per_weight = float(BLOCKS[name][1])
        size, formula, error = parameters * per_weight, formulas.F6, PLAIN_ERROR.value
    elif name in MIXES:
        per_weight = mix_bits(name, parameters) / 8
        error = EXPERTS_ERROR.value if model.experts else DENSE_ERROR.value
        size, formula = parameters * per_weight, formulas.F3
    else:
        per_weight = bytes_per_weight(name)
        size, formula, error = parameters * per_weight, formulas.F2, DENSE_ERROR.value
    embedding = parts.embedding * per_weight if parts else 0.0
    experts = parts.experts * per_weight if parts else 0.0
    return size, embedding, experts, error, formula


def _is_unusual(model: ModelArchitecture) -> bool:
    """Layers that publishers treat in their own ways, or an output layer not seen."""
    own_ways = any(g.state is not None or not g.owns_cache for g in model.groups)
    return own_ways or model.has_tied_embeddings is None


def native_expert_bytes(
    parts: Parts, rest: float, plain: int = 4
) -> tuple[float, float, float, float, Formula]:
    """MXFP4 for the experts, `rest` bytes a weight elsewhere, `plain` for norms."""
    experts = parts.experts * bytes_per_weight("MXFP4")
    others = parts.total - parts.experts - parts.unquantized
    size = experts + parts.unquantized * plain + others * rest
    return size, parts.embedding * rest, experts, TENSOR_ERROR.value, formulas.F2
