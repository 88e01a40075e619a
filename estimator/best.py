"""The best form of a model for a machine, without all that an explanation needs."""

from dataclasses import dataclass
from functools import lru_cache

from estimator.answers import Fit, SpeedModel, Speeds, WeightBytes
from estimator.engines import EngineRules
from estimator.fit import COMFORTABLE_SHARE, verdict
from estimator.inputs import ModelArchitecture, Request
from estimator.inverse import allowed_bytes, ladder_of
from estimator.loads import resolve
from estimator.offload import offload_plan, placement_on_cards
from estimator.terms import asked_context

FOUR_BIT = {
    "gguf": "Q4_K_M",
    "mlx": "4bit",
    "exl": "4.0bpw",
    "server": "AWQ-4bit-128g",
}
"""What most people run: comfortable at this or heavier beats tight above it."""
HEAVIEST = {"gguf": "Q8_0", "mlx": "8bit", "exl": "8.0bpw", "server": "BF16"}
"""Above eight bits nothing is gained that anybody has measured."""


@dataclass(frozen=True, slots=True)
class Brief:
    """Fit and speed of one request, and nothing of how they came about."""

    fit: Fit
    needs_bytes: int | None
    budget_bytes: int
    """Over all cards."""
    speeds: Speeds | None
    layers_on_cards: int | None = None
    """Where some are offloaded."""


@lru_cache(maxsize=4096)
def steps_between(
    model: ModelArchitecture, family: str, least: str
) -> tuple[tuple[int, str], ...]:
    """(bytes, name) of the usual quantisations from `least` to eight bits."""
    steps = ladder_of(model, family)
    names = [name for _, name in steps]
    first = names.index(least) if least in names else 0
    heaviest = HEAVIEST[family]
    last = names.index(heaviest) if heaviest in names else len(names) - 1
    return steps[first : last + 1]


def best_quantization(
    request: Request, rules: EngineRules, weights: WeightBytes, least: str
) -> str:
    """The heaviest usual quantisation that is comfortable, if it has four bits or more;
    else the heaviest that fits; "" where none does.

    `weights` are those of any quantisation: only what lies beside them counts.
    """
    situation = resolve(request, rules, weights)
    context = asked_context(situation)
    steps = steps_between(request.model, rules.family, least)
    four_bit = FOUR_BIT[rules.family]
    enough = next((size for size, name in steps if name == four_bit), 0)
    ample = allowed_bytes(situation, context, COMFORTABLE_SHARE.value)
    if found := [name for size, name in steps if enough <= size <= ample]:
        return found[-1]
    most = allowed_bytes(situation, context)
    found = [name for size, name in steps if size <= most]
    return found[-1] if found else ""


def brief_estimate(
    request: Request, rules: EngineRules, weights: WeightBytes, speeds: SpeedModel
) -> Brief:
    """What `estimator.fit.estimate` says of fit, needs and speed, for long lists."""
    situation = resolve(request, rules, weights)
    context = asked_context(situation)
    loads = situation.loads_at(context)
    fit, _ = verdict(situation, loads, context)
    placement, plan = placement_on_cards(situation, loads), None
    if fit is Fit.DOES_NOT_FIT:
        plan = offload_plan(situation, context)
        fit = Fit.NEEDS_OFFLOAD if plan else fit
    answer = None
    if fit is not Fit.DOES_NOT_FIT:
        placed = plan.placement if plan else placement
        answer = speeds(request, weights, placed)
    return Brief(
        fit=fit,
        needs_bytes=sum(load.needs_bytes for load in loads) + situation.table_bytes,
        budget_bytes=sum(load.budget_bytes for load in loads),
        speeds=answer,
        layers_on_cards=plan.placement.gpu_layers if plan else None,
    )
