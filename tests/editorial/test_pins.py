"""Numbers quoted from facts: fixed when frozen, compared when read."""

import datetime
from decimal import Decimal

import pytest

from editorial.drafts import record_save
from editorial.models import Publication
from editorial.pins import (
    moved_pin,
    pinned_facts,
    put_pins,
    resolve_pins,
    unresolved_pins,
    with_moved_pins,
)
from editorial.problems import NotReadyError, WrongStateError
from editorial.review import approve, publication_problems, submit
from editorial.richtext import rich
from editorial.workflow import publish
from tests.catalog.factories import make_hardware
from tests.comparisons.factories import make_verdict, publish_document
from tests.editorial.factories import make_publisher, make_source, make_writer

pytestmark = pytest.mark.django_db

PIN = "{hardware:card memory_bandwidth_gb_s}"
READ_ON = datetime.date(2026, 11, 1)


@pytest.fixture
def card():
    source = make_source(retrieved_on=READ_ON)
    return make_hardware("Card", memory_bandwidth_gb_s=Decimal(960), source=source)


def change(card, number):
    card.memory_bandwidth_gb_s = Decimal(number)
    card.save()


def shown(text, **values):
    facts = resolve_pins(pinned_facts([text]))
    return with_moved_pins(text, facts, verified_on="2026-11-20", **values)


def make_quoting_verdict(card):
    verdict = make_verdict(hardware=card, summary=f"**Sound.** It moves {PIN}.")
    verdict.summary_sources.add(make_source())
    record_save(verdict, by=None)
    return verdict


def test_a_pin_becomes_the_number_of_the_day_with_date_and_source(card):
    text = rich(f"It moves {PIN}.")

    (pin,) = text["pins"]
    assert pin == {
        "type": "hardware",
        "uid": str(card.uid),
        "field": "memory_bandwidth_gb_s",
        "raw": "960",
        "display": "960",
        "unit": "GB/s",
        "as_of": READ_ON.isoformat(),
        "source_url": card.source.url,
    }
    assert "960 GB/s</data>" in text["html"]
    assert PIN in text["source"] and PIN not in text["html"]


def test_a_pin_that_agrees_with_its_fact_shows_the_number_alone(card):
    text = rich(PIN)

    assert shown(text) == text["html"]


def test_a_fact_that_moved_says_old_and_new(card):
    text = rich(f"It moves {PIN}.")
    change(card, 640)

    html = shown(text, date_format=lambda day: f"the day {day}")

    assert "960 GB/s</data>" in html
    assert "(was so on the day 2026-11-01, now 640 GB/s)" in html


def test_each_of_two_pins_is_compared_with_its_own_fact(card):
    other = make_hardware("Other", memory_bandwidth_gb_s=Decimal(500))
    text = rich(f"{PIN}, {PIN} and {{hardware:other memory_bandwidth_gb_s}}.")
    change(other, 600)

    html = shown(text)

    assert html.count("now ") == 1
    assert html.index("now 600 GB/s") > html.index("500 GB/s</data>")


def test_a_fact_that_is_gone_leaves_the_number_as_it_was(card):
    text = rich(PIN)

    assert moved_pin(text["pins"][0], {}) is None
    assert with_moved_pins(text, {}, verified_on="2026-11-20") == text["html"]


def test_another_way_to_write_the_same_number_is_no_move(card):
    text = rich(PIN)
    change(card, "960.0")
    card.refresh_from_db()

    assert shown(text) == text["html"]


@pytest.mark.parametrize(
    "pin",
    [
        "{hardware:nothing memory_bandwidth_gb_s}",
        "{hardware:card nothing}",
        "{nothing:card memory_bandwidth_gb_s}",
    ],
)
def test_an_unknown_pin_stays_as_typed_and_is_reported(card, pin):
    text = rich(f"It moves {pin}.")

    assert text["pins"] == []
    assert pin in text["html"]
    assert unresolved_pins(text) == [pin]


def test_only_the_unknown_pin_among_good_ones_is_reported(card):
    wrong = "{hardware:nothing memory_bandwidth_gb_s}"

    assert unresolved_pins(rich(f"{PIN} and {wrong} and {PIN}")) == [wrong]
    assert unresolved_pins(rich(f"{PIN} and {PIN}")) == []


def test_an_unknown_pin_blocks_publication(card):
    wrong = "{hardware:nothing memory_bandwidth_gb_s}"
    verdict = make_verdict(hardware=card, summary=f"**Sound.** It moves {wrong}.")
    submit(verdict, by=make_writer())

    with pytest.raises(NotReadyError, match="names no fact of the catalogue"):
        approve(verdict, by=make_publisher(), digest=verdict.working_digest)


def test_a_fact_with_markup_in_it_is_quoted_as_text():
    pin = {"raw": '"><b>', "display": "<b>960</b>", "unit": "GB/s"}

    html = put_pins("<p>\ue0000\ue001</p>", [pin])

    assert "<b>" not in html
    assert "&lt;b&gt;960&lt;/b&gt; GB/s</data>" in html


def test_what_was_published_keeps_its_number_when_the_fact_moves(card, client):
    publish_document(make_quoting_verdict(card))
    change(card, 640)

    body = Publication.objects.get().body
    page = client.get("/hardware/card/").content.decode()

    assert body["summary"]["pins"][0]["raw"] == "960"
    assert "960 GB/s</data>" in page
    assert "now 640 GB/s" in page


def test_a_fact_that_moves_after_approval_voids_it(card):
    verdict, publisher = make_quoting_verdict(card), make_publisher()
    submit(verdict, by=make_writer())
    approve(verdict, by=publisher, digest=verdict.working_digest)
    assert publication_problems(verdict) == []
    change(card, 640)

    with pytest.raises(WrongStateError, match="or a fact it quotes, has changed"):
        publish(verdict, by=publisher)
