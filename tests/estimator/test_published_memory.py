"""Published true values, within the tolerance that the formulas can promise.

The numbers are those of the formula sheet. Nothing here is set to them: each case gives
an architecture and asks for the answer.
"""

import pytest

from estimator.buffers import linear_scratch_bytes, pool_bytes
from estimator.inputs import Experts, SplitMode
from tests.estimator.factories import (
    GIB,
    MIB,
    estimated,
    make_card,
    make_expert_model,
    make_group,
    make_large_model,
    make_latent,
    make_linear,
    make_model,
    make_windowed_model,
    term,
)

GB = 10**9
QWEN3 = {"vocabulary_size": 151936}
LLAMA_8B = {
    "IQ1_S": 1.87,
    "IQ1_M": 2.01,
    "IQ2_XXS": 2.23,
    "IQ2_XS": 2.42,
    "IQ2_S": 2.56,
    "IQ2_M": 2.74,
    "Q2_K_S": 2.78,
    "Q2_K": 2.95,
    "IQ3_XXS": 3.04,
    "IQ3_XS": 3.27,
    "IQ3_S": 3.42,
    "IQ3_M": 3.52,
    "Q3_K_S": 3.41,
    "Q3_K_L": 4.02,
    "IQ4_XS": 4.17,
    "Q4_K_S": 4.36,
    "IQ4_NL": 4.38,
    "Q4_K_M": 4.58,
    "Q5_K_S": 5.21,
    "Q5_K_M": 5.33,
    "Q6_K": 6.14,
    "Q8_0": 7.95,
    "F16": 14.96,
}
LLAMA_70B = {
    "Q8_0": 74.98,
    "Q6_K": 57.89,
    "Q5_K_M": 49.95,
    "Q4_K_M": 42.52,
    "Q4_K_S": 40.35,
    "IQ4_XS": 37.90,
    "Q3_K_M": 34.27,
}


def weights(model, quantization, **values):
    return term(estimated(model, quantization, **values), "weights")


@pytest.mark.parametrize(("quantization", "gib"), LLAMA_8B.items())
def test_v1_files_of_an_8b_model_weigh_what_the_quantizer_prints(quantization, gib):
    # Half of the last printed digit, where it is more than the tolerance.
    tolerance = max(0.002 * gib, 0.005)

    assert weights(make_model(), quantization) / GIB == pytest.approx(
        gib, abs=tolerance
    )


@pytest.mark.parametrize(("quantization", "gb"), LLAMA_70B.items())
def test_v2_files_of_a_70b_model(quantization, gb):
    size = weights(make_large_model(), quantization)

    assert size / GB == pytest.approx(gb, rel=0.03)


def test_v3_a_mixture_of_experts():
    size = weights(make_expert_model(), "Q4_K_M")

    assert size / GIB == pytest.approx(17.28, rel=0.01)


def test_v4_a_14b_model():
    model = make_model(
        total_parameters=14_770_033_664,
        layers=48,
        hidden_size=5120,
        attention_heads=40,
        feed_forward_size=13824,
        vocabulary_size=152064,
    )

    assert weights(model, "Q4_K_M") / GIB == pytest.approx(8.37, rel=0.001)


@pytest.mark.parametrize(
    ("layers", "experts", "parameters", "gib"),
    [(36, 128, 116_829_156_672, 59.02), (24, 32, 20_914_757_184, 11.27)],
)
def test_v5_experts_in_mxfp4(layers, experts, parameters, gib):
    model = make_model(
        total_parameters=parameters,
        layers=layers,
        hidden_size=2880,
        attention_heads=64,
        head_dim=64,
        feed_forward_size=0,
        vocabulary_size=201088,
        groups=(make_group(layers // 2, 8, 64), make_group(layers // 2, 8, 64, 128)),
        experts=Experts(
            count=experts, active=4, intermediate_size=2880, has_biases=True
        ),
    )

    assert weights(model, "MXFP4") / GIB == pytest.approx(gib, rel=0.001)


@pytest.mark.parametrize("engine", ["llama-cpp", "vllm"])
def test_v6_sixteen_bit_checkpoints(engine):
    lite = make_model(
        total_parameters=15_706_484_224,
        layers=27,
        hidden_size=2048,
        vocabulary_size=102400,
        groups=(make_latent(27),),
    )
    cards = [make_card(80)]

    large = weights(make_large_model(), "BF16", engine=engine, cards=cards * 2)
    assert large / GIB == pytest.approx(131.42, rel=0.003)
    small = weights(lite, "BF16", engine=engine, cards=cards)
    assert small / GIB == pytest.approx(29.30, rel=0.003)


def test_v8_cache_and_buffer_are_exact():
    model = make_model(
        total_parameters=3_085_938_688,
        layers=36,
        hidden_size=2048,
        attention_heads=16,
        vocabulary_size=151936,
        has_tied_embeddings=True,
        groups=(make_group(36, kv_heads=2),),
    )

    answer = estimated(model, version="b4500", context_tokens=4096)

    assert term(answer, "kv_cache") == 144 * MIB
    assert term(answer, "compute_buffer") == 300.75 * MIB


def test_v9_the_latent_cache_is_exact():
    model = make_model(layers=61, groups=(make_latent(61),))

    answer = estimated(model, context_tokens=32768, kv_cache_type="q8_0")

    assert term(answer, "kv_cache") == 1166.625 * MIB


def test_v11_the_recurrent_state_is_exact():
    model = make_model(groups=(make_group(8, 4, 256), make_linear(24, 32, 16)))

    assert term(estimated(model), "recurrent_state") == 50.25 * MIB


@pytest.mark.parametrize(
    ("linear_layers", "value_heads", "mib"),
    [(48, 48, 149.6), (30, 32, 62.8), (36, 64, 149.1), (45, 64, 186.3)],
)
def test_states_of_the_larger_hybrids(linear_layers, value_heads, mib):
    model = make_model(groups=(make_linear(linear_layers, value_heads, 16),))

    state = term(estimated(model), "recurrent_state")

    assert state / MIB == pytest.approx(mib, abs=0.05)


def test_v14_what_a_window_saves():
    values = {"version": "b5430", "context_tokens": 31000}
    options = {"full_size_window_cache": True}

    small = estimated(make_windowed_model(), **values)
    full = estimated(make_windowed_model(), **values, engine_options=options)

    saved = term(full, "kv_cache") - term(small, "kv_cache")
    assert saved / MIB == pytest.approx(2344, rel=0.01)


def test_v16_the_pool_of_a_server_is_exact_given_its_overheads():
    pool = pool_bytes(
        total_bytes=79.22 * GIB,
        utilization=0.9,
        weights_bytes=14.96 * GIB,
        activation_bytes=1.26 * GIB,
        other_bytes=1.79 * GIB,
    )

    assert round(pool / GIB, 2) == 53.29


def test_v16_a_server_reserves_its_share_of_the_card():
    answer = estimated(
        quantization="BF16",
        engine="vllm",
        version="0.6.4",
        cards=[make_card(80)],
    )

    assert answer.reserves_bytes / GIB == pytest.approx(71.29, rel=0.001)
    assert term(answer, "weights") / GIB == pytest.approx(14.96, rel=0.01)


def test_v19_resident_weights_of_a_4b_model():
    model = make_model(
        total_parameters=4_022_468_096,
        layers=36,
        hidden_size=2560,
        has_tied_embeddings=True,
        **QWEN3,
    )

    size = weights(model, "BF16", engine="vllm")

    assert size / GIB == pytest.approx(7.6785, rel=0.01)


def test_v20_resident_weights_on_each_of_two_cards():
    model = make_model(total_parameters=14_770_033_664, layers=48, hidden_size=5120)

    size = weights(model, "BF16", engine="vllm", cards=[make_card(), make_card()])

    assert size / 2 / GIB == pytest.approx(13.9476, rel=0.01)


def test_v21_a_million_tokens_in_four_bits_are_exact():
    model = make_model(layers=12, groups=(make_group(12),))

    answer = estimated(model, context_tokens=1_048_576, kv_cache_type="q4_0")

    assert term(answer, "kv_cache") == 13_824 * MIB


def test_v23_sequences_that_a_pool_on_two_cards_holds():
    model = make_model(
        total_parameters=27_781_427_952,
        layers=64,
        hidden_size=5120,
        attention_heads=24,
        head_dim=256,
        feed_forward_size=17408,
        groups=(make_group(16, 4, 256), make_linear(48, 48, 16)),
    )

    answer = estimated(
        model,
        "AWQ",
        engine="vllm",
        cards=[make_card(), make_card()],
        split=SplitMode.TENSOR,
        kv_cache_type="fp8",
        context_tokens=262_144,
    )

    each = (term(answer, "kv_cache") + term(answer, "recurrent_state")) / 2
    tokens = 9.84 * GIB / each * 262_144
    assert tokens == pytest.approx(619_202, rel=0.04)


def test_a_gated_delta_buffer_is_exact():
    model = make_model(groups=(make_linear(48, 48, 16),))

    assert linear_scratch_bytes(model, 2048, 1) == 96 * MIB
