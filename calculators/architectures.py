"""A model of the catalogue as the estimator needs it.

What the columns cannot say (groups of layers, experts, states) comes from
data/architectures.yaml; everything else from the columns.
"""

from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from catalog.importing.fields import slug_of
from catalog.models import AIModel
from catalog.models.ai_model import Architecture
from estimator.inputs import (
    Experts,
    LayerGroup,
    LayerKind,
    ModelArchitecture,
    RecurrentState,
)

Groups = tuple[LayerGroup, ...]
ARCHITECTURES = Path(settings.BASE_DIR) / "data" / "architectures.yaml"


@lru_cache(maxsize=1)
def entries() -> dict[str, dict[str, Any]]:
    """Slug as in the catalogue to its entry in the file."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    document = yaml.load(ARCHITECTURES.read_text("utf-8"), loader)  # noqa: S506 - safe
    return {
        slug_of(slug): entry
        for entry in document["architectures"]
        for slug in entry["models"]
    }


def architecture_of(model: AIModel) -> ModelArchitecture:
    """`model` with groups of layers, or with the reason why they are not known."""
    entry = entries().get(model.slug, {})
    unknown = entry.get("unknown", "")
    groups: Groups = ()
    bound = entry.get("upper_bound", "")
    if "groups" in entry:
        groups = tuple(_group(group) for group in entry["groups"])
    elif not unknown:
        groups, unknown, bound = _from_columns(model)
    experts = entry.get("experts")
    tied = entry.get("has_tied_embeddings", model.has_tied_embeddings)
    return ModelArchitecture(
        name=model.name,
        total_parameters=model.total_parameters,
        active_parameters=model.active_parameters,
        layers=model.layers or 0,
        hidden_size=model.hidden_size or 0,
        attention_heads=model.attention_heads or 0,
        head_dim=model.head_dim or 0,
        feed_forward_size=entry.get("feed_forward_size", 0),
        vocabulary_size=model.vocabulary_size or 0,
        has_tied_embeddings=tied,
        groups=groups,
        experts=Experts(**experts) if experts else None,
        context_window_tokens=model.context_window_tokens,
        native_dtype=model.native_dtype,
        has_fused_attention=entry.get("has_fused_attention", False),
        text_parameters=entry.get("text_parameters", 0),
        cache_unknown_because=unknown,
        cache_is_upper_bound_because=bound,
        source=entry.get("source", ""),
    )


def _group(group: dict[str, Any]) -> LayerGroup:
    values = dict(group)
    state = values.pop("state", None)
    return LayerGroup(
        kind=LayerKind(values.pop("kind")),
        state=RecurrentState(**state) if state else None,
        **values,
    )


def _from_columns(model: AIModel) -> tuple[Groups, str, str]:
    """(groups, why unknown, why an upper bound) of a model that has no entry."""
    if not model.layers:
        return (), "its layers are not in the catalogue", ""
    if model.architecture == Architecture.MLA:
        if not model.kv_lora_rank or not model.qk_rope_head_dim:
            return (), "the ranks of its latent attention were not seen", ""
        latent = LayerGroup(
            kind=LayerKind.LATENT,
            count=model.layers,
            latent_width=model.kv_lora_rank + model.qk_rope_head_dim,
            value_head_dim=model.kv_lora_rank,
        )
        return (latent,), "", ""
    if model.architecture == Architecture.HYBRID:
        return (), "which of its layers keep what was not seen", ""
    if not model.kv_heads or not model.head_dim:
        return (), "its KV heads or their size were not seen", ""
    return _attention(model), "", _bound(model)


def _attention(model: AIModel) -> Groups:
    layers, window = model.layers or 0, model.sliding_window_tokens or 0
    context = model.context_window_tokens or 0
    heads, size = model.kv_heads or 0, model.head_dim or 0
    full = partial(LayerGroup, kv_heads=heads, key_head_dim=size, value_head_dim=size)
    if not window or (context and window >= context):
        return (full(kind=LayerKind.FULL, count=layers),)
    every = model.global_layer_every_n
    wide = layers // every if every else 0
    windowed = full(kind=LayerKind.WINDOWED, count=layers - wide, window_tokens=window)
    return (full(kind=LayerKind.FULL, count=wide), windowed) if wide else (windowed,)


def _bound(model: AIModel) -> str:
    if model.global_layer_every_n and not model.sliding_window_tokens:
        return "the size of its window was not seen, so every layer is counted in full"
    return ""
