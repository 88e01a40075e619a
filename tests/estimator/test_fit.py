"""The verdict, its edges, and what is said with it."""

from dataclasses import replace

import pytest

from estimator.answers import Fit
from estimator.fit import CannotEstimateError, estimate
from estimator.inputs import Host, SplitMode
from tests.estimator.factories import (
    GIB,
    estimated,
    make_card,
    make_expert_model,
    make_group,
    make_large_model,
    make_latent,
    make_model,
    make_request,
    term,
)


def with_room(share):
    """A request whose card has exactly `share` of its budget left."""
    request = make_request(engine="ollama", weights_bytes=4 * GIB)
    device = estimate(request).placement.devices[0]
    usable = round(device.needs_bytes / (1 - share))
    card = make_card(memory_bytes=round(usable / 0.99) + 2)
    return replace(request, machine=replace(request.machine, cards=(card,)))


@pytest.mark.parametrize(
    ("share", "fit"),
    [(0.11, Fit.COMFORTABLE), (0.09, Fit.TIGHT), (0.0, Fit.TIGHT)],
)
def test_a_tenth_of_the_budget_divides_comfortable_from_tight(share, fit):
    assert estimate(with_room(share)).fit is fit


def test_what_does_not_fit_runs_with_layers_in_host_memory():
    answer = estimated(make_large_model(), host=Host(ram_bytes=64 * GIB))

    assert answer.fit is Fit.NEEDS_OFFLOAD
    assert answer.offload.flags.startswith("--n-gpu-layers ")
    placed = answer.offload.placement
    assert 0 < placed.gpu_layers < 80
    assert placed.host_read_bytes > 0
    on_host = placed.host.weights_bytes / GIB
    assert f"{on_host:.1f} GiB of weights stay in host memory" in answer.offload.note


def test_offload_needs_the_host_memory_for_it():
    answer = estimated(make_large_model(), host=Host(ram_bytes=16 * GIB))

    assert answer.fit is Fit.DOES_NOT_FIT
    assert "16.0 GiB of host memory" in " ".join(answer.reasons)


def test_experts_leave_the_card_before_layers_do():
    answer = estimated(make_expert_model(), cards=[make_card(12)])

    placed = answer.offload.placement
    assert placed.gpu_layers == 48
    assert placed.cpu_expert_layers > 0
    assert "--n-cpu-moe" in answer.offload.flags
    # Eight of 128 experts are read for each token.
    assert placed.host_read_bytes < 0.1 * placed.host.weights_bytes


def test_a_server_engine_does_not_offload_but_says_what_would_fit():
    answer = estimated(make_large_model(), "BF16", engine="vllm", cards=[make_card(80)])

    assert answer.fit is Fit.DOES_NOT_FIT
    assert answer.largest_quantization == "AWQ-4bit-128g"
    assert "AWQ-4bit-128g fits" in " ".join(answer.reasons)


def test_needs_and_reserve_are_two_numbers_for_a_server():
    server = estimated(quantization="FP8", engine="vllm")
    local = estimated(engine="llama-cpp")

    assert server.reserves_bytes > 1.5 * server.needs_bytes
    assert local.reserves_bytes == local.needs_bytes


def test_unknown_layers_are_unknown_and_never_a_number():
    model = make_model(groups=(), cache_unknown_because="its layers were not seen")

    answer = estimated(model)

    assert answer.fit is Fit.UNKNOWN
    assert answer.needs_bytes is None
    assert term(answer, "kv_cache") is None
    assert term(answer, "weights") > 0
    assert answer.reasons == ("Unknown, because its layers were not seen.",)


def test_unequal_cards_get_layers_in_proportion():
    answer = estimated(
        make_large_model(), "Q3_K_M", cards=[make_card(24), make_card(16)]
    )

    first, second = answer.placement.devices
    assert first.layers + second.layers == 80
    assert first.layers > second.layers
    assert answer.fit is Fit.TIGHT


def test_the_smallest_card_decides_in_tensor_parallel():
    pair = [make_card(80), make_card(24)]

    answer = estimated(
        make_large_model(), "BF16", engine="vllm", cards=pair, split=SplitMode.TENSOR
    )

    assert answer.fit is Fit.DOES_NOT_FIT


def test_one_head_lies_on_each_card_at_least():
    model = make_model(groups=(make_group(32, kv_heads=2),))

    two, four = (
        term(
            estimated(model, "FP8", engine="vllm", cards=[make_card()] * n), "kv_cache"
        )
        for n in (2, 4)
    )

    assert four == 2 * two


def test_older_builds_keep_the_latent_twice():
    model = make_model(layers=61, groups=(make_latent(61),))

    older = term(estimated(model, version="b6000"), "kv_cache")
    newer = term(estimated(model, version="b8500"), "kv_cache")

    assert older / newer == pytest.approx((576 + 512) / 576)


def test_slots_share_one_context_in_llama_cpp_and_not_in_vllm():
    one, four = (
        term(estimated(parallel_sequences=n, context_tokens=4096), "kv_cache")
        for n in (1, 4)
    )
    assert one == four

    one, four = (
        term(estimated(None, "FP8", engine="vllm", parallel_sequences=n), "kv_cache")
        for n in (1, 4)
    )
    assert four == 4 * one


@pytest.mark.parametrize(
    ("gib", "version", "share"),
    [(16, "", 0.74), (16, "14.5", 2 / 3), (64, "", 0.75), (128, "26.0", 0.84)],
)
def test_apple_memory_depends_on_macos(gib, version, share):
    card = make_card(gib, kind="apple_soc", has_unified_memory=True)

    answer = estimated(
        engine="mlx",
        quantization="4bit",
        cards=[card],
        host=Host(operating_system_version=version),
    )

    budget = answer.placement.devices[0].budget_bytes
    assert budget / card.memory_bytes == pytest.approx(share, abs=0.001)


def test_without_flash_attention_scores_grow_with_the_context():
    options = {"flash_attention": False}

    short, long = (
        term(
            estimated(context_tokens=n, engine_options=options, version="b5000"),
            "compute_buffer",
        )
        for n in (4096, 8192)
    )

    assert long - short == 4 * 512 * 4096 * 33


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"engine": "abacus"}, "No memory rules for the engine 'abacus'"),
        ({"kv_cache_type": "q7"}, "No cache type 'q7'"),
    ],
)
def test_what_has_no_rules_is_refused_in_a_sentence(values, words):
    with pytest.raises(CannotEstimateError, match=words):
        estimated(**values)


@pytest.mark.parametrize(("gib", "tokens"), [(8, 4096), (24, 32768), (80, 262144)])
def test_ollama_takes_its_context_from_the_memory(gib, tokens):
    model = make_model(context_window_tokens=1_000_000)

    answer = estimated(
        model, engine="ollama", cards=[make_card(gib)], context_tokens=None
    )

    assert answer.context_tokens == tokens
