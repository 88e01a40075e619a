"""An estimate term by term, printed from its own objects."""

from collections.abc import Iterator
from dataclasses import dataclass

from calculators.memory_bars import gib_text
from catalog.measures import grouped
from estimator.answers import Estimate, Term
from estimator.inputs import LayerGroup, LayerKind, ModelArchitecture

NAMES = {
    "weights": "Weights",
    "kv_cache": "KV cache",
    "recurrent_state": "Recurrent state",
    "compute_buffer": "Compute buffer",
    "overhead": "Context and libraries",
}


@dataclass(frozen=True)
class TermLine:
    """One part of the memory with all that it was worked out from."""

    name: str
    size: str
    """GiB; empty: unknown, the note says why."""
    size_bytes: str
    error: str
    rule: str
    expression: str
    inputs: list[tuple[str, str]]
    sources: tuple[str, ...]
    limits: str
    note: str
    note_url: str


def term_lines(estimate: Estimate, model: ModelArchitecture) -> list[TermLine]:
    """Every part but those that are nothing."""
    return [_line(term, model) for term in estimate.terms if term.size_bytes != 0]


def _line(term: Term, model: ModelArchitecture) -> TermLine:
    formula = term.formula
    is_address = term.note.startswith("https://")
    size = term.size_bytes
    return TermLine(
        name=NAMES[term.name],
        size="" if size is None else gib_text(size),
        size_bytes=grouped(size),
        error=_error(term),
        rule=f"{formula.key} {formula.title}",
        expression=formula.expression,
        inputs=[*_layers(term, model), *_written(term)],
        sources=formula.sources,
        limits=formula.limits,
        note="" if is_address else term.note,
        note_url=term.note if is_address else "",
    )


def _written(term: Term) -> Iterator[tuple[str, str]]:
    for name, value in term.inputs:
        yield name, _value(value)


def _layers(term: Term, model: ModelArchitecture) -> Iterator[tuple[str, str]]:
    """Which layers keep a cache or a state, as the formula multiplies them."""
    if term.size_bytes is None or term.name not in ("kv_cache", "recurrent_state"):
        return
    is_state = term.name == "recurrent_state"
    for group in model.groups:
        if not group.owns_cache or group.kind is LayerKind.NONE:
            continue
        if (group.state is not None) == is_state:
            yield f"layers of {group.kind}", _shape(group)


def _shape(group: LayerGroup) -> str:
    if group.state is not None:
        state = group.state
        return f"{group.count} × {state.inner_size} × {state.state_size}"
    if group.latent_width:
        return f"{group.count} × {group.latent_width} wide"
    words = f"{group.count} × {group.kv_heads} KV heads"
    words += f" × ({group.key_head_dim} + {group.value_head_dim})"
    if group.window_tokens:
        words += f", window of {grouped(group.window_tokens)}"
    return words


def _error(term: Term) -> str:
    if term.size_bytes is None:
        return ""
    if not term.error_bytes:
        return "exact"
    return f"± {gib_text(term.error_bytes)} GiB"


def _value(value: float | str) -> str:
    if isinstance(value, str):
        return value
    return grouped(int(value)) if value == int(value) else f"{value:g}"
