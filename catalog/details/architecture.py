"""A model's architecture in sentences, from its own row only."""

import re
from typing import Any

from catalog.measures import billions, grouped
from catalog.models import Architecture

SOME_LAYERS = re.compile(r"attention layers: (\d+) of (\d+)")
CHUNKED_FAMILIES = ("llama-4",)
"""Their "window" is the length of a chunk, not a sliding one."""


def architecture_words(model: Any) -> list[str]:
    """One sentence for each thing the row knows; nothing is inferred."""
    sentences = (_weights(model), _layers(model), _heads(model), *_reach(model))
    return [sentence for sentence in sentences if sentence]


def _weights(model: Any) -> str:
    total = f"{billions(model.total_parameters)} billion parameters"
    active = model.active_parameters
    if active is None or active == model.total_parameters:
        kind = {Architecture.HYBRID: "Hybrid", Architecture.DENSE: "Dense"}
        name = kind.get(Architecture(model.architecture), "Mixture of experts")
        if active is None:
            return f"{name}: {total}; how many work on each token is not known."
        return f"{name}: every token passes through all {total}."
    return (
        f"Mixture of experts: each token uses {billions(active)} of "
        f"{total}. Memory follows the total, speed the active part."
    )


def _layers(model: Any) -> str:
    if not model.layers:
        return ""
    text = f"{model.layers} layers"
    if model.hidden_size:
        text += f", {grouped(model.hidden_size)} values wide"
    return f"{text}."


def _heads(model: Any) -> str:
    if model.kv_lora_rank:
        rope = f" and {model.qk_rope_head_dim} rotary" if model.qk_rope_head_dim else ""
        return (
            "Latent attention: instead of keys and values for each head, a layer keeps "
            f"one vector of {model.kv_lora_rank}{rope} values for each token."
        )
    heads, kv_heads = model.attention_heads, model.kv_heads
    if not heads or not kv_heads:
        return ""
    if heads == kv_heads:
        return f"{heads} attention heads, each with keys and values of its own."
    if kv_heads == 1:
        return f"{heads} attention heads share one set of keys and values."
    return f"{heads} attention heads share {kv_heads} sets of keys and values."


def _reach(model: Any) -> list[str]:
    return [_hybrid(model) or _window(model), _context(model)]


def _hybrid(model: Any) -> str:
    if model.architecture != Architecture.HYBRID:
        return ""
    every = model.global_layer_every_n
    rest = "; the others keep a state of fixed size."
    if some := SOME_LAYERS.search(model.notes):
        return f"{some[1]} of {some[2]} layers are attention layers{rest}"
    if every == 1:
        return "Every layer has attention beside a state of fixed size."
    if every:
        return f"Every {ordinal(every)} layer attends to the whole text{rest}"
    return "Only some layers attend to the whole text; which ones was not seen."


def _window(model: Any) -> str:
    window, every = model.sliding_window_tokens, model.global_layer_every_n
    context = model.context_window_tokens
    if window and context and window > context:
        return "Every layer attends to the whole text."
    if window and model.slug.startswith(CHUNKED_FAMILIES):
        return f"Most layers attend within chunks of {grouped(window)} tokens" + (
            f"; every {ordinal(every)} attends to the whole text." if every else "."
        )
    if window and every:
        return (
            f"Every {ordinal(every)} layer attends to the whole text, the others to "
            f"the last {grouped(window)} tokens."
        )
    if window:
        return f"Every layer attends to the last {grouped(window)} tokens."
    if every:
        return (
            f"Every {ordinal(every)} layer attends to the whole text, the others to a "
            "window whose size was not seen."
        )
    return ""


def _context(model: Any) -> str:
    if not model.context_window_tokens:
        return ""
    return f"It reads up to {grouped(model.context_window_tokens)} tokens."


def ordinal(number: int) -> str:
    """
    >>> [ordinal(number) for number in (2, 3, 4, 21, 11)]
    ['second', 'third', '4th', '21st', '11th']
    """
    if words := {1: "first", 2: "second", 3: "third"}.get(number):
        return words
    last = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in (11, 12, 13) else last}"
