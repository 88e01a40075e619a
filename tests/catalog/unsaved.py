"""Facts that no database has seen, for rules that ask none."""

import datetime
from decimal import Decimal

from catalog.models import (
    GIB,
    AIModel,
    Hardware,
    ModelFamily,
    ModelFile,
    PriceObservation,
    Vendor,
)
from editorial.models import Source

SOURCE = Source(url="https://example.org/sheet", title="Data sheet")


def chip(name="Card", *, vendor="NVIDIA", **values):
    defaults = {
        "slug": name.lower().replace(" ", "-"),
        "kind": "gpu",
        "segment": "consumer",
        "architecture": "Ada Lovelace",
        "memory_bytes": 24 * GIB,
        "memory_bandwidth_gb_s": Decimal(1008),
        "has_unified_memory": False,
        "vendor": Vendor(pk=len(vendor), name=vendor),
        "source": SOURCE,
    }
    return Hardware(name=name, **defaults | values)


def apple(name="Apple M4 Max", **values):
    defaults = {
        "kind": "apple_soc",
        "architecture": "Apple M4",
        "has_unified_memory": True,
        "memory_bytes": 128 * GIB,
        "memory_bandwidth_gb_s": Decimal(546),
    }
    return chip(name, vendor="Apple", **defaults | values)


def model(name="Model", **values):
    defaults = {
        "pk": 1,
        "slug": name.lower(),
        "architecture": "dense",
        "modality": "text",
        "total_parameters": 8_030_000_000,
        "active_parameters": 8_030_000_000,
        "hf_repository": "maker/model",
        "vendor": Vendor(name="Maker"),
        "family": ModelFamily(pk=1, name="Family", slug="family"),
    }
    return AIModel(name=name, **defaults | values)


def file(quantization="Q4_K_M", **values):
    defaults = {
        "weight_format": "gguf",
        "size_bytes": 4_920_734_272,
        "printed_size": Decimal(4_920_734_272),
        "printed_unit": "bytes",
        "bits_per_weight": Decimal("4.902"),
        "publisher": "someone",
        "source": SOURCE,
    }
    return ModelFile(quantization=quantization, **defaults | values)


def price(amount, day, **values):
    defaults = {
        "kind": "street_new",
        "currency": "USD",
        "seller": "A shop",
        "observed_on_precision": "day",
        "source": SOURCE,
    }
    return PriceObservation(
        amount=Decimal(amount),
        observed_on=datetime.date.fromisoformat(day),
        **defaults | values,
    )
