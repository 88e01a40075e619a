"""Published texts are found in their windows, by the clock and with no job."""

import pytest
import time_machine

from editorial.search.finding import search
from editorial.workflow import cancel, publish, schedule, withdraw
from tests.comparisons.factories import (
    make_comparison,
    make_published_comparison,
    make_verdict,
    publish_document,
)
from tests.editorial.factories import make_publisher
from tests.editorial.steps import HOUR, NOON, approved, edit
from tests.search.finding import is_in_order, titles

pytestmark = pytest.mark.django_db


def test_a_published_text_is_found_by_its_title_and_its_sentences():
    make_published_comparison(names=["Alpha", "Beta"])

    assert titles("alpha vs beta", kinds=["publication"]) == ["Alpha vs Beta"]
    assert titles("quick to start", kinds=["publication"]) == ["Alpha vs Beta"]
    assert is_in_order("publication")


def test_a_draft_is_not_found():
    make_comparison(names=["Alpha", "Beta"])

    assert titles("alpha") == []


def test_a_scheduled_text_is_found_by_the_clock_alone():
    with time_machine.travel(NOON, tick=False) as clock:
        publisher = make_publisher()
        comparison = make_comparison(names=["Alpha", "Beta"])
        publish_document(comparison, by=publisher)
        comparison.refresh_from_db()
        edit(comparison, title="Quokka or wombat")
        approved(comparison, by=publisher)
        comparison.refresh_from_db()
        schedule(comparison, by=publisher, at=NOON + HOUR)
        assert titles("quokka") == []
        assert titles("alpha", kinds=["publication"]) == ["Alpha vs Beta"]

        clock.shift(HOUR)

        assert titles("quokka") == ["Quokka or wombat"]
        assert "Alpha vs Beta" not in titles("alpha", kinds=["publication"])
        assert is_in_order("publication")


def test_a_cancelled_schedule_is_never_found():
    with time_machine.travel(NOON, tick=False) as clock:
        publisher = make_publisher()
        comparison = make_comparison(title="Quokka or wombat")
        approved(comparison, by=publisher)
        comparison.refresh_from_db()
        schedule(comparison, by=publisher, at=NOON + HOUR)
        cancel(comparison, by=publisher)

        clock.shift(2 * HOUR)

        assert titles("quokka") == []
        assert is_in_order("publication")


def test_a_withdrawn_text_vanishes_at_once():
    publisher = make_publisher()
    verdict = make_verdict(title="Quokka")
    publish_document(verdict, by=publisher)
    assert titles("quokka") == ["Quokka"]

    withdraw(verdict, by=publisher, note="Wrong.")

    assert titles("quokka") == []
    assert is_in_order("publication")


def test_a_text_that_moves_is_found_at_its_new_address():
    publisher = make_publisher()
    comparison = make_comparison(subject="deployment", slug="old", title="Quokka")
    publish_document(comparison, by=publisher)
    comparison.refresh_from_db()
    edit(comparison, slug="new")
    approved(comparison, by=publisher)
    comparison.refresh_from_db()

    publish(comparison, by=publisher)

    (hit,) = search("quokka", kinds=["publication"]).groups[0].hits
    assert hit.url == "/compare/new/"
    assert is_in_order("publication")
