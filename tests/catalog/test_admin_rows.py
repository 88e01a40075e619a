"""Rows inside a fact's form: each changed only with the page that proves it."""

from decimal import Decimal

import pytest
from django.urls import reverse

from editorial.models import Citation, Recheck
from tests.catalog.factories import (
    make_engine,
    make_hardware,
    make_price,
    make_support_cell,
)
from tests.comparisons.factories import make_verdict, publish_document
from tests.desk.test_document_form import form_data
from tests.editorial.factories import make_fact_editor, make_source

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fact_editor(client):
    client.force_login(make_fact_editor())


def send(client, fact, **changes):
    """The form of `fact`, sent back with some fields changed."""
    name = f"admin:catalog_{fact._meta.model_name}_change"
    url = reverse(name, args=[fact.pk])
    return client.post(url, form_data(client, url) | changes)


def test_a_price_is_not_changed_without_the_page_that_proves_it(client):
    price = make_price(make_hardware(), amount=Decimal("1599"))

    response = send(client, price.hardware, **{"prices-0-amount": "1499"})

    assert "You changed Amount. Which page proves it?" in response.content.decode()
    price.refresh_from_db()
    assert price.amount == Decimal("1599")


def test_a_price_changed_with_a_page_is_saved_and_cited(client):
    price = make_price(make_hardware(), amount=Decimal("1599"))
    source = make_source()

    response = send(
        client,
        price.hardware,
        **{"prices-0-amount": "1499", "prices-0-change_source": source.url},
    )

    assert response.status_code == 302
    price.refresh_from_db()
    assert price.amount == Decimal("1499")
    assert Citation.objects.get(subject_uid=price.uid).source == source


def test_a_changed_cell_asks_the_documents_of_its_engine(client):
    engine = make_engine()
    make_support_cell(engine, value="yes")
    publish_document(make_verdict(engine=engine))

    send(
        client,
        engine,
        **{"cells-0-value": "no", "cells-0-change_source": make_source().url},
    )

    assert Recheck.objects.open().exists()


def test_a_row_left_alone_needs_no_proof(client):
    price = make_price(make_hardware())

    assert send(client, price.hardware, notes="A note.").status_code == 302
