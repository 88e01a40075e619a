"""One card: what it holds whatever the context, and what is left of it."""

from dataclasses import dataclass

from estimator.budget import Budget
from estimator.engines import TENSORRT_FREE_SHARE, EngineRules
from estimator.inputs import Hardware


@dataclass(frozen=True, slots=True)
class CardPlan:
    """What one card holds whatever the context, and its share of what grows."""

    card: Hardware
    budget: Budget
    layers: int
    weights_bytes: int
    state_bytes: int
    cache_share: float
    weight_share: float
    """Of the weights on all cards."""
    overhead_bytes: int
    buffer_bytes: int
    """Activations of server engines; 0 where the buffer depends on the context."""


def room_on(
    rules: EngineRules, plan: CardPlan, weights: int, cache: int, fixed: int
) -> int:
    """What is left of a card for its engine's rule, in bytes; negative: it lacks.

    vLLM has its share, SGLang its static share for weights and cache with buffers
    outside, TensorRT-LLM nine tenths of what weights and buffers leave.
    """
    kept = cache + plan.state_bytes
    if rules.kind == "tensorrt":
        free = plan.budget.usable_bytes - weights - fixed
        return int(free * TENSORRT_FREE_SHARE.value) - kept
    room = plan.budget.budget_bytes - weights - fixed - kept
    if rules.kind == "sglang":
        return min(room, plan.budget.reserves_bytes - weights - kept)
    return room


def reserves_on(rules: EngineRules, plan: CardPlan, cache: int, fixed: int) -> int:
    """What the engine takes of one card in all, in bytes."""
    needs = plan.weights_bytes + plan.state_bytes + cache + fixed
    if rules.kind == "vllm":
        return plan.budget.reserves_bytes
    if rules.kind == "sglang":
        return min(plan.budget.usable_bytes, plan.budget.reserves_bytes + fixed)
    if rules.kind == "tensorrt":
        used = plan.weights_bytes + fixed
        free = max(0, plan.budget.usable_bytes - used)
        return used + int(free * TENSORRT_FREE_SHARE.value)
    return needs


def layer_counts(layers: int, budgets: list[int]) -> list[int]:
    """Whole layers for each card, in proportion to what it offers.

    >>> layer_counts(32, [24, 8])
    [24, 8]
    """
    if len(budgets) == 1:
        return [layers]
    total = sum(budgets)
    if not total:
        return [layers] + [0] * (len(budgets) - 1)
    exact = [layers * budget / total for budget in budgets]
    counts = [int(share) for share in exact]
    order = sorted(range(len(exact)), key=lambda i: counts[i] - exact[i])
    for number in order[: layers - sum(counts)]:
        counts[number] += 1
    return counts
