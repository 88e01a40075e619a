"""Which sentences need a source."""

import pytest

from editorial.claims import makes_claim


@pytest.mark.parametrize(
    "text",
    [
        "It reaches 120 tokens per second.",
        "Since version 0.11 it starts by itself.",
        "The fastest of the two.",
        "It runs on NVIDIA only.",
        "ONLY on Linux.",
        "Most people start here.",
        "Supports FP8.",
        "Start it with `serve --port 8000`: it answers in 2 seconds.",
        "`serve` is the only command.",
    ],
)
def test_numbers_versions_and_words_of_rank_are_claims(text):
    assert makes_claim(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "It is easy to install.",
        "Mostly for small teams, almost everywhere.",
        "Commonly used.",
        "Start it with `serve --port 8000` and wait.",
        "Set `FP8=1` or the `fastest` mode.",
    ],
)
def test_plain_words_and_commands_are_not(text):
    assert not makes_claim(text)
