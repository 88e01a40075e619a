"""Pieces of a compare page that are kept never show what is no longer so."""

import datetime
from decimal import Decimal

import pytest
import time_machine
from django.core.cache import caches
from django.utils import timezone

from editorial.drafts import record_save
from editorial.models import Publication
from editorial.rechecks import open_rechecks
from editorial.workflow import restore
from tests.benchmarks.factories import make_benchmark
from tests.catalog.factories import make_hardware, make_support_cell
from tests.comparisons.factories import (
    make_comparison,
    make_published_comparison,
    publish_document,
)
from tests.editorial.factories import make_publisher

pytestmark = pytest.mark.django_db

URL = "/compare/engines/alpha-vs-beta/"


@pytest.fixture(autouse=True)
def pieces():
    """The kept pieces, none at first."""
    caches["template_fragments"].clear()
    return caches["template_fragments"]


@pytest.fixture
def comparison():
    return make_published_comparison(names=["Alpha", "Beta"])


@pytest.fixture
def page(client):
    """`page(…)`: the text of the page for some parameters."""
    return lambda **parameters: client.get(URL, parameters).content.decode()


def republished(comparison, **values):
    type(comparison).objects.filter(pk=comparison.pk).update(**values)
    comparison.refresh_from_db()
    record_save(comparison, by=None)
    return publish_document(comparison)


def test_a_second_request_gives_the_same_bytes(comparison, page, pieces):
    assert page() == page()
    assert pieces._cache  # they came from there


def test_a_new_version_is_shown_at_once(comparison, page):
    page()
    republished(comparison, thesis="Other words than before.")

    assert "Other words than before." in page()
    assert "Version 2" in page()


def test_an_old_text_under_a_new_version_shows_the_new_log(comparison, page):
    page()
    republished(comparison, verdict="A second mind.")
    first = Publication.objects.get(document_uid=comparison.uid, version=1)
    restore(comparison, by=make_publisher(), body=first.body, note="Back.")
    republished(comparison, change_note="Back to the first text.")

    assert "Back to the first text." in page()
    assert "A second mind." not in page()


def test_rows_asked_for_and_situations_ticked_do_not_leak(comparison, page):
    rule = comparison.rules.first()
    plain = page()

    ticked = page(situation=rule.uid, rows="differences")

    assert "1 of your 1 situation" in ticked
    assert 'name="rows" value="differences"' in ticked
    assert page() == plain


def test_a_fact_of_a_card_is_shown_as_it_is_now(comparison, page):
    page()
    engine = comparison.sides.first().engine
    engine.license = "EUPL-1.2"
    engine.save()

    assert "EUPL-1.2" in page()


def test_a_support_cell_is_shown_as_it_is_now(comparison, page):
    engine = comparison.sides.first().engine
    cell = make_support_cell(engine, axis="backend", key="vulkan")
    assert "Vulkan" in page()

    type(cell).objects.filter(pk=cell.pk).update(value="partial")

    assert "Vulkan (partial)" in page()


def test_a_measurement_is_shown_as_it_is_now(comparison, page):
    engines = [side.engine for side in comparison.sides.all()]
    rows = [make_benchmark(engine=engine) for engine in engines]
    assert "100 tok/s" in page()

    type(rows[0]).objects.filter(pk=rows[0].pk).update(decode_tokens_per_second=77)

    assert "77 tok/s" in page()


def test_a_pin_that_moved_is_shown_at_once(page):
    card = make_hardware("Card", memory_bandwidth_gb_s=Decimal(960))
    make_published_comparison(
        names=["Alpha", "Beta"],
        answer="It moves {hardware:card memory_bandwidth_gb_s}.",
    )
    assert "now 1" not in page()

    type(card).objects.filter(pk=card.pk).update(memory_bandwidth_gb_s=1008)

    assert "now 1\u202f008 GB/s" in page()


def test_the_mark_of_a_recheck_comes_and_the_day_of_review_passes(comparison, page):
    assert "A fact under this text has changed" not in page()
    open_rechecks("engine", [comparison.sides.first().engine.uid], reason="Changed.")
    assert "A fact under this text has changed" in page()

    with time_machine.travel(timezone.now() + datetime.timedelta(days=400)):
        assert "Due for re-check" in page()


def test_two_comparisons_with_the_same_words_share_no_piece(client):
    for names in (["Alpha", "Beta"], ["Gamma", "Delta"]):
        make_published_comparison(names=names, title="The same title")

    first = client.get(URL).content.decode()
    second = client.get("/compare/engines/delta-vs-gamma/").content.decode()

    assert "Choose Alpha if" in first and "Choose Gamma if" in second
    assert "Choose Alpha if" not in second


def test_a_draft_is_never_kept(client, pieces):
    comparison = make_comparison(names=["Alpha", "Beta"])
    client.force_login(make_publisher())
    address = f"/admin/comparisons/comparison/{comparison.pk}/preview/frame/"
    client.get(address)

    comparison.thesis = "Words typed a moment ago."
    comparison.save()
    record_save(comparison, by=None)

    assert "Words typed a moment ago." in client.get(address).content.decode()
