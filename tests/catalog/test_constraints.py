"""What the database refuses of a fact, whoever writes it."""

import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from catalog.models import Alias, HostedPrice, ModelFamily, Vendor
from editorial.models import Citation, Source
from tests.catalog.factories import (
    make_ai_model,
    make_engine,
    make_failure_mode,
    make_hardware,
    make_model_file,
    make_price,
    make_release,
    make_support_cell,
    make_vendor,
)
from tests.editorial.factories import make_source

pytestmark = pytest.mark.django_db


def make_hosted_price(**values):
    defaults = {
        "provider": "Someone",
        "model_name": "model",
        "input_usd_per_million_tokens": Decimal("0.1"),
        "observed_on": datetime.date(2026, 11, 1),
    }
    return HostedPrice.objects.create(source=make_source(), **defaults | values)


@pytest.mark.parametrize(
    ("make", "values", "constraint"),
    [
        (make_hardware, {"memory_bytes": 0}, "hardware_has_memory"),
        (make_hardware, {"memory_bandwidth_gb_s": 0}, "hardware_has_bandwidth"),
        (make_price, {"amount": 0}, "price_is_positive"),
        (make_price, {"amount": -1}, "price_is_positive"),
        (make_ai_model, {"total_parameters": 0}, "model_has_parameters"),
        (
            make_ai_model,
            {"total_parameters": 7, "active_parameters": 8},
            "active_parameters_within_total",
        ),
        (make_model_file, {"size_bytes": 0}, "model_file_has_size"),
        (
            make_hosted_price,
            {"input_usd_per_million_tokens": -1},
            "hosted_price_is_not_negative",
        ),
        (
            make_hosted_price,
            {"output_usd_per_million_tokens": -1},
            "hosted_price_is_not_negative",
        ),
        (make_support_cell, {"source": None}, "support_cell_is_cited"),
        (make_source, {"url": ""}, "source_has_address"),
    ],
)
def test_a_figure_that_cannot_be_is_refused(make, values, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make(**values)


@pytest.mark.parametrize("axis", ["feature", "backend"])
@pytest.mark.parametrize("value", ["yes", "no", "partial"])
def test_a_stated_cell_names_its_page(axis, value):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_support_cell(axis=axis, value=value, source=None)


@pytest.mark.parametrize("value", ["unknown", "not_applicable"])
def test_a_cell_that_states_nothing_needs_no_page(value):
    assert make_support_cell(value=value, source=None).pk


def test_a_free_model_and_a_price_without_output_are_no_errors():
    assert make_hosted_price(
        input_usd_per_million_tokens=0, output_usd_per_million_tokens=None
    ).pk


def cite(source, label):
    return Citation.objects.create(
        source=source,
        subject_type="engine",
        subject_uid=source.uid,
        label=label,
        retrieved_on=datetime.date(2026, 11, 1),
    )


TWINS = {
    "engine with one slug": lambda: make_engine("Twin"),
    "chip with one slug": lambda: make_hardware("Twin"),
    "model with one slug": lambda: make_ai_model("Twin"),
    "source with one address": lambda: make_source(url="https://example.org/twin"),
    "vendor with one name": lambda: Vendor.objects.create(
        name="Twin", slug=f"twin-{Vendor.objects.count()}"
    ),
    "family with one slug": lambda: ModelFamily.objects.create(name="A", slug="twin"),
    "alias with two targets": lambda: Alias.objects.create(
        fact_type="engine", alias="twin", target_uid=make_vendor().uid
    ),
    "hosted price of one day": make_hosted_price,
}


@pytest.mark.parametrize("make", TWINS.values(), ids=TWINS)
def test_there_is_no_second(make):
    make()

    with pytest.raises(IntegrityError), transaction.atomic():
        make()


PARTS = {
    "latest release": (make_engine, lambda engine: make_release(engine)),
    "cell of one feature": (make_engine, lambda engine: make_support_cell(engine)),
    "failure of one title": (
        make_engine,
        lambda engine: make_failure_mode(engine, title="It stops"),
    ),
    "price observation": (make_hardware, lambda chip: make_price(chip)),
    "file by one publisher": (make_ai_model, lambda model: make_model_file(model)),
    "citation of one field": (make_source, lambda source: cite(source, "label")),
}


@pytest.mark.parametrize(("make", "make_part"), PARTS.values(), ids=PARTS)
def test_one_fact_has_no_second(make, make_part):
    owner = make()
    make_part(owner)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_part(owner)


@pytest.mark.parametrize(
    ("make", "make_part"), list(PARTS.values())[:5], ids=[*PARTS][:5]
)
def test_two_facts_have_one_each(make, make_part):
    assert make_part(make()).pk
    assert make_part(make()).pk


def test_an_engine_has_many_other_releases():
    engine = make_engine()

    for version in ("1", "2"):
        assert make_release(engine, role="other", version=version).pk


@pytest.mark.parametrize("change", [{"amount": 1700}, {"seller": "Another"}])
def test_prices_that_differ_in_amount_or_seller_are_two(change):
    chip = make_hardware()

    assert make_price(chip).pk != make_price(chip, **change).pk


@pytest.mark.parametrize("make", [make_hardware, make_engine, make_ai_model])
def test_a_source_in_use_cannot_be_deleted(make):
    fact = make()

    with pytest.raises(ProtectedError):
        fact.source.delete()

    assert Source.objects.filter(pk=fact.source_id).exists()


def test_a_vendor_in_use_cannot_be_deleted():
    with pytest.raises(ProtectedError):
        make_hardware().vendor.delete()
