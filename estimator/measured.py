"""Measured rows beside the formula: the same set-up wins, near ones set the level."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from statistics import median

from estimator.answers import Evidence, Placement, Range, Speeds
from estimator.inputs import EngineChoice, Machine, Request, SplitMode, WeightsChoice
from estimator.measurements import Measurement
from estimator.regression import quantile
from estimator.speed import decode_guesses
from estimator.speed_constants import SpeedConstants, shipped
from estimator.speed_setting import setting_of

LEAST_MEASURED_WIDTH = math.log(1.10)
"""Two runs of one set-up agree within a tenth; the site calls that reproduced."""
NEAR_WIDTH = 0.15
"""Half width where rows of another quantisation or context set the level."""
SHALLOW_TOKENS = 1024
"""Up to this depth a row stands for an empty context."""
NAMED_ROWS = 3


def with_measured(
    speeds: Speeds,
    request: Request,
    rows: Iterable[Measurement],
    constants: SpeedConstants | None = None,
) -> Speeds:
    """`speeds` with what `rows`, published for the same hardware, say better.

    A row of the same model, quantisation, engine and number of cards replaces decode
    (and prefill, where it states it). Rows that differ in quantisation or context
    scale the formula. Doubtful rows, unusual hosts, slower bins and several requests
    never count. Tokens a second.
    """
    found = [row for row in rows if row.decode and _is_like(row, request)]
    same = [row for row in found if _is_same(row, request)]
    if same:
        return _measured(speeds, same)
    near = [row for row in found if row.weights is not None]
    if near:
        return _near(speeds, near, constants or shipped())
    return speeds


def _is_like(row: Measurement, request: Request) -> bool:
    """The same model on the same cards by the same engine, one request."""
    cards, engine = request.machine.cards, request.engine
    return (
        row.model.name == request.model.name
        and row.engine == engine.slug
        and all(card.slug == row.card.slug for card in cards)
        and row.count == len(cards)
        and engine.backend in ("", row.backend)
        and row.concurrency in (None, 1)
        and not (row.is_doubtful or row.has_odd_host or row.is_slower_bin)
        and row.backend != "cpu"
    )


def _is_same(row: Measurement, request: Request) -> bool:
    wanted = request.weights.quantization.upper()
    is_shallow = row.mean_depth <= SHALLOW_TOKENS
    return row.quantization.upper() == wanted and is_shallow


def _measured(speeds: Speeds, rows: Sequence[Measurement]) -> Speeds:
    decode = _range([row.decode for row in rows if row.decode])
    read = [row.prefill for row in rows if row.prefill]
    scale = decode.expected / speeds.decode.expected if speeds.decode else 1.0
    words = (
        f"Measured on this set-up: {_names(rows)}; confidence "
        f"{_confidence(rows)}. A measurement wins over the formula."
    )
    return replace(
        speeds,
        decode=decode,
        prefill=_range(read) if read else speeds.prefill,
        decode_at_depth=_scaled(speeds.decode_at_depth, scale),
        decode_all_sequences=_scaled(speeds.decode_all_sequences, scale),
        evidence=Evidence.MEASURED,
        prefill_evidence=Evidence.MEASURED if read else speeds.evidence,
        reasons=(words, *speeds.reasons),
    )


def _range(values: Sequence[float]) -> Range:
    """The middle measurement, and all of them with a tenth to spare."""
    away = math.exp(LEAST_MEASURED_WIDTH)
    middle = median(values)
    return Range(
        min(min(values), middle / away), middle, max(max(values), middle * away)
    )


def _near(
    speeds: Speeds, rows: Sequence[Measurement], constants: SpeedConstants
) -> Speeds:
    """The formula, moved by what it got wrong on rows of the same model and card."""
    offs = [(row.decode or 0.0) / formula_speed(row, constants) for row in rows]
    scale = median(offs)
    spread = quantile([abs(math.log(off / scale)) for off in offs], 0.9)
    width = max(NEAR_WIDTH, spread)
    words = (
        f"Measured near: {_names(rows)}, the same model on the same hardware at "
        f"another quantisation or context. They set the level: {scale:.2f} "
        "times the formula."
    )
    return replace(
        speeds,
        decode=_scaled(speeds.decode, scale, width),
        decode_at_depth=_scaled(speeds.decode_at_depth, scale, width),
        decode_all_sequences=_scaled(speeds.decode_all_sequences, scale),
        evidence=Evidence.MEASURED_NEAR,
        prefill_evidence=speeds.evidence,
        reasons=(words, *speeds.reasons),
    )


def _scaled(
    value: Range | None, scale: float, width: float | None = None
) -> Range | None:
    if value is None:
        return None
    middle = value.expected * scale
    if width is None:
        return Range(value.low * scale, middle, value.high * scale)
    return Range(middle / math.exp(width), middle, middle * math.exp(width))


def formula_speed(row: Measurement, constants: SpeedConstants) -> float:
    """What the formula expects of a row's own set-up, at its own depth."""
    weights = row.weights
    if weights is None:
        raise ValueError(f"{row.slug} has no weights; nothing can be expected of it.")
    request = Request(
        model=row.model,
        weights=WeightsChoice(quantization=row.quantization),
        engine=EngineChoice(
            slug=row.engine, version=row.engine_version, backend=row.backend
        ),
        machine=Machine(cards=(row.card,)),
    )
    read = round(weights.total_bytes * weights.active_share)
    placement = Placement(
        devices=(),
        host=None,
        split=SplitMode.NONE,
        gpu_layers=row.model.layers,
        card_read_bytes=read,
    )
    setting = setting_of(request, weights, placement, constants)
    return 1 / decode_guesses(setting, row.mean_depth)[1].seconds


def _names(rows: Sequence[Measurement]) -> str:
    slugs = sorted(row.slug for row in rows)
    rest = len(slugs) - NAMED_ROWS
    named = ", ".join(slugs[:NAMED_ROWS])
    return f"{named} and {rest} more" if rest > 0 else named


def _confidence(rows: Sequence[Measurement]) -> str:
    words = sorted({row.confidence.lower() for row in rows if row.confidence})
    return " to ".join(words) if words else "not graded"
