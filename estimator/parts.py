"""How many parameters each part of a model holds."""

from dataclasses import dataclass
from functools import lru_cache

from estimator.inputs import LayerKind, ModelArchitecture

ATTENTION = (LayerKind.FULL, LayerKind.WINDOWED, LayerKind.CHUNKED)


@dataclass(frozen=True, slots=True)
class Parts:
    """Parameters by part, over all layers."""

    embedding: int
    output: int
    """0 where the output layer is the embedding."""
    query: int
    key: int
    value: int
    attention_output: int
    fused: int
    """Query, key and value in one tensor, of linear and of fused attention."""
    attention_layers: int
    feed_forward: int
    """Dense and shared feed-forward parts."""
    experts: int
    down_share: float
    """Of the feed-forward parts, what lies in the last matrix."""
    down_row: int
    """Length of the rows of that matrix; 0: not known."""
    unquantized: int
    """Norms, routers, biases of experts: F32 in GGUF files."""
    other: int
    """Recurrent layers, latent attention, vision, prediction layers."""
    total: int


def dense_parameters(
    *,
    vocabulary_size: int,
    hidden_size: int,
    layers: int,
    attention_heads: int,
    kv_heads: int,
    head_dim: int,
    feed_forward_size: int,
    is_tied: bool,
) -> int:
    """Parameters of a dense decoder with a gated feed-forward part, without norms.

    Source: F6. Norms and biases add less than 0.1 %.

    >>> dense_parameters(vocabulary_size=128256, hidden_size=4096, layers=32,
    ...     attention_heads=32, kv_heads=8, head_dim=128, feed_forward_size=14336,
    ...     is_tied=False)
    8029995008
    """
    attention = 2 * hidden_size * (attention_heads + kv_heads) * head_dim
    per_layer = attention + 3 * hidden_size * feed_forward_size
    return vocabulary_size * hidden_size * (2 - is_tied) + layers * per_layer


@lru_cache(maxsize=1024)
def parts_of(model: ModelArchitecture) -> Parts | None:
    """The parameters of `model` by part; None where too little is known.

    What no rule places is counted as `other`, so that the parts add up to the total.
    Feed-forward sizes that are not known follow from the total.
    """
    if not (model.vocabulary_size and model.hidden_size and model.attention_heads):
        return None
    total = model.text_parameters or model.total_parameters
    embedding = model.vocabulary_size * model.hidden_size
    output = 0 if model.has_tied_embeddings else embedding
    query, key, value, attention_output, attention_layers = _attention(model)
    fused = _linear_attention(model)
    rest = total - embedding - output - query - key - value - attention_output - fused
    if rest <= 0:
        return None
    if model.has_fused_attention:
        fused, query, key, value = fused + query + key + value, 0, 0, 0
    experts, feed_forward, down_share = _feed_forward(model, rest)
    plain = min(_unquantized(model), rest - experts - feed_forward)
    return Parts(
        embedding=embedding,
        output=output,
        query=query,
        key=key,
        value=value,
        attention_output=attention_output,
        fused=fused,
        attention_layers=attention_layers,
        feed_forward=feed_forward,
        experts=experts,
        down_share=down_share,
        down_row=_down_row(model, feed_forward),
        unquantized=plain,
        other=rest - experts - feed_forward - plain,
        total=total,
    )


def _attention(model: ModelArchitecture) -> tuple[int, int, int, int, int]:
    """Query, key, value, output and layers of attention with heads."""
    query = key = value = output = layers = 0
    for group in model.groups:
        if group.kind in ATTENTION:
            wide = model.hidden_size * group.count
            query += wide * model.attention_heads * group.key_head_dim
            key += wide * group.kv_heads * group.key_head_dim
            value += wide * group.kv_heads * group.value_head_dim
            output += wide * model.attention_heads * group.value_head_dim
            layers += group.count
    return query, key, value, output, layers


def _linear_attention(model: ModelArchitecture) -> int:
    """Query, key and value of gated linear attention, one tensor in GGUF files."""
    return sum(
        group.count
        * model.hidden_size
        * (group.state.inner_size + 2 * group.state.groups * group.state.state_size)
        for group in model.groups
        if group.kind is LayerKind.LINEAR and group.state is not None
    )


def _down_row(model: ModelArchitecture, feed_forward: int) -> int:
    """From the data, or solved: feed-forward sizes are multiples of 64."""
    if model.experts is not None and model.experts.intermediate_size:
        return model.experts.intermediate_size
    if model.feed_forward_size:
        return model.feed_forward_size
    if model.experts is not None or not model.layers:
        return 0
    exact = feed_forward / (3 * model.hidden_size * model.layers)
    near = round(exact / 64) * 64
    is_plain = all(group.kind in ATTENTION for group in model.groups)
    return near if is_plain and abs(exact - near) < 0.002 * exact else 0


def _unquantized(model: ModelArchitecture) -> int:
    plain = (2 * model.layers + 1) * model.hidden_size
    experts = model.experts
    if experts is not None:
        layers = experts.layers or model.layers
        plain += layers * experts.count * model.hidden_size
        if experts.has_biases:
            wide = (experts.matrices - 1) * experts.intermediate_size
            plain += layers * experts.count * (wide + model.hidden_size)
    return plain


def _feed_forward(model: ModelArchitecture, rest: int) -> tuple[int, int, float]:
    """Expert parameters, other feed-forward parameters, share of the last matrix."""
    experts = model.experts
    if experts is None or not experts.intermediate_size:
        known = 3 * model.hidden_size * model.feed_forward_size * model.layers
        return 0, (known if 0 < known <= rest else rest), 1 / 3
    matrices, hidden = experts.matrices, model.hidden_size
    layers = experts.layers or model.layers
    routed = layers * experts.count * matrices * hidden * experts.intermediate_size
    shared = layers * matrices * hidden * experts.shared_intermediate_size
    dense = (model.layers - layers) * 3 * hidden * model.feed_forward_size
    routed = min(routed, rest)
    return routed, max(0, min(shared + dense, rest - routed)), 1 / matrices
