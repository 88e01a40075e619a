"""Quantisations, cache types and versions by the names people write."""

import pytest

from estimator.cache import element_bytes
from estimator.engines import rules_of
from estimator.quantizations import LADDER, MIXES, Scheme, read_quantization
from estimator.recipes import RECIPES
from tests.estimator.factories import estimated, make_model, term


@pytest.mark.parametrize(
    ("name", "family", "bits"),
    [
        ("AWQ", "server", 4.15625),
        ("AWQ-4bit-128g", "server", 4.15625),
        ("GPTQ-Int4", "server", 4.15625),
        ("GPTQ-4bit-32g", "server", 4.625),
        ("INT4", "server", 4.15625),
        ("W4A16", "server", 4.15625),
        ("W8A8", "server", 8.0),
        ("NVFP4", "server", 4.5),
        ("MXFP4", "server", 4.25),
        ("4bit", "mlx", 4.5),
        ("MLX-8bit", "mlx", 8.5),
        ("q4 g32", "mlx", 5.0),
        ("8bit-gs32", "mlx", 9.0),
        ("mxfp8", "mlx", 8.25),
        ("EXL3 4.0bpw", "exl", 4.0),
        ("3.5bpw", "exl", 3.5),
        ("6.0bpw-h8", "exl", 6.0),
    ],
)
def test_names_of_other_formats_give_their_bits(name, family, bits):
    assert read_quantization(name, family).bits == pytest.approx(bits)


@pytest.mark.parametrize("name", ["UD-Q4_K_XL", "ud-iq2_m", "Q6_K_L", "Q8_K_XL"])
def test_a_publishers_own_mix_is_never_guessed(name):
    answer = estimated(quantization=name)

    assert read_quantization(name).scheme is Scheme.OWN_MIX
    assert answer.needs_bytes is None
    assert term(answer, "weights") is None
    assert term(answer, "kv_cache") > 0
    assert "weights_bytes" in answer.reasons[0]


def test_every_mix_has_a_recipe_or_one_type():
    assert set(MIXES) - set(RECIPES) == {"F16", "BF16", "F32"}
    assert set(LADDER) <= set(MIXES)


def test_mixes_without_parts_follow_their_names_within_the_stated_band():
    known, plain = make_model(), make_model(vocabulary_size=0)

    for name in RECIPES.keys() & MIXES.keys():
        by_tensor = term(estimated(known, name), "weights")
        by_name = term(estimated(plain, name), "weights")
        assert by_tensor == pytest.approx(by_name, rel=0.03), name


@pytest.mark.parametrize(
    ("name", "key", "value"),
    [
        ("f16", 2, 2),
        ("FP16", 2, 2),
        ("q8_0", 1.0625, 1.0625),
        ("q5_1", 0.75, 0.75),
        ("iq4_nl", 0.5625, 0.5625),
        ("fp8_e4m3", 1, 1),
        ("nvfp4", 0.5625, 0.5625),
        ("q8_0/q4_0", 1.0625, 0.5625),
    ],
)
def test_cache_types_count_their_scales(name, key, value):
    assert [float(size) for size in element_bytes(name)] == [key, value]


@pytest.mark.parametrize(
    ("version", "share"),
    [("0.9.1", 0.9), ("v0.19.0", 0.9), ("0.22.1", 0.92), ("", 0.92)],
)
def test_the_share_that_vllm_reserves_depends_on_its_version(version, share):
    assert rules_of("vllm", version).utilization == share


def test_llama_cpp_builds_change_window_and_buffer():
    before, window, batch, newest = (
        rules_of("llama-cpp", version)
        for version in ("b5000", "2025-05-25", "b6000", "b9900")
    )

    assert not before.has_window_cache
    assert window.has_window_cache and not window.window_adds_micro_batch
    assert batch.window_adds_micro_batch and batch.has_slot_logits is False
    assert newest.has_slot_logits is True
    assert rules_of("llama-cpp", "").has_slot_logits is None
