"""What has to hold for every speed, whatever the constants."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from estimator.answers import Evidence
from estimator.inputs import EngineChoice, SplitMode
from estimator.speed import speeds
from estimator.weights import weights_of
from tests.estimator.factories import (
    make_expert_model,
    make_linear,
    make_model,
    make_request,
    make_windowed_model,
)
from tests.estimator.speeds import (
    CARDS,
    make_fast_card,
    placed_on_cards,
    speeds_of,
)

MODELS = [make_model(), make_expert_model(), make_windowed_model()]
models = st.sampled_from(MODELS)
classes = st.sampled_from(sorted(CARDS))
quick = settings(max_examples=40, deadline=None)


@quick
@given(models, classes, st.integers(400, 7000), st.integers(1, 1000))
def test_more_bandwidth_is_never_slower_within_a_class(model, name, rate, more):
    slow, fast = (
        speeds_of(model, cards=[make_fast_card(name, 192, bandwidth_gb_s=gb_s)])
        for gb_s in (rate, rate + more)
    )

    assert fast.decode.expected >= slow.decode.expected


@quick
@given(models, classes, st.integers(10**9, 10**11), st.integers(1, 10**10))
def test_a_larger_file_is_never_faster(model, name, size, more):
    cards = [make_fast_card(name, 256)]
    small, large = (
        speeds_of(model, cards=cards, weights_bytes=bytes_)
        for bytes_ in (size, size + more)
    )

    assert large.decode.expected <= small.decode.expected


@quick
@given(models, classes, st.integers(0, 60_000), st.integers(1, 60_000))
def test_a_deeper_context_is_never_faster(model, name, depth, more):
    cards = [make_fast_card(name, 256)]
    values = {"cards": cards, "context_tokens": 131_072}
    shallow, deep = (
        speeds_of(model, filled_tokens=tokens, **values)
        for tokens in (depth, depth + more)
    )

    assert deep.decode_at_depth.expected <= shallow.decode_at_depth.expected
    assert deep.prefill_at_depth.expected <= shallow.prefill_at_depth.expected
    assert shallow.decode_at_depth.expected <= shallow.decode.expected


@quick
@given(models, classes, st.sampled_from(["Q3_K_M", "Q4_K_M", "Q8_0", "F16"]))
def test_the_expected_speed_lies_in_its_range(model, name, quantization):
    answer = speeds_of(model, quantization, cards=[make_fast_card(name, 256)])

    for value in (answer.decode, answer.prefill, answer.decode_at_depth):
        assert 0 < value.low <= value.expected <= value.high
    wait = answer.time_to_first_token_s
    assert 0 < wait.low <= wait.expected <= wait.high


@pytest.mark.parametrize("name", sorted(CARDS))
def test_no_card_reads_faster_than_its_bandwidth(name):
    card = make_fast_card(name, 256)
    model = make_model()

    answer = speeds_of(model, "F16", cards=[card])

    read = weights_of(model, "F16", "gguf")
    whole = read.total_bytes * read.active_share
    assert answer.decode.expected <= card.bandwidth_gb_s * 1e9 / whole


@given(st.integers(0, 4 * 10**9), st.integers(0, 10**8))
@quick
def test_more_bytes_in_host_memory_are_never_faster(held, more):
    request = make_request(cards=[make_fast_card()])
    weights = weights_of(request.model, "Q4_K_M", "gguf")

    less, longer = (
        speeds(request, weights, placed_on_cards(weights, host_read=size))
        for size in (held, held + more)
    )

    assert longer.decode.expected <= less.decode.expected


def test_with_weights_in_host_memory_prefill_is_not_stated():
    request = make_request(cards=[make_fast_card()])
    weights = weights_of(request.model, "Q4_K_M", "gguf")

    answer = speeds(request, weights, placed_on_cards(weights, host_read=10**9))

    assert answer.prefill is None and answer.time_to_first_token_s is None
    assert answer.evidence is Evidence.ESTIMATED
    assert any("host memory" in reason for reason in answer.reasons)


def test_two_equal_cards_one_after_the_other_are_not_faster():
    card = make_fast_card()

    one, two = speeds_of(cards=[card]), speeds_of(cards=[card, card])

    assert two.decode.expected <= one.decode.expected


def test_a_tensor_split_is_faster_than_one_card_but_not_twice_as_fast():
    card = make_fast_card("nvidia-hbm", 80)
    values = {"engine": "vllm"}

    one = speeds_of(quantization="BF16", cards=[card], **values)
    two = speeds_of(
        quantization="BF16", cards=[card, card], split=SplitMode.TENSOR, **values
    )

    assert one.decode.expected < two.decode.expected < 2 * one.decode.expected


def test_many_requests_together_are_faster_than_one_but_share_the_card():
    alone = speeds_of()

    together = speeds_of(parallel_sequences=8, context_tokens=8192)

    assert together.decode_all_sequences.expected > alone.decode.expected
    assert together.decode_all_sequences.expected < 8 * alone.decode.expected
    assert alone.decode_all_sequences is None


def test_a_mixture_reads_its_active_experts_only():
    mixture = speeds_of(make_expert_model(), cards=[make_fast_card()])
    dense = speeds_of(
        make_expert_model(experts=None, active_parameters=None),
        cards=[make_fast_card()],
    )

    assert mixture.decode.expected > 2 * dense.decode.expected


def test_builds_of_2024_are_slower():
    values = {"cards": [make_fast_card("amd-radeon")]}
    now = speeds_of(**values, version="b6000")

    old = speeds_of(**values, version="b3000")

    assert old.decode.expected < now.decode.expected


def test_linear_attention_reads_its_state():
    plain = make_model()
    group = make_linear(24, 32, 16)
    hybrid = make_model(groups=(*plain.groups[:0], group))

    assert speeds_of(hybrid).decode.expected < speeds_of(plain).decode.expected


def test_an_engine_without_rows_says_so_and_is_less_sure():
    request = make_request(cards=[make_fast_card()])
    weights = weights_of(request.model, "Q4_K_M", "gguf")
    placed = placed_on_cards(weights)
    known = speeds(request, weights, placed)
    other = replace(request, engine=EngineChoice(slug="tensorrt-llm"))

    answer = speeds(other, weights, placed)

    assert answer.evidence is Evidence.ESTIMATED
    assert answer.decode.high / answer.decode.low > known.decode.high / known.decode.low
    assert any("tensorrt-llm" in reason for reason in answer.reasons)
