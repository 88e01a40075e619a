"""The largest context and the largest quantisation that fit, in closed form."""

from bisect import bisect_right
from functools import lru_cache

from estimator.answers import WeightBytes
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


def largest_context(situation: Situation) -> int:
    """The longest context in tokens that fits all cards; 0 if none does.

    Whole steps of the engine's cells, at most what the model was trained for. The
    layers stay where they are. Exact: what is left falls along straight lines, so two
    of its points give the step where it ends; a corner between them (a window, a
    surcharge) costs another try.
    """
    longest = situation.request.model.context_window_tokens or UNLIMITED
    room = min(situation.rooms_at(longest))
    if room >= 0:
        return longest
    step = situation.rules.cell_step
    fits, left = 1, min(situation.rooms_at(step))
    if left < 0:
        return 0
    fails, lacks = -(-longest // step), -room
    tries = 0
    while fails - fits > 1:
        guess = fits + (fails - fits) * left // (left + lacks)
        if tries % 3 == 2:
            guess = (fits + fails) // 2
        guess = min(max(guess, fits + 1), fails - 1)
        room = min(situation.rooms_at(guess * step))
        if room >= 0:
            fits, left = guess, room
        else:
            fails, lacks = guess, -room
        tries += 1
    return fits * step


@lru_cache(maxsize=2048)
def ladder_of(model: ModelArchitecture, family: str) -> tuple[tuple[int, str], ...]:
    """(bytes, name) of the family's usual quantisations, from small to large."""
    steps = []
    for name in LADDERS[family]:
        weights = weights_of(model, name, family)
        if isinstance(weights, WeightBytes):
            steps.append((weights.total_bytes, name))
    return tuple(sorted(steps))


def allowed_bytes(
    situation: Situation, context_tokens: int, spare_share: float = 0.0
) -> float:
    """The heaviest weights that leave a share of every card's budget, in bytes.

    All else stays: cache, buffers, and the share of the weights on each card.
    """
    allowed = float("inf")
    rooms = situation.rooms_at(context_tokens)
    for plan, room in zip(situation.plans, rooms, strict=True):
        if plan.weight_share:
            spare = room - spare_share * plan.budget.budget_bytes
            if situation.rules.kind == "tensorrt":
                spare = int(spare / TENSORRT_FREE_SHARE.value)
            allowed = min(allowed, (spare + plan.weights_bytes) / plan.weight_share)
    total = situation.weights.total_bytes
    on_cards = (total - situation.table_bytes) / total if total else 1.0
    return allowed / on_cards


def largest_quantization(situation: Situation, context_tokens: int) -> str:
    """The heaviest of the usual quantisations that fits at a context; "" if none."""
    allowed = int(allowed_bytes(situation, context_tokens))
    steps = ladder_of(situation.request.model, situation.rules.family)
    place = bisect_right(steps, (allowed, "~"))
    return steps[place - 1][1] if place else ""
