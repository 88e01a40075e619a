"""Facts whose own fields disagree."""

import datetime
from decimal import Decimal

import pytest

from tests.catalog.factories import (
    make_ai_model,
    make_model_file,
    make_price,
    make_release,
)
from tests.consistency.seeing import findings, only_finding

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "values",
    [
        {"active_parameters": 1_000},
        {"attention_heads": 32, "kv_heads": 5},
        {"global_layer_every_n": 6, "layers": 4},
        {"marks": {"no_such_field": "derived"}},
    ],
)
def test_a_model_whose_fields_disagree_is_found(values):
    model = make_ai_model(**values)

    finding = only_finding("fact-fields")

    assert finding.place.uid == model.uid


def test_a_file_that_is_not_as_large_as_printed_is_found():
    make_model_file(printed_size=Decimal("4.92"), printed_unit="GB")
    assert findings() == []
    make_model_file(printed_size=Decimal("4.92"), printed_unit="GiB")

    assert "printed as 4.92 GiB" in only_finding("fact-fields").sentence


def test_a_used_price_of_a_new_kind_is_found():
    make_price(kind="street_new", condition="used")

    assert "is for a used one" in only_finding("fact-fields").sentence


def test_a_latest_release_older_than_another_is_found():
    engine = make_release(version="1.0").engine
    make_release(
        engine, role="other", version="1.1", released_on=datetime.date(2026, 9, 1)
    )

    assert "1.1 is newer than 1.0" in only_finding("fact-fields").sentence
