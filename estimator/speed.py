"""How fast a model answers on a machine: ranges, their evidence, their reasons."""

import math
from dataclasses import dataclass

from estimator.answers import Constant, Placement, Range, Speeds, WeightBytes
from estimator.hardware_classes import class_of
from estimator.inputs import Hardware, Request, SplitMode
from estimator.prefill_work import MICRO_BATCH, prefill_features
from estimator.regression import total
from estimator.speed_constants import SpeedConstants, shipped
from estimator.speed_evidence import (
    DEPTH_WIDTH,
    OWN_ROWS_NEEDED,
    UNSEEN_WIDTH,
    decode_width,
    evidence_of,
    reasons_of,
)
from estimator.speed_setting import Setting, setting_of
from estimator.token_work import LAYER_COST, cache_read_bytes, features

HOST_BANDWIDTH = Constant(
    "Bandwidth of host memory where it is not stated",
    50.0,
    "GB/s",
    "https://github.com/AlexsJones/llmfit/blob/main/llmfit-core/src/hardware.rs",
    "two channels of DDR4-3200",
)
SYNCHRONIZING = Constant(
    "Joining the parts of a layer that is cut over cards",
    0.04,
    "ms per layer and further card",
    "https://github.com/ai-dynamo/aiconfigurator",
    "an assumption: no usable row was measured with a tensor split",
)
PROMPT_ENGINES = ("llama-cpp", "lm-studio", "ollama")
"""Engines whose prefill is llama.cpp's."""


@dataclass(frozen=True, slots=True)
class Guess:
    """Seconds, and how far they may be off, as a logarithm."""

    seconds: float
    width: float

    def as_rate(self) -> Range:
        rate, away = 1 / self.seconds, math.exp(self.width)
        return Range(rate / away, rate, rate * away)

    def as_wait(self) -> Range:
        away = math.exp(self.width)
        return Range(self.seconds / away, self.seconds, self.seconds * away)


def speeds(request: Request, weights: WeightBytes, placement: Placement) -> Speeds:
    """Decode and prefill rates in tokens/s, waits in s. Sources: F31 to F36.

    Limits: a current build, cards that are not throttled; the constants rest on the
    published rows that `manage.py fit_speed` read. Llama 3.1 8B Q4_K_M on an RX 7900
    XT: 114.3 tokens/s measured (S5), expected within 5 % of it.
    """
    return speeds_with(shipped(), request, weights, placement)


def speeds_with(
    constants: SpeedConstants,
    request: Request,
    weights: WeightBytes,
    placement: Placement,
) -> Speeds:
    """`speeds` with constants of the caller's own."""
    setting = setting_of(request, weights, placement, constants)
    depth = request.filled_tokens
    if depth is None:
        depth = request.context_tokens or 0
    decode, deep = decode_guesses(setting, depth)
    prefill, deep_prefill = prefill_guess(setting, 0), prefill_guess(setting, depth)
    return Speeds(
        decode=decode.as_rate(),
        prefill=prefill.as_rate() if prefill else None,
        time_to_first_token_s=_first_token(setting, prefill, decode),
        decode_at_depth=deep.as_rate(),
        prefill_at_depth=deep_prefill.as_rate() if deep_prefill else None,
        evidence=evidence_of(setting),
        reasons=reasons_of(setting),
        decode_all_sequences=_together(setting, decode, deep, prefill),
    )


def decode_guesses(setting: Setting, depth_tokens: int) -> tuple[Guess, Guess]:
    """Seconds of one token, at depth 0 and at a depth. Sources: F31 to F34."""
    flat, cache = _card_seconds(setting, depth_tokens)
    placement = setting.placement
    if setting.is_offloaded:
        read = placement.host_read_bytes + placement.card_read_bytes
        rate = setting.request.machine.host.ram_bandwidth_gb_s or HOST_BANDWIDTH.value
        host = placement.host_read_bytes / (rate * 1e9)
        flat *= placement.card_read_bytes / read
        flat += host * setting.constants.offload.value
    width = decode_width(setting)
    wider = width + DEPTH_WIDTH if depth_tokens else width
    return Guess(flat, width), Guess(flat + cache, wider)


def _card_seconds(setting: Setting, depth_tokens: int) -> tuple[float, float]:
    """(without cache, cache) on the cards: one after the other, or all at once."""
    request = setting.request
    read = cache_read_bytes(request.model, depth_tokens, request.kv_cache_type)
    if len(request.machine.cards) == 1:
        return _seconds_on(setting, setting.card, read)
    cards = setting.cards()
    times = [_seconds_on(setting, card, read) for card, _ in cards]
    if setting.is_cut:
        slowest = max(flat for flat, _ in times)
        cache = max(cache for _, cache in times) / len(cards)
        return _cut_seconds(setting, slowest, len(cards)), cache
    flat = cache = 0.0
    for (flat_there, cache_there), (_, share) in zip(times, cards, strict=True):
        flat += flat_there * share
        cache += cache_there * share
    if len(cards) > 1:
        flat *= max(1.0, setting.constants.several_cards.value)
    return flat, cache


def _cut_seconds(setting: Setting, seconds: float, cards: int) -> float:
    """Bytes are divided among the cards; what each layer costs by itself is not."""
    layers = setting.work.layers * 1e-3
    per_layer = setting.costs(setting.card)[LAYER_COST] * layers
    joins = SYNCHRONIZING.value * layers * (cards - 1)
    return seconds / cards + per_layer * (1 - 1 / cards) + joins


def _seconds_on(
    setting: Setting, card: Hardware, cache_bytes: float
) -> tuple[float, float]:
    """(without cache, cache) of one token if this card held the whole model."""
    constants, name = setting.constants, class_of(card)
    bandwidth = card.bandwidth_gb_s * 1e9
    seconds = total(setting.costs(card), features(setting.work, card))
    seconds += setting.work.state_bytes / bandwidth
    device = constants.device_factors.get(card.slug)
    if device is not None:
        seconds *= device.value
    if not setting.is_dense:
        seconds *= setting.experts_factor(name).value
    if setting.engine_factor is not None:
        seconds *= setting.engine_factor.value
    cost = constants.cache.get(name, constants.cache["general"])
    return seconds * setting.age(), cache_bytes * cost / bandwidth


def prefill_guess(setting: Setting, depth_tokens: int) -> Guess | None:
    """Seconds per prompt token; None with weights in host memory. Source: F35."""
    if setting.is_offloaded:
        return None
    request, constants = setting.request, setting.constants
    found = constants.prefill.get(setting.name, constants.prefill["general"])
    parts = prefill_features(
        request.model,
        setting.weights,
        setting.work,
        setting.card,
        depth_tokens=depth_tokens + request.prompt_tokens / 2,
        micro_batch=request.micro_batch or MICRO_BATCH,
    )
    seconds, width = total(found.costs, parts), found.spread.width
    own = constants.prefill_devices.get(setting.card.slug)
    if own is not None:
        seconds *= own.value
        if own.rows >= OWN_ROWS_NEEDED:
            width = min(width, own.spread.width)
    if not setting.is_dense:
        seconds *= constants.prefill_experts.value
        width = max(width, constants.prefill_experts.spread.width)
    if request.engine.slug not in PROMPT_ENGINES:
        width = max(width, UNSEEN_WIDTH)
    if setting.placement.split is SplitMode.TENSOR:
        seconds /= len(setting.cards())
        width = max(width, UNSEEN_WIDTH)
    return Guess(seconds, width)


def _first_token(
    setting: Setting, prefill: Guess | None, decode: Guess
) -> Range | None:
    """Time to the first token: the prompt, then one token. The model is loaded."""
    if prefill is None:
        return None
    reading = prefill.seconds * setting.request.prompt_tokens
    width = max(prefill.width, decode.width)
    return Guess(reading + decode.seconds, width).as_wait()


def _together(
    setting: Setting, alone: Guess, deep: Guess, prefill: Guess | None
) -> Range | None:
    """All sequences at once: weights are read once for each step (F36)."""
    count = setting.request.parallel_sequences
    if count < 2:
        return None
    cache = max(0.0, deep.seconds - alone.seconds)
    step = alone.seconds * read_with(setting, count) + count * cache
    if prefill is not None:
        step = max(step, count * prefill.seconds)
    return Guess(step / count, max(deep.width, UNSEEN_WIDTH)).as_rate()


def read_with(setting: Setting, count: int) -> float:
    """How much more is read for `count` tokens, which rarely share their experts."""
    experts = setting.request.model.experts
    if experts is None or not experts.count or not setting.weights.expert_bytes:
        return 1.0
    active = experts.active / experts.count
    everything = setting.weights.total_bytes * setting.weights.active_share
    of_experts = min(1.0, setting.weights.expert_bytes * active / everything)
    return 1 - of_experts + of_experts * (1 - (1 - active) ** count) / active
