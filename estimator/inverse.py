"""The largest context and the largest quantisation that fit, in closed form."""

from bisect import bisect_right
from functools import lru_cache

from estimator.answers import WeightBytes
from estimator.cache import window_cells
from estimator.engines import TENSORRT_FREE_SHARE
from estimator.inputs import ModelArchitecture
from estimator.loads import Situation
from estimator.quantizations import LADDER
from estimator.weights import weights_of

LADDERS = {
    "gguf": LADDER,
    "server": ("AWQ-4bit-128g", "FP8", "BF16"),
    "mlx": ("3bit", "4bit", "5bit", "6bit", "8bit", "BF16"),
    "exl": (
        *("2.0bpw", "2.5bpw", "3.0bpw", "3.5bpw", "4.0bpw", "5.0bpw"),
        *("6.0bpw", "8.0bpw"),
    ),
}
UNLIMITED = 10**9
SURCHARGE_STEPS = (32768, 4096, 0)
"""Above so many tokens Ollama's surcharge changes."""


def largest_context(situation: Situation) -> int:
    """The longest context in tokens that fits all cards; 0 if none does.

    Whole steps of the engine's cells, at most what the model was trained for. The
    layers stay where they are. Exact: the needs grow along straight lines whose corners
    are the windows and the surcharges, and the steps around the one found are tried.
    """
    longest = situation.request.model.context_window_tokens or UNLIMITED
    best = longest
    for number in range(len(situation.plans)):
        best = min(best, _longest_on(situation, number, best))
    if best >= longest:
        return longest
    step = situation.rules.cell_step
    best -= best % step
    while best + step <= longest and _fits(situation, best + step):
        best += step
    while best > 0 and not _fits(situation, best):
        best -= step
    return max(0, best)


def _fits(situation: Situation, context_tokens: int) -> bool:
    count = range(len(situation.plans))
    return all(situation.room_at(number, context_tokens) >= 0 for number in count)


def _longest_on(situation: Situation, number: int, longest: int) -> int:
    """Where the straight lines of one card's needs meet its budget."""
    if longest <= 0 or situation.room_at(number, longest) >= 0:
        return longest
    corners = {1}
    if situation.rules.slug == "ollama":
        corners.update((4096, 4097, 32768, 32769))
    for window, _ in situation.shape.windows:
        corners.add(_window_end(situation, window))
    start, room = 0, 0
    for corner in sorted(corner for corner in corners if corner < longest):
        left = situation.room_at(number, corner)
        if left < 0:
            return _between(start, room, corner, left) if start else 0
        start, room = corner, left
    return _between(start, room, longest, situation.room_at(number, longest))


def _window_end(situation: Situation, window: int) -> int:
    """The context from which a windowed layer keeps no more."""
    sequences = situation.sequences
    kept = window_cells(
        situation.rules, window, UNLIMITED, sequences, situation.window_batch
    )
    return kept if situation.rules.shares_context else kept // sequences


def _between(start: int, room: int, end: int, lack: int) -> int:
    return start + (end - start) * room // (room - lack)


@lru_cache(maxsize=2048)
def ladder_of(model: ModelArchitecture, family: str) -> tuple[tuple[int, str], ...]:
    """(bytes, name) of the family's usual quantisations, from small to large."""
    steps = []
    for name in LADDERS[family]:
        weights = weights_of(model, name, family)
        if isinstance(weights, WeightBytes):
            steps.append((weights.total_bytes, name))
    return tuple(sorted(steps))


def largest_quantization(situation: Situation, context_tokens: int) -> str:
    """The heaviest of the usual quantisations that fits at a context; "" if none.

    All else stays: cache, buffers, and the share of the weights on each card.
    """
    allowed = float("inf")
    for number, plan in enumerate(situation.plans):
        if plan.weight_share:
            room = situation.room_at(number, context_tokens)
            if situation.rules.kind == "tensorrt":
                room = int(room / TENSORRT_FREE_SHARE.value)
            allowed = min(allowed, (room + plan.weights_bytes) / plan.weight_share)
    total = situation.weights.total_bytes
    on_cards = (total - situation.table_bytes) / total if total else 1.0
    steps = ladder_of(situation.request.model, situation.rules.family)
    place = bisect_right(steps, (int(allowed / on_cards), "~"))
    return steps[place - 1][1] if place else ""
