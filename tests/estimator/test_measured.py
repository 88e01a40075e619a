"""Measured rows beside the formula."""

from dataclasses import replace

import pytest

from estimator.answers import Evidence
from estimator.inputs import EngineChoice
from estimator.measured import formula_speed, with_measured
from estimator.speed import speeds
from estimator.speed_constants import shipped
from tests.estimator.factories import make_model, make_request
from tests.estimator.speeds import make_fast_card, make_row, placed_on_cards


def asked(quantization="Q4_K_M", **values):
    return make_request(quantization=quantization, cards=[make_fast_card()], **values)


def formula(request):
    row = make_row(quantization=request.weights.quantization)
    return speeds(request, row.weights, placed_on_cards(row.weights))


def combined(request, *rows):
    return with_measured(formula(request), request, rows)


def test_a_row_of_the_same_set_up_wins_and_is_named():
    answer = combined(asked(), make_row(decode=99.0, prefill=5000.0))

    assert answer.decode.expected == 99.0
    assert answer.prefill.expected == 5000.0
    assert answer.evidence is answer.prefill_evidence is Evidence.MEASURED
    assert "bm-1" in answer.reasons[0] and "moderate" in answer.reasons[0]


def test_prefill_that_nobody_measured_keeps_its_own_tier():
    answer = combined(asked(), make_row(decode=99.0))

    assert answer.evidence is Evidence.MEASURED
    assert answer.prefill_evidence is Evidence.EXTRAPOLATED
    assert answer.prefill == formula(asked()).prefill


def test_several_rows_give_their_middle_and_their_spread():
    rows = [
        make_row(slug=f"bm-{n}", decode=speed) for n, speed in enumerate((80, 100, 130))
    ]

    decode = combined(asked(), *rows).decode

    assert (decode.low, decode.expected, decode.high) == (80, 100, 130)


def test_a_row_of_another_quantization_scales_the_formula():
    plain = formula(asked())
    row = make_row(quantization="Q8_0")
    row = replace(row, decode=0.8 * formula_speed(row, shipped()))

    answer = combined(asked(), row)

    assert answer.evidence is Evidence.MEASURED_NEAR
    assert answer.decode.expected == pytest.approx(0.8 * plain.decode.expected)
    assert answer.prefill_evidence is plain.evidence
    assert "bm-1" in answer.reasons[0]


def test_a_row_at_a_filled_context_is_near_not_the_same():
    answer = combined(asked(), make_row(depth_tokens=16384, decode=60.0))

    assert answer.evidence is Evidence.MEASURED_NEAR


@pytest.mark.parametrize(
    "strange",
    [
        {"is_doubtful": True},
        {"has_odd_host": True},
        {"is_slower_bin": True},
        {"concurrency": 8},
        {"count": 2},
        {"engine": "ollama"},
        {"backend": "cpu"},
        {"decode": None},
        {"card": make_fast_card(slug="another")},
        {"model": make_model("Another")},
    ],
)
def test_rows_of_something_else_change_nothing(strange):
    assert combined(asked(), make_row(**strange)) == formula(asked())


def test_another_back_end_than_the_one_asked_for_is_something_else():
    request = replace(asked(), engine=EngineChoice(slug="llama-cpp", backend="vulkan"))

    answer = combined(request, make_row(backend="cuda"))

    assert answer.evidence is Evidence.EXTRAPOLATED
