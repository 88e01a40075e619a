"""An estimate as a row of a file, or as a text for a person."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from estimator.answers import Estimate, Evidence, Range
from estimator.engines import GIB

TERMS = ("weights", "kv_cache", "recurrent_state", "compute_buffer", "overhead")


def as_row(estimate: Estimate) -> dict[str, Any]:
    """The answer to one line of a batch. Bytes are totals over devices."""
    speeds = estimate.speeds
    return {
        "fit": str(estimate.fit),
        "needs_bytes": estimate.needs_bytes,
        "reserves_bytes": estimate.reserves_bytes,
        "terms": {term.name: term.size_bytes for term in estimate.terms},
        "decode_tokens_per_second": _range(speeds.decode if speeds else None),
        "prefill_tokens_per_second": _range(speeds.prefill if speeds else None),
        "evidence": str(speeds.evidence if speeds else Evidence.ESTIMATED),
        "reasons": [*estimate.reasons, *(speeds.reasons if speeds else ())],
    }


def as_document(estimate: Estimate) -> dict[str, Any]:
    """Everything that is known, for `--json`."""
    document = as_row(estimate)
    document["context_tokens"] = estimate.context_tokens
    document["largest_context_tokens"] = estimate.largest_context_tokens
    document["largest_quantization"] = estimate.largest_quantization
    document["headroom_bytes"] = estimate.headroom_bytes
    document["explanation"] = [
        {
            "term": term.name,
            "bytes": term.size_bytes,
            "error_bytes": term.error_bytes,
            "formula": term.formula.key,
            "expression": term.formula.expression,
            "inputs": dict(term.inputs),
            "sources": list(term.formula.sources),
            "note": term.note,
        }
        for term in estimate.terms
    ]
    placed = estimate.placement
    document["devices"] = (
        [asdict(device) for device in placed.devices] if placed else []
    )
    document["host"] = asdict(placed.host) if placed and placed.host else None
    plan = estimate.offload
    document["offload"] = {"flags": plan.flags, "note": plan.note} if plan else None
    return document


def _range(value: Range | None) -> dict[str, float] | None:
    if value is None:
        return None
    return {
        "low": round(value.low, 2),
        "expected": round(value.expected, 2),
        "high": round(value.high, 2),
    }


def as_lines(estimate: Estimate) -> Iterator[str]:
    """The answer, then the reason, then the working."""
    yield f"Fit: {estimate.fit} at {estimate.context_tokens:,} tokens of context."
    yield from (f"  {reason}" for reason in estimate.reasons)
    for term in estimate.terms:
        size = "unknown" if term.size_bytes is None else _gib(term.size_bytes)
        name = term.name.replace("_", " ").capitalize()
        band = f" ± {_gib(term.error_bytes)}" if term.error_bytes else ""
        yield f"{name:<16} {size}{band}  {term.formula.key} {term.formula.title}"
    if estimate.needs_bytes is not None:
        yield f"{'Needs':<16} {_gib(estimate.needs_bytes)}"
    if estimate.reserves_bytes is not None:
        yield f"{'Will reserve':<16} {_gib(estimate.reserves_bytes)}"
    if estimate.largest_context_tokens:
        yield f"Largest context  {estimate.largest_context_tokens:,} tokens"
    if estimate.largest_quantization:
        yield f"Largest quantisation  {estimate.largest_quantization}"
    if estimate.offload is not None:
        yield f"With offload: {estimate.offload.flags}"
    yield from _speed_lines(estimate)


def _speed_lines(estimate: Estimate) -> Iterator[str]:
    speeds = estimate.speeds
    if speeds is None:
        return
    reading = speeds.prefill_evidence or speeds.evidence
    for name, value, tier in (
        ("Decode", speeds.decode, speeds.evidence),
        ("Prefill", speeds.prefill, reading),
    ):
        if value is not None:
            yield (
                f"{name:<16} {value.expected:.1f} tokens/s "
                f"({value.low:.1f} to {value.high:.1f}), {tier}"
            )
    yield from (f"  {reason}" for reason in speeds.reasons)


def _gib(size_bytes: int) -> str:
    return f"{size_bytes / GIB:.2f} GiB"
