"""Architectures of the catalogue against the table of the formula sheet."""

import pytest

from calculators.architectures import entries
from catalog.importing.fields import slug_of
from estimator.cache import cache_shape
from estimator.engines import rules_of
from estimator.parts import parts_of
from tests.calculators.catalogued import catalogued, model_rows

pytestmark = pytest.mark.static

LLAMA_CPP = rules_of("llama-cpp", "b8500")
MIB = 2**20
DENSE = {
    "llama-3.2-1b-instruct": 32_768,
    "llama-3.2-3b-instruct": 114_688,
    "llama-3.1-8b-instruct": 131_072,
    "llama-3.3-70b-instruct": 327_680,
    "llama-3.1-405b-instruct": 516_096,
    "mistral-7b-instruct-v0.3": 131_072,
    "mistral-large-2411": 360_448,
    "phi-4": 204_800,
    "qwen2.5-0.5b-instruct": 12_288,
    "qwen2.5-1.5b-instruct": 28_672,
    "qwen2.5-3b-instruct": 36_864,
    "qwen2.5-7b-instruct": 57_344,
    "qwen2.5-14b-instruct": 196_608,
    "qwq-32b": 262_144,
    "qwen2.5-72b-instruct": 327_680,
    "qwen3-0.6b": 114_688,
    "qwen3-1.7b": 114_688,
    "qwen3-4b": 147_456,
    "qwen3-8b": 147_456,
    "qwen3-14b": 163_840,
    "qwen3-32b": 262_144,
    "qwen3-30b-a3b": 98_304,
    "qwen3-235b-a22b": 192_512,
    "qwen3-coder-480b-a35b-instruct": 253_952,
    "mixtral-8x7b-instruct-v0.1": 131_072,
    "minimax-m2.7": 253_952,
    "deepseek-v3": 70_272,
    "deepseek-r1": 70_272,
    "kimi-k2.5": 70_272,
    "qwen3.5-9b": 32_768,
    "qwen3.6-27b": 65_536,
    "qwen3.6-35b-a3b": 20_480,
    "qwen3.5-122b-a10b": 24_576,
    "qwen3.5-397b-a17b": 30_720,
    "nemotron-3-nano-30b-a3b": 6_144,
    "nemotron-3-super-120b-a12b": 8_192,
}
WINDOWED = {
    "gpt-oss-20b": (24_576, 128, 24_576),
    "gpt-oss-120b": (36_864, 128, 36_864),
    "gemma-3-1b-it": (4_096, 512, 22_528),
    "gemma-3-4b-it": (20_480, 1024, 118_784),
    "gemma-3-12b-it": (65_536, 1024, 327_680),
    "gemma-3-27b-it": (81_920, 1024, 425_984),
    "gemma-4-12b-it": (16_384, 1024, 327_680),
    "gemma-4-26b-a4b-it": (20_480, 1024, 204_800),
    "gemma-4-31b-it": (81_920, 1024, 819_200),
    "step-3.7-flash": (49_152, 512, 135_168),
}
STATES = {
    "qwen3.5-9b": 50.25,
    "qwen3.6-27b": 149.6,
    "qwen3.6-35b-a3b": 62.8,
    "qwen3.5-122b-a10b": 149.1,
    "qwen3.5-397b-a17b": 186.3,
    "nemotron-3-nano-30b-a3b": 47.6,
    "nemotron-3-super-120b-a12b": 164.7,
}
ACTIVE = {
    "qwen3-30b-a3b": 3.0e9,
    "qwen3-235b-a22b": 21.6e9,
    "qwen3-coder-480b-a35b-instruct": 34.5e9,
    "mixtral-8x7b-instruct-v0.1": 12.7e9,
    "gpt-oss-20b": 3.6e9,
    "gpt-oss-120b": 5.1e9,
}


def shape_of(slug):
    return cache_shape(catalogued(slug), LLAMA_CPP, "f16")


@pytest.mark.parametrize(("slug", "per_token"), DENSE.items())
def test_bytes_that_each_token_adds(slug, per_token):
    assert shape_of(slug).full_bytes == per_token


def test_the_index_of_sparse_attention_is_counted():
    assert shape_of("glm-5").full_bytes == 89_856 + 78 * 128 * 2


@pytest.mark.parametrize(("slug", "expected"), WINDOWED.items())
def test_windowed_layers_are_apart(slug, expected):
    shape = shape_of(slug)
    full, window, per_cell = expected

    assert shape.full_bytes == full
    assert shape.windows == ((window, per_cell),)


@pytest.mark.parametrize(("slug", "mib"), STATES.items())
def test_states_of_recurrent_layers(slug, mib):
    assert shape_of(slug).state_bytes / MIB == pytest.approx(mib, abs=0.05)


@pytest.mark.parametrize(("slug", "parameters"), ACTIVE.items())
def test_experts_give_the_active_parameters(slug, parameters):
    model = catalogued(slug)
    parts = parts_of(model)

    share = model.experts.active / model.experts.count
    active = parts.total - parts.experts * (1 - share) - parts.embedding
    assert active == pytest.approx(parameters, rel=0.03)


@pytest.mark.parametrize("slug", sorted(model_rows()))
def test_every_model_has_layers_or_a_reason(slug):
    model = catalogued(slug)

    assert bool(model.groups) != bool(model.cache_unknown_because)
    if model.groups and model.layers:
        held = sum(group.count for group in model.groups)
        # In Falcon-H1 attention and state stand side by side in every layer.
        assert held in (model.layers, 2 * model.layers)


def test_the_file_names_models_of_the_catalogue_and_its_sources():
    slugs = {slug_of(slug) for slug in model_rows()}

    assert set(entries()) <= slugs
    assert all(entry["source"].startswith("https://") for entry in entries().values())


def test_unknown_is_said_and_not_guessed():
    model = catalogued("deepseek-v4-flash")

    assert model.groups == ()
    assert "compressed sparse attention" in model.cache_unknown_because
    bound = catalogued("command-a-03-2025").cache_is_upper_bound_because
    assert "window was not seen" in bound
