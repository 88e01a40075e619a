"""Models and cards that estimates can be made for: ordinary unless told otherwise."""

import datetime
from decimal import Decimal

from catalog.models import GIB, HostedPrice
from tests.catalog.factories import make_ai_model, make_hardware, make_vendor
from tests.editorial.factories import make_source

TODAY = datetime.date(2026, 11, 26)


def make_llama(**values):
    """Llama 3.1 8B, whose Q4_K_M file takes 4.9 GB."""
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
    }
    return make_ai_model("Llama 3.1 8B Instruct", **defaults | values)


def make_card(name, *, gib=24, bandwidth=1008, watts=350, **values):
    values.setdefault("vendor", make_vendor("NVIDIA"))
    return make_hardware(
        name,
        memory_bytes=gib * GIB,
        memory_bandwidth_gb_s=Decimal(bandwidth),
        board_power_w=watts,
        architecture="Ada Lovelace",
        fp16_tensor_tflops=Decimal(165),
        **values,
    )


def make_hosted_price(ai_model, **values):
    defaults = {
        "provider": "A provider",
        "model_name": "llama",
        "input_usd_per_million_tokens": Decimal("0.20"),
        "output_usd_per_million_tokens": Decimal("0.60"),
        "observed_on": datetime.date(2026, 11, 1),
    }
    return HostedPrice.objects.create(
        ai_model=ai_model, source=make_source(), **defaults | values
    )
