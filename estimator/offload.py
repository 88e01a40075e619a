"""What to leave in host memory when a model does not fit the cards (llama.cpp)."""

from estimator.answers import DeviceLoad, OffloadPlan, Placement
from estimator.budget import ASSUMED_HOST_RAM, HOST_KEEPS
from estimator.engines import GIB, HOST_PROCESS
from estimator.inputs import SplitMode
from estimator.loads import Situation


def can_offload(situation: Situation) -> bool:
    """Only llama.cpp and its kin, and only beside cards with memory of their own."""
    apart = not any(
        plan.card.has_unified_memory or plan.card.kind in ("apple_soc", "apu", "cpu")
        for plan in situation.plans
    )
    return situation.rules.can_offload and apart


def host_budget(situation: Situation) -> int:
    """Host memory for weights, in bytes; assumed where none is stated."""
    ram = situation.request.machine.host.ram_bytes or ASSUMED_HOST_RAM.value
    return round(ram - HOST_KEEPS.value - HOST_PROCESS.value)


def offload_plan(situation: Situation, context_tokens: int) -> OffloadPlan | None:
    """The plan that keeps most on the cards; None where host memory lacks too.

    Experts go first, from the last layer backwards (--n-cpu-moe); then whole layers
    (--n-gpu-layers). The compute buffer does not shrink (F18). Order as in
    https://github.com/ggml-org/llama.cpp/pull/16653.
    """
    if not can_offload(situation):
        return None
    plan = _experts_first(situation, context_tokens)
    plan = plan or _whole_layers(situation, context_tokens)
    if plan is None or plan.placement.host is None:
        return None
    if plan.placement.host.needs_bytes > host_budget(situation):
        return None
    return plan


def _experts_first(situation: Situation, context_tokens: int) -> OffloadPlan | None:
    experts, weights = situation.request.model.experts, situation.weights
    if experts is None or not weights.expert_bytes or not experts.count:
        return None
    layers = experts.layers or situation.request.model.layers
    per_layer = weights.expert_bytes / layers
    loads = situation.loads_at(context_tokens)
    moved = 0
    shifted = []
    rooms = situation.rooms_at(context_tokens)
    for number, (load, room) in enumerate(zip(loads, rooms, strict=True)):
        lack = max(0, -room)
        count = -int(-lack // per_layer)
        if count > round(layers * situation.plans[number].weight_share):
            return None
        moved += count
        shifted.append(_relieved(load, round(count * per_layer), 0, load.layers))
    host_bytes = round(moved * per_layer)
    read = round(host_bytes * experts.active / experts.count)
    return OffloadPlan(
        placement=_placement(
            situation,
            tuple(shifted),
            weights_on_host=host_bytes,
            cache_on_host=0,
            gpu_layers=situation.request.model.layers,
            cpu_expert_layers=moved,
            host_read=read,
        ),
        flags=f"--n-gpu-layers 999 --n-cpu-moe {moved}",
        note=(
            f"The experts of {moved} of {layers} layers stay in host memory "
            f"({host_bytes / GIB:.1f} GiB)."
        ),
    )


def _whole_layers(situation: Situation, context_tokens: int) -> OffloadPlan | None:
    model = situation.request.model
    if not model.layers:
        return None
    loads = situation.loads_at(context_tokens)
    shifted, kept = [], 0
    for plan, load in zip(situation.plans, loads, strict=True):
        growing = load.weights_bytes + load.kv_cache_bytes + load.recurrent_state_bytes
        fixed = load.compute_buffer_bytes + load.overhead_bytes
        room = plan.budget.budget_bytes - fixed
        layers = min(load.layers, max(0, load.layers * room // max(1, growing)))
        kept += layers
        share = 1 - layers / load.layers if load.layers else 0.0
        shifted.append(_relieved(load, load.weights_bytes * share, share, layers))
    on_host = sum(load.weights_bytes for load in loads)
    on_host -= sum(load.weights_bytes for load in shifted)
    cache = sum(load.kv_cache_bytes + load.recurrent_state_bytes for load in loads)
    cache -= sum(load.kv_cache_bytes + load.recurrent_state_bytes for load in shifted)
    staying = on_host + situation.table_bytes  # as host_load counts them
    return OffloadPlan(
        placement=_placement(
            situation,
            tuple(shifted),
            weights_on_host=on_host,
            cache_on_host=cache,
            gpu_layers=kept,
            cpu_expert_layers=0,
            host_read=round(on_host * situation.weights.active_share),
        ),
        flags=f"--n-gpu-layers {kept}",
        note=(
            f"{kept} of {model.layers} layers lie on the card"
            f"{'s' if len(loads) > 1 else ''}, {staying / GIB:.1f} GiB of weights stay "
            "in host memory."
        ),
    )


def _relieved(
    load: DeviceLoad, weights_away: float, cache_away_share: float, layers: int
) -> DeviceLoad:
    stays = 1 - cache_away_share
    moved = DeviceLoad(
        name=load.name,
        capacity_bytes=load.capacity_bytes,
        budget_bytes=load.budget_bytes,
        weights_bytes=load.weights_bytes - round(weights_away),
        kv_cache_bytes=round(load.kv_cache_bytes * stays),
        recurrent_state_bytes=round(load.recurrent_state_bytes * stays),
        compute_buffer_bytes=load.compute_buffer_bytes,
        overhead_bytes=load.overhead_bytes,
        reserves_bytes=0,
        layers=layers,
    )
    return _reserving_its_needs(moved)


def _reserving_its_needs(load: DeviceLoad) -> DeviceLoad:
    return DeviceLoad(
        load.name,
        load.capacity_bytes,
        load.budget_bytes,
        load.weights_bytes,
        load.kv_cache_bytes,
        load.recurrent_state_bytes,
        load.compute_buffer_bytes,
        load.overhead_bytes,
        load.needs_bytes,
        load.layers,
    )


def _placement(
    situation: Situation,
    loads: tuple[DeviceLoad, ...],
    *,
    weights_on_host: int,
    cache_on_host: int,
    gpu_layers: int,
    cpu_expert_layers: int,
    host_read: int,
) -> Placement:
    weights = situation.weights
    read = round(weights.total_bytes * weights.active_share)
    return Placement(
        devices=loads,
        host=host_load(situation, weights_on_host, cache_on_host),
        split=situation.split,
        gpu_layers=gpu_layers,
        cpu_expert_layers=cpu_expert_layers,
        host_read_bytes=host_read,
        card_read_bytes=max(0, read - host_read),
    )


def host_load(situation: Situation, weights: int, cache: int = 0) -> DeviceLoad | None:
    """What lies in host memory: the input embedding, and what was offloaded."""
    held = weights + situation.table_bytes
    if not held and not cache:
        return None
    ram = situation.request.machine.host.ram_bytes or round(ASSUMED_HOST_RAM.value)
    return DeviceLoad(
        name="host",
        capacity_bytes=ram,
        budget_bytes=host_budget(situation),
        weights_bytes=held,
        kv_cache_bytes=cache,
        recurrent_state_bytes=0,
        compute_buffer_bytes=0,
        overhead_bytes=0,
        reserves_bytes=held + cache,
    )


def placement_on_cards(
    situation: Situation, loads: tuple[DeviceLoad, ...]
) -> Placement:
    """Everything on the cards, apart from the input embedding."""
    weights = situation.weights
    layers = situation.request.model.layers
    return Placement(
        devices=loads,
        host=host_load(situation, 0),
        split=SplitMode.NONE if len(loads) == 1 else situation.split,
        gpu_layers=layers,
        card_read_bytes=round(weights.total_bytes * weights.active_share),
    )
