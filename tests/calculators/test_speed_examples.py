"""Speeds that others published, against what the shipped constants expect.

Most of these rows are among those that the constants were fitted to: what is tested is
that the whole way from the catalogue to the range holds, and how closely. The honest
error is that of the backtest.
"""

from statistics import median

import pytest

from estimator.fit import estimate
from estimator.speed import speeds
from tests.calculators.cards import card_called
from tests.calculators.catalogued import catalogued
from tests.calculators.speed_examples import EXAMPLES, OFFLOADED
from tests.estimator.factories import make_request

pytestmark = pytest.mark.static

FAR_OFF = {
    ("llama-3-8b-instruct", "F16", "a100-pcie-80gb"),
    ("llama-3-8b-instruct", "Q4_K_M", "apple-m1-max"),
}
"""The data notes doubt the F16 figures of that A100; another publisher measured 46
tokens a second on an M1 Max with a build of 2026."""

EXPECTED = [example for example in EXAMPLES if example[1:4] not in FAR_OFF]


def speeds_of(model, quantization, hardware, version="", **values):
    slug, _, count = hardware.partition(" x ")
    cards = [card_called(slug)] * int(count or 1)
    request = make_request(
        catalogued(model),
        quantization,
        cards=cards,
        version=version,
        **{"context_tokens": 2048} | values,
    )
    return estimate(request, speeds).speeds


@pytest.mark.parametrize("example", EXPECTED, ids=lambda e: f"{e[0]} {e[1]} {e[3]}")
def test_a_published_speed_is_met_within_the_sheet_s_tolerance(example):
    _, model, quantization, hardware, version, measured = example
    tolerance = 0.30 if "gpt-oss" in model or "-a" in model else 0.25

    decode = speeds_of(model, quantization, hardware, version).decode

    assert decode.expected == pytest.approx(measured, rel=tolerance)


def test_half_of_the_published_speeds_are_met_within_eight_percent():
    errors, inside = [], []
    for _, model, quantization, hardware, version, measured in EXAMPLES:
        decode = speeds_of(model, quantization, hardware, version).decode
        errors.append(abs(decode.expected / measured - 1))
        inside.append(decode.low <= measured <= decode.high)

    assert median(errors) < 0.08
    assert sum(inside) >= 0.85 * len(inside)


@pytest.mark.parametrize("example", OFFLOADED, ids=lambda e: f"{e[0]} {e[1]}")
def test_speeds_with_layers_in_host_memory_lie_in_the_range(example):
    _, model, quantization, hardware, measured = example

    decode = speeds_of(model, quantization, hardware).decode

    assert decode.low <= measured <= decode.high


@pytest.mark.parametrize(
    ("hardware", "deep", "shallow"),
    [("dgx-spark-gb10", 38.8, 52.9), ("ryzen-ai-max-plus-395", 31.5, 50.1)],
)
def test_a_filled_context_slows_a_mixture_as_measured(hardware, deep, shallow):
    answer = speeds_of("gpt-oss-120b", "MXFP4", hardware, context_tokens=32768)

    slower = answer.decode_at_depth.expected / answer.decode.expected
    assert slower == pytest.approx(deep / shallow, rel=0.30)
