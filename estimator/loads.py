"""What lies on each card: the parts of a request resolved once, then added up."""

from dataclasses import dataclass

from estimator.answers import Constant, DeviceLoad, WeightBytes
from estimator.budget import budget_of
from estimator.buffers import (
    VISION_FACTOR,
    activation_bytes,
    batch_surcharge_bytes,
    batched_tokens,
    compute_buffer_bytes,
    other_bytes,
    process_bytes,
)
from estimator.cache import CacheShape, cache_bytes, cache_shape, element_bytes
from estimator.cards import CardPlan, layer_counts, reserves_on, room_on
from estimator.engines import FURTHER_CARD, GIB, EngineRules
from estimator.inputs import Hardware, LayerKind, Request, SplitMode

VLLM_COPY = Constant(
    "vLLM, resident beside the checkpoint",
    0.12 * GIB,
    "bytes per card",
    "https://github.com/kyuz0/amd-strix-halo-vllm-toolboxes/pull/5",
    "0.00 to 0.19 GiB in four logs; peers multiply by 1.02",
)
MLX_BUFFER_FACTOR = Constant(
    "MLX prefill buffers",
    6,
    "x hidden size x step x 2 bytes",
    "https://github.com/ml-explore/mlx-lm",
    "our reading of published peaks",
)


@dataclass(frozen=True, slots=True)
class Situation:
    """A request with everything looked up that does not depend on the context."""

    request: Request
    rules: EngineRules
    weights: WeightBytes
    shape: CacheShape
    split: SplitMode
    plans: tuple[CardPlan, ...]
    table_bytes: int
    """Input embedding in host memory."""
    sequences: int
    micro_batch: int
    window_batch: int
    has_quantized_cache: bool
    has_latent_cache: bool

    def cache_at(self, context_tokens: int) -> int:
        return cache_bytes(
            self.shape,
            self.rules,
            context_tokens=context_tokens,
            sequences=self.sequences,
            batch=self.window_batch,
        )

    def buffer_at(self, context_tokens: int) -> int:
        """The compute buffer of one card, in bytes."""
        model, engine = self.request.model, self.request.engine
        tokens = context_tokens
        if not self.rules.shares_context:
            tokens *= self.sequences
        return compute_buffer_bytes(
            vocabulary_size=model.vocabulary_size,
            hidden_size=model.hidden_size,
            attention_heads=model.attention_heads,
            micro_batch=self.micro_batch,
            context_tokens=tokens,
            sequences=self.sequences,
            has_slot_logits=self.rules.has_slot_logits,
            flash_attention=engine.flash_attention,
            is_quantized_cache=self.has_quantized_cache,
            is_latent=self.has_latent_cache,
            is_split=len(self.plans) > 1 and self.split is SplitMode.LAYER,
        )

    def overhead_of(self, number: int, buffer: int, context_tokens: int) -> int:
        """Context, libraries and graph copies of one card, in bytes."""
        overhead = self.plans[number].overhead_bytes
        overhead += batch_surcharge_bytes(self.rules, context_tokens)
        if number and self.split is SplitMode.LAYER and self.rules.is_llama:
            overhead = max(overhead, round(FURTHER_CARD.value) - buffer)
        return overhead

    def rooms_at(self, context_tokens: int) -> list[int]:
        """What a context leaves of each card's budget; negative: it lacks so much."""
        cache = self.cache_at(context_tokens)
        grown = self.buffer_at(context_tokens) if self.rules.is_llama else 0
        rooms = []
        for number, plan in enumerate(self.plans):
            buffer = grown or plan.buffer_bytes
            fixed = buffer + self.overhead_of(number, buffer, context_tokens)
            own = round(cache * plan.cache_share)
            rooms.append(room_on(self.rules, plan, plan.weights_bytes, own, fixed))
        return rooms

    def loads_at(self, context_tokens: int) -> tuple[DeviceLoad, ...]:
        """Each card with all its parts at a length of context."""
        cache = self.cache_at(context_tokens)
        grown = self.buffer_at(context_tokens) if self.rules.is_llama else 0
        loads = []
        for number, plan in enumerate(self.plans):
            buffer = grown or plan.buffer_bytes
            overhead = self.overhead_of(number, buffer, context_tokens)
            own = round(cache * plan.cache_share)
            load = DeviceLoad(
                name=plan.card.name,
                capacity_bytes=plan.budget.capacity_bytes,
                budget_bytes=plan.budget.budget_bytes,
                weights_bytes=plan.weights_bytes,
                kv_cache_bytes=own,
                recurrent_state_bytes=plan.state_bytes,
                compute_buffer_bytes=buffer,
                overhead_bytes=overhead,
                reserves_bytes=reserves_on(self.rules, plan, own, buffer + overhead),
                layers=plan.layers,
            )
            loads.append(load)
        return tuple(loads)


def resolve(request: Request, rules: EngineRules, weights: WeightBytes) -> Situation:
    """Look up everything about a request that does not depend on its context."""
    engine, model = request.engine, request.model
    split = request.machine.split or rules.split
    cards = request.machine.cards
    if split is SplitMode.NONE and len(cards) > 1:
        cards = (max(cards, key=lambda card: card.memory_bytes),)
    if len(cards) == 1:
        split = SplitMode.NONE
    divided = split in (SplitMode.TENSOR, SplitMode.ROW)
    ranks = len(cards) if split is SplitMode.TENSOR else 1
    shape = cache_shape(model, rules, request.kv_cache_type, ranks)
    micro_batch = request.micro_batch or rules.micro_batch
    batch = micro_batch
    if rules.kind == "llama.cpp" and not rules.window_adds_micro_batch:
        batch = max(rules.batch, micro_batch)
    elif rules.reserves:
        least = min(card.memory_bytes for card in cards)
        asked = engine.max_batched_tokens
        batch = batched_tokens(rules, card_bytes=least, asked=asked)
    table = _table_bytes(rules, weights, cards)
    plans = _plans(
        request, rules, weights, shape, cards, divided, weights.total_bytes - table
    )
    return Situation(
        request=request,
        rules=rules,
        weights=weights,
        shape=shape,
        split=split,
        plans=plans,
        table_bytes=table,
        sequences=request.parallel_sequences,
        micro_batch=micro_batch,
        window_batch=batch,
        has_quantized_cache=element_bytes(request.kv_cache_type)[0] < 2,
        has_latent_cache=any(g.kind is LayerKind.LATENT for g in model.groups),
    )


def _table_bytes(
    rules: EngineRules, weights: WeightBytes, cards: tuple[Hardware, ...]
) -> int:
    """llama.cpp leaves an untied input embedding in host memory (F22)."""
    if not rules.keeps_table_on_host or cards[0].kind == "cpu":
        return 0
    return weights.input_embedding_bytes


def _plans(
    request: Request,
    rules: EngineRules,
    weights: WeightBytes,
    shape: CacheShape,
    cards: tuple[Hardware, ...],
    divided: bool,
    on_cards: int,
) -> tuple[CardPlan, ...]:
    engine, host, count = request.engine, request.machine.host, len(cards)
    ranks = count if divided else 1
    budgets = [
        budget_of(card, host, rules, ranks, engine.memory_utilization) for card in cards
    ]
    layers = max(request.model.layers, 1)
    state = shape.state_bytes * request.parallel_sequences
    copy = round(VLLM_COPY.value) if rules.kind == "vllm" else 0
    counts = layer_counts(layers, [budget.budget_bytes for budget in budgets])
    plans = []
    for card, budget, own in zip(cards, budgets, counts, strict=True):
        share = 1 / count if divided or count == 1 else own / layers
        buffer, overhead = _fixed(request, rules, card, ranks)
        plan = CardPlan(
            card=card,
            budget=budget,
            layers=layers if divided or count == 1 else own,
            weights_bytes=round(on_cards * share) + copy,
            state_bytes=round(state * share),
            cache_share=share,
            weight_share=share,
            overhead_bytes=overhead,
            buffer_bytes=buffer,
        )
        plans.append(plan)
    return tuple(plans)


def _fixed(
    request: Request, rules: EngineRules, card: Hardware, ranks: int
) -> tuple[int, int]:
    """(buffer, overhead) of one card that no context changes, in bytes."""
    model, engine = request.model, request.engine
    vision = round(model.vision_bytes * VISION_FACTOR.value)
    is_metal = card.kind == "apple_soc"
    if rules.reserves:
        share = engine.memory_utilization or rules.utilization or 0.9
        buffer = activation_bytes(
            model,
            rules,
            card_bytes=card.memory_bytes,
            ranks=ranks,
            asked_tokens=engine.max_batched_tokens,
        )
        other = other_bytes(
            rules, card_bytes=card.memory_bytes, ranks=ranks, utilization=share
        )
        return buffer, other + vision
    overhead = process_bytes(rules, is_metal=is_metal) + vision
    if rules.kind == "llama.cpp":
        return 0, overhead
    step = request.micro_batch or rules.micro_batch
    return round(MLX_BUFFER_FACTOR.value * model.hidden_size * step * 2), overhead
