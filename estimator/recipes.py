"""Which type llama.cpp's quantiser gives each tensor of a mix.

Facts read in https://github.com/ggml-org/llama.cpp/blob/master/src/llama-quant.cpp,
written as a table of parts. A part is named as in a GGUF file; `Spread` says which
layers get the better type. One-dimensional tensors stay F32 and are counted apart.
"""

from collections.abc import Callable
from dataclasses import dataclass

Rule = tuple[str, str]
"""(which layers, type): "all", "eighth", "sixteenth", "more", "two", "four"."""


def more_bits(layer: int, layers: int) -> bool:
    """The layers that M mixes favour: first and last eighth, every third between."""
    eighth = layers // 8
    if layer < eighth or layer >= 7 * layers // 8:
        return True
    return (layer - eighth) % 3 == 2


LAYERS: dict[str, Callable[[int, int], bool]] = {
    "all": lambda layer, layers: True,
    "eighth": lambda layer, layers: layer < layers // 8,
    "sixteenth": lambda layer, layers: layer < layers // 16,
    "more": more_bits,
    "two": lambda layer, layers: layer < 2,
    "four": lambda layer, layers: layer < 4,
    "middle": lambda layer, layers: layers // 8 <= layer < 7 * layers // 8,
}


@dataclass(frozen=True, slots=True)
class Recipe:
    """A mix: the type of most tensors, and the exceptions."""

    base: str
    output: str = "Q6_K"
    embedding: str = ""
    value: tuple[Rule, ...] = ()
    grouped_value: str = ""
    """Type of attn_v where at least four query heads share one KV head."""
    key_query: str = ""
    attention_output: str = ""
    fused: str = ""
    """Type of attn_qkv, where query, key and value are one tensor."""
    down: tuple[Rule, ...] = ()
    gate_up: tuple[Rule, ...] = ()


RECIPES: dict[str, Recipe] = {
    "Q8_0": Recipe("Q8_0", output="Q8_0"),
    "Q6_K": Recipe("Q6_K"),
    "Q5_K_M": Recipe(
        "Q5_K", fused="Q6_K", value=(("more", "Q6_K"),), down=(("more", "Q6_K"),)
    ),
    "Q5_K_S": Recipe("Q5_K"),
    "Q5_1": Recipe("Q5_1"),
    "Q5_0": Recipe("Q5_0"),
    "Q4_K_M": Recipe(
        "Q4_K", fused="Q5_K", value=(("more", "Q6_K"),), down=(("more", "Q6_K"),)
    ),
    "Q4_K_S": Recipe("Q4_K", value=(("four", "Q5_K"),), down=(("eighth", "Q5_K"),)),
    "Q4_1": Recipe("Q4_1"),
    "Q4_0": Recipe("Q4_0"),
    "IQ4_NL": Recipe("IQ4_NL", grouped_value="Q5_K", down=(("eighth", "Q5_K"),)),
    "IQ4_XS": Recipe("IQ4_XS", grouped_value="Q5_K", down=(("eighth", "Q5_K"),)),
    "Q3_K_L": Recipe(
        "Q3_K",
        value=(("all", "Q5_K"),),
        attention_output="Q5_K",
        down=(("all", "Q5_K"),),
    ),
    "Q3_K_M": Recipe(
        "Q3_K",
        value=(("two", "Q5_K"), ("all", "Q4_K")),
        attention_output="Q4_K",
        fused="Q4_K",
        down=(("sixteenth", "Q5_K"), ("all", "Q4_K")),
    ),
    "Q3_K_S": Recipe("Q3_K"),
    "IQ3_M": Recipe(
        "IQ3_S",
        value=(("all", "Q4_K"),),
        attention_output="Q4_K",
        fused="Q4_K",
        down=(("eighth", "Q4_K"),),
    ),
    "IQ3_S": Recipe("IQ3_S", grouped_value="Q4_K"),
    "IQ3_XS": Recipe(
        "IQ3_S",
        grouped_value="Q4_K",
        key_query="IQ3_XXS",
        gate_up=(("middle", "IQ3_XXS"),),
    ),
    "IQ3_XXS": Recipe(
        "IQ3_XXS",
        output="Q5_K",
        embedding="IQ3_S",
        value=(("all", "IQ3_S"),),
        grouped_value="Q4_K",
        key_query="IQ2_S",
        attention_output="IQ3_S",
    ),
    "Q2_K": Recipe(
        "Q2_K",
        value=(("all", "Q3_K"),),
        grouped_value="Q4_K",
        attention_output="Q3_K",
        down=(("all", "Q3_K"),),
    ),
    "Q2_K_S": Recipe("Q2_K", grouped_value="Q4_K", down=(("eighth", "Q4_K"),)),
    "IQ2_M": Recipe(
        "IQ2_S",
        output="Q5_K",
        embedding="IQ3_S",
        value=(("all", "IQ3_S"),),
        grouped_value="Q4_K",
        attention_output="IQ3_S",
        down=(("eighth", "IQ3_S"),),
    ),
    "IQ2_S": Recipe(
        "IQ2_XS",
        output="Q5_K",
        embedding="IQ3_S",
        value=(("all", "IQ3_S"),),
        grouped_value="Q4_K",
        attention_output="IQ3_S",
        down=(("eighth", "IQ3_S"),),
    ),
}
for _name, _attention in (
    ("IQ2_XS", ""),
    ("IQ2_XXS", ""),
    ("IQ1_M", "IQ2_XXS"),
    ("IQ1_S", "IQ2_XXS"),
):
    RECIPES[_name] = Recipe(
        _name,
        output="Q5_K",
        embedding="Q2_K",
        value=(("all", "Q2_K"),),
        grouped_value="Q4_K",
        attention_output=_attention,
        down=(("eighth", "Q2_K"),),
    )
for _name in ("TQ1_0", "TQ2_0"):
    RECIPES[_name] = Recipe(_name, embedding="Q4_K")

NARROW = {
    "Q2_K": "IQ4_NL",
    "Q3_K": "IQ4_NL",
    "Q4_K": "Q5_0",
    "Q5_K": "Q5_1",
    "Q6_K": "Q8_0",
    "IQ4_XS": "IQ4_NL",
    "IQ3_S": "IQ4_NL",
    "IQ3_XXS": "IQ4_NL",
    "IQ2_S": "IQ4_NL",
    "IQ2_XS": "IQ4_NL",
    "IQ2_XXS": "IQ4_NL",
    "IQ1_M": "IQ4_NL",
    "IQ1_S": "IQ4_NL",
    "TQ1_0": "Q4_0",
    "TQ2_0": "Q4_0",
}
"""What a tensor gets whose rows are no multiple of 256."""
