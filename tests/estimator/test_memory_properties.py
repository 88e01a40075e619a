"""What holds for every model, machine and load."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as some

from estimator.answers import Fit
from estimator.fit import estimate
from estimator.inputs import SplitMode
from estimator.quantizations import MIXES
from tests.estimator.factories import (
    GIB,
    estimated,
    make_card,
    make_expert_model,
    make_group,
    make_large_model,
    make_latent,
    make_linear,
    make_model,
    make_request,
    make_windowed_model,
    term,
)

MODELS = [
    make_model(),
    make_large_model(),
    make_expert_model(),
    make_windowed_model(),
    make_model(layers=61, groups=(make_latent(61),)),
    make_model(groups=(make_group(8, 4, 256), make_linear(24, 32, 16))),
]
ORDER = [Fit.COMFORTABLE, Fit.TIGHT, Fit.NEEDS_OFFLOAD, Fit.DOES_NOT_FIT]
models = some.sampled_from(MODELS)
engines = some.sampled_from(
    ["llama-cpp", "ollama", "lm-studio", "vllm", "sglang", "tensorrt-llm"]
    + ["mlx", "exllamav2"]
)
contexts = some.integers(1, 300_000)
cards = some.lists(
    some.sampled_from([make_card(gib) for gib in (8, 12, 24, 80)]),
    min_size=1,
    max_size=4,
)
cache_types = some.sampled_from(["f16", "q8_0", "q4_0", "fp8", "f32"])
quantizations = some.sampled_from(sorted(MIXES))
FORMATS = {"mlx": "4bit", "exllamav2": "4.0bpw"}
quick = settings(max_examples=60)


def asked(model, engine, **values):
    quantization = FORMATS.get(engine, "Q4_K_M")
    if engine in ("vllm", "sglang", "tensorrt-llm"):
        quantization = "FP8"
    return estimated(model, quantization, engine=engine, **values)


@quick
@given(models, engines, cards, contexts, contexts, cache_types)
def test_more_context_never_needs_less(model, engine, cards, one, other, cache_type):
    shorter, longer = sorted((one, other))
    values = {"cards": cards, "kv_cache_type": cache_type}

    less = asked(model, engine, context_tokens=shorter, **values)
    more = asked(model, engine, context_tokens=longer, **values)

    assert less.needs_bytes <= more.needs_bytes
    assert ORDER.index(less.fit) <= ORDER.index(more.fit)


@quick
@given(models, quantizations, quantizations, cards, contexts)
def test_a_larger_quantization_never_fits_where_a_smaller_does_not(
    model, one, other, cards, context
):
    answers = [
        estimated(model, name, cards=cards, context_tokens=context)
        for name in (one, other)
    ]

    small, large = sorted(answers, key=lambda answer: term(answer, "weights"))
    assert ORDER.index(small.fit) <= ORDER.index(large.fit)


@quick
@given(models, engines, cards, contexts, some.integers(1, 8))
def test_the_terms_add_up_to_the_total(model, engine, cards, context, sequences):
    answer = asked(
        model,
        engine,
        cards=cards,
        context_tokens=context,
        parallel_sequences=sequences,
    )

    assert sum(term.size_bytes for term in answer.terms) == answer.needs_bytes
    placed = answer.placement
    held = sum(device.needs_bytes for device in placed.devices)
    held += placed.host.weights_bytes if placed.host else 0
    assert held == answer.needs_bytes


@quick
@given(models, engines, cards, contexts)
def test_cards_that_fit_hold_no_more_than_they_have(model, engine, cards, context):
    answer = asked(model, engine, cards=cards, context_tokens=context)

    if answer.fit in (Fit.COMFORTABLE, Fit.TIGHT):
        for device in answer.placement.devices:
            assert device.needs_bytes <= device.capacity_bytes
        total = sum(card.memory_bytes for card in cards)
        held = sum(device.needs_bytes for device in answer.placement.devices)
        assert held <= total
    assert answer.reserves_bytes >= 0


@quick
@given(models, contexts, cards)
def test_offload_keeps_every_card_within_its_budget(model, context, cards):
    answer = estimated(model, "Q8_0", cards=cards, context_tokens=context)

    if answer.offload is not None:
        placed = answer.offload.placement
        for device in placed.devices:
            over = device.needs_bytes - device.budget_bytes
            fixed = device.compute_buffer_bytes + device.overhead_bytes
            assert over <= 0 or device.needs_bytes == fixed
        assert placed.host.needs_bytes <= placed.host.budget_bytes


@quick
@given(some.integers(128, 8192), contexts, some.integers(1, 8))
def test_a_window_never_needs_more_than_full_attention(window, context, sequences):
    windowed = make_windowed_model(window=window)
    full = replace(windowed, groups=(make_group(32),))
    values = {"context_tokens": context, "parallel_sequences": sequences}

    for engine in ("llama-cpp", "ollama", "vllm"):
        small = asked(windowed, engine, **values)
        large = asked(full, engine, **values)
        assert term(small, "kv_cache") <= term(large, "kv_cache")


@quick
@given(models, engines, cards, cache_types)
def test_the_largest_context_fits_and_one_step_more_does_not(
    model, engine, cards, cache_type
):
    values = {"cards": cards, "kv_cache_type": cache_type}

    longest = asked(model, engine, **values).largest_context_tokens

    if 0 < longest < 10**9:
        fits = (Fit.COMFORTABLE, Fit.TIGHT)
        assert asked(model, engine, context_tokens=longest, **values).fit in fits
        beyond = asked(model, engine, context_tokens=longest + 256, **values)
        assert beyond.fit not in fits
    elif longest == 0:
        shortest = asked(model, engine, context_tokens=1, **values)
        assert shortest.fit in (Fit.NEEDS_OFFLOAD, Fit.DOES_NOT_FIT)


@quick
@given(models, cards, contexts)
def test_the_largest_quantization_fits(model, cards, context):
    answer = estimated(model, cards=cards, context_tokens=context)

    if answer.largest_quantization:
        other = estimated(
            model, answer.largest_quantization, cards=cards, context_tokens=context
        )
        assert other.fit in (Fit.COMFORTABLE, Fit.TIGHT)


@quick
@given(models, some.integers(1, 8), contexts)
def test_tensor_parallel_cards_never_share_a_latent(model, count, context):
    values = {"context_tokens": context, "split": SplitMode.TENSOR}
    one = asked(model, "vllm", cards=[make_card(80)], **values)
    many = asked(model, "vllm", cards=[make_card(80)] * count, **values)

    assert term(many, "kv_cache") >= term(one, "kv_cache") * (1 - 1e-9)
    if model.groups[0].latent_width:
        assert term(many, "kv_cache") == term(one, "kv_cache") * count


@quick
@given(models, quantizations, some.integers(0, 30))
def test_weights_given_in_bytes_are_taken_as_they_are(model, quantization, extra):
    size = (extra + 1) * GIB

    answer = estimate(make_request(model, quantization, weights_bytes=size))

    assert term(answer, "weights") == size
