"""Models and cards whose estimates are known, for the calculators' pages."""

from catalog.models import GIB
from tests.benchmarks.factories import make_benchmark
from tests.catalog.factories import make_ai_model, make_hardware, make_vendor


def make_llama(name="Llama 3.1 8B Instruct", **values):
    """8.03 billion parameters, dense: Q4_K_M takes 4.6 GiB and fits most cards."""
    defaults = {
        "slug": "llama-3-1-8b-instruct",
        "layers": 32,
        "hidden_size": 4096,
        "attention_heads": 32,
        "kv_heads": 8,
        "head_dim": 128,
        "vocabulary_size": 128256,
        "has_tied_embeddings": False,
        "context_window_tokens": 131072,
        "hf_repository": "meta-llama/Llama-3.1-8B-Instruct",
        "license": "llama3.1",
        "commercial_use": "conditional",
    }
    return make_ai_model(name, **defaults | values)


def make_large_llama(name="Llama 3.1 70B", **values):
    """70.6 billion parameters: 39.6 GiB at Q4_K_M, too much for one card of 24 GB."""
    defaults = {
        "slug": "llama-3-1-70b",
        "total_parameters": 70_553_706_496,
        "layers": 80,
        "hidden_size": 8192,
        "attention_heads": 64,
    }
    return make_llama(name, **defaults | values)


def make_card(name="GeForce RTX 4090", **values):
    defaults = {
        "slug": "rtx-4090",
        "vendor": make_vendor("NVIDIA"),
        "board_power_w": 450,
    }
    return make_hardware(name, **defaults | values)


def make_small_card(name="GeForce RTX 3060", **values):
    defaults = {"slug": "rtx-3060", "memory_bytes": 12 * GIB}
    return make_card(name, **defaults | values)


def make_measured(model, card, engine, **values):
    """A single-request row of the set-up, with all three links."""
    defaults = {
        "ai_model": model,
        "hardware": card,
        "engine": engine,
        "engine_name": engine.slug,
        "decode_tokens_per_second": 131,
    }
    return make_benchmark(**defaults | values)
