"""Facts in the desk: no change without a source, no row out of reach."""

import datetime

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from catalog.models import Hardware
from catalog.models import PriceObservation as Price
from editorial.models import (
    Citation,
    Recheck,
    Source,
)
from editorial.roles import PUBLISHERS
from tests.catalog.factories import (
    make_hardware,
    make_price,
)
from tests.comparisons.factories import (
    make_verdict,
    publish_document,
)
from tests.desk.test_document_form import form_data
from tests.editorial.factories import make_fact_editor as make_editor
from tests.editorial.factories import (
    make_source,
    make_writer,
)

pytestmark = pytest.mark.django_db


def page(model, name, *args):
    return reverse(
        f"admin:{model._meta.label_lower.replace('.', '_')}_{name}", args=args
    )


def errors_of(response):
    """Every sentence the form has for its editor."""
    lists = response.context["adminform"].form.errors.values()
    return [sentence for errors in lists for sentence in errors]


@pytest.fixture
def fact_editor(client):
    """Who keeps the facts, and publishes as well: one person in two groups."""
    fact_editor = make_editor("petra")
    fact_editor.groups.add(Group.objects.get(name=PUBLISHERS))
    client.force_login(fact_editor)
    return fact_editor


@pytest.fixture
def card():
    return make_hardware(
        "RTX Test", board_power_w=450, marks={"board_power_w": "derived"}
    )


@pytest.fixture
def change(client, card, fact_editor):
    """Send the card's form back with some fields changed."""
    url = page(Hardware, "change", card.pk)
    return lambda **fields: client.post(url, form_data(client, url) | fields)


def test_a_specification_is_not_changed_without_a_source(change, card):
    response = change(board_power_w="475", notes="Typed at length")

    assert errors_of(response) == ["You changed Board power (W). Which page proves it?"]
    card.refresh_from_db()
    assert card.board_power_w == 450


def test_a_refused_change_loses_nothing_that_was_typed(change):
    form = (
        change(board_power_w="475", notes="Typed at length").context["adminform"].form
    )

    assert form["board_power_w"].value() == "475"
    assert form["notes"].value() == "Typed at length"


def test_a_change_with_a_known_address_is_saved_and_cited(change, card):
    source = make_source()

    change(board_power_w="475", change_source=source.url)

    card.refresh_from_db()
    assert card.board_power_w == 475
    citation = Citation.objects.get(subject_uid=card.uid)
    assert (citation.field, citation.source) == ("board_power_w", source)
    assert citation.retrieved_on == timezone.now().date()


def test_a_new_address_becomes_a_source(change):
    change(
        board_power_w="475",
        change_source="https://example.org/new | The data sheet | vendor specification",
    )

    source = Source.objects.get(url="https://example.org/new")
    assert (source.title, source.kind) == ("The data sheet", "vendor_specification")


def test_an_address_that_is_none_is_refused_with_a_sentence(change, card):
    response = change(board_power_w="475", change_source="a colleague")

    assert errors_of(response) == ["“a colleague” is not an address."]
    card.refresh_from_db()
    assert card.board_power_w == 450


def test_notes_need_no_source_of_their_own(change, card):
    assert change(notes="Read twice").status_code == 302

    card.refresh_from_db()
    assert card.notes == "Read twice"


def test_the_history_knows_who_changed_what_and_when(change, card, fact_editor):
    change(board_power_w="475", change_source=make_source().url)

    newest, first = card.history.all()
    assert (first.board_power_w, newest.board_power_w) == (450, 475)
    assert newest.history_user == fact_editor
    assert timezone.now() - newest.history_date < datetime.timedelta(minutes=1)


def test_a_changed_field_with_a_source_loses_its_derived_mark(change, card):
    change(board_power_w="475", change_source=make_source().url)

    card.refresh_from_db()
    assert card.marks == {}


def test_a_change_asks_the_published_documents_to_be_read_again(change, card):
    verdict = make_verdict(hardware=card)
    publish_document(verdict)

    change(board_power_w="475", change_source=make_source().url)

    recheck = Recheck.objects.get()
    assert recheck.document_uid == verdict.uid
    assert recheck.reason == "RTX Test: an editor changed board power w."


def test_a_refused_change_asks_nobody(change, card):
    publish_document(make_verdict(hardware=card))

    change(board_power_w="475")

    assert not Recheck.objects.exists()


def test_a_change_in_a_table_of_rows_asks_for_a_re_check_too(change, card):
    make_price(card)
    publish_document(make_verdict(hardware=card))

    proof = make_source().url
    change(**{"prices-0-amount": "1700", "prices-0-change_source": proof})

    assert Price.objects.get().amount == 1700
    assert card.uid in {mark.fact_uid for mark in Recheck.objects.all()}


@pytest.mark.parametrize("term", ["rtx test", "rtx-test"])
def test_a_chip_is_found_by_its_name_and_by_its_slug(client, fact_editor, card, term):
    make_hardware("Another")

    found = client.get(page(Hardware, "changelist"), {"q": term})

    assert [row.name for row in found.context["cl"].result_list] == ["RTX Test"]


def test_a_writer_reads_facts_and_may_not_change_them(client, card):
    client.force_login(make_writer())
    url = page(Hardware, "change", card.pk)

    assert client.get(url).status_code == 200
    assert client.post(url, {"board_power_w": "475"}).status_code == 403
    assert client.get(page(Hardware, "add")).status_code == 403
    card.refresh_from_db()
    assert card.board_power_w == 450


@pytest.fixture
def add_price(client, fact_editor, card):
    """Send the form of a new price of the hardware that was typed."""
    fields = {
        "kind": "msrp",
        "amount": "1599",
        "seller": "A shop",
        "observed_on": "2026-11-01",
        "source": make_source().url,
    }
    url = page(Price, "add")
    return lambda typed: client.post(
        url, form_data(client, url) | fields | {"hardware": typed}
    )


@pytest.mark.parametrize("typed", ["RTX Test", "rtx test", " rtx-test "])
def test_the_picker_takes_a_name_or_a_slug(add_price, card, typed):
    assert add_price(typed).status_code == 302
    assert Price.objects.get().hardware == card


def test_the_picker_refuses_an_unknown_name_with_a_sentence(add_price):
    response = add_price("RTX Unknown")

    assert errors_of(response) == [
        "No hardware is called “RTX Unknown”. Type a part of its name and choose one."
    ]
    assert not Price.objects.exists()
