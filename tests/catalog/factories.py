"""Facts for tests: valid and ordinary unless told otherwise."""

import datetime
import itertools
from decimal import Decimal

from django.utils.text import slugify

from catalog.models import (
    GIB,
    AIModel,
    Engine,
    EngineRelease,
    FailureMode,
    Hardware,
    ModelFamily,
    ModelFile,
    ModelLanguages,
    PriceObservation,
    SupportCell,
    Vendor,
)
from tests.editorial.factories import make_source

_numbers = itertools.count(1)


def make_vendor(name=None):
    name = name or f"Vendor {next(_numbers)}"
    return Vendor.objects.get_or_create(slug=slugify(name), defaults={"name": name})[0]


def make_engine(name=None, **values):
    name = name or f"Engine {next(_numbers)}"
    defaults = {
        "name": name,
        "slug": slugify(name),
        "kind": "engine",
        "homepage_url": "https://example.org/",
        "license": "MIT",
        "status": "active",
    }
    if "vendor" not in values:
        values["vendor"] = make_vendor()
    if "source" not in values:
        values["source"] = make_source()
    return Engine.objects.create(**defaults | values)


def make_release(engine=None, **values):
    defaults = {
        "role": "latest_seen",
        "version": "1.0",
        "released_on": datetime.date(2026, 8, 1),
        "basis": "release",
    }
    return EngineRelease.objects.create(
        engine=engine or make_engine(), source=make_source(), **defaults | values
    )


def make_support_cell(engine=None, **values):
    defaults = {"axis": "feature", "key": "paged_attention", "value": "yes"}
    if "source" not in values:
        values["source"] = make_source()
    return SupportCell.objects.create(
        engine=engine or make_engine(), **defaults | values
    )


def make_failure_mode(engine=None, **values):
    defaults = {
        "title": f"Failure {next(_numbers)}",
        "trigger": "A long prompt",
        "symptom": "A message",
        "mitigation": "A shorter prompt",
        "severity": "medium",
    }
    return FailureMode.objects.create(
        engine=engine or make_engine(), source=make_source(), **defaults | values
    )


def make_hardware(name=None, **values):
    name = name or f"Card {next(_numbers)}"
    defaults = {
        "name": name,
        "slug": slugify(name),
        "kind": "gpu",
        "segment": "consumer",
        "memory_bytes": 24 * GIB,
        "memory_bandwidth_gb_s": Decimal(1008),
        "has_unified_memory": False,
    }
    if "vendor" not in values:
        values["vendor"] = make_vendor()
    if "source" not in values:
        values["source"] = make_source()
    return Hardware.objects.create(**defaults | values)


def make_price(hardware=None, **values):
    defaults = {
        "kind": "street_new",
        "amount": Decimal("1599.00"),
        "condition": "new",
        "seller": "A shop",
        "observed_on": datetime.date(2026, 11, 1),
    }
    return PriceObservation.objects.create(
        hardware=hardware or make_hardware(), source=make_source(), **defaults | values
    )


def make_ai_model(name=None, **values):
    name = name or f"Model {next(_numbers)}"
    family = ModelFamily.objects.get_or_create(
        slug="family", defaults={"name": "Family"}
    )[0]
    defaults = {
        "name": name,
        "slug": slugify(name),
        "family": family,
        "modality": "text",
        "architecture": "dense",
        "total_parameters": 8_030_300_000,
        "hf_repository": "example/model",
    }
    if "vendor" not in values:
        values["vendor"] = make_vendor()
    if "source" not in values:
        values["source"] = make_source()
    return AIModel.objects.create(**defaults | values)


def make_model_languages(ai_model=None, codes="en", **values):
    if "source" not in values:
        values["source"] = make_source()
    return ModelLanguages.objects.create(
        ai_model=ai_model or make_ai_model(), codes=codes, **values
    )


def make_model_file(ai_model=None, **values):
    defaults = {
        "weight_format": "gguf",
        "quantization": "Q4_K_M",
        "size_bytes": 4_920_000_000,
        "printed_size": Decimal(4_920_000_000),
        "printed_unit": "bytes",
        "publisher": "someone",
    }
    return ModelFile.objects.create(
        ai_model=ai_model or make_ai_model(), source=make_source(), **defaults | values
    )
