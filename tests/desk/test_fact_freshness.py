"""Facts that nobody has held against their source for long."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from benchmarks.models import Benchmark
from catalog.models import Hardware
from editorial.fact_freshness import CHECKED, check_fact, dated_facts, due_facts
from editorial.models import FactCheck, Recheck
from editorial.problems import NotAllowedError, WrongStateError
from tests.benchmarks.factories import make_benchmark
from tests.catalog.factories import (
    make_engine,
    make_hardware,
    make_price,
    make_release,
    make_support_cell,
)
from tests.comparisons.factories import make_verdict, publish_document
from tests.editorial.factories import make_fact_editor, make_source, make_writer
from tests.editorial.steps import NOON

pytestmark = pytest.mark.django_db

LIST = "/admin/editorial/verification/facts/"
DAY = datetime.timedelta(days=1)
TODAY = NOON.date()


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def due(key, today=TODAY):
    kind = next(kind for kind in dated_facts() if kind.key == key)
    return list(due_facts(kind, today))


def read_days_ago(days):
    return make_source(retrieved_on=TODAY - days * DAY)


def test_a_specification_is_due_after_a_year_and_the_oldest_comes_first():
    make_hardware("Fresh", source=read_days_ago(364))
    old = make_hardware("Old", source=read_days_ago(365))
    older = make_hardware("Older", source=read_days_ago(400))

    assert due("hardware") == [older, old]


def test_prices_releases_and_speeds_are_due_after_ninety_days():
    price = make_price()
    release = make_release()
    benchmark = make_benchmark()
    fact_sources = [row.source for row in (price, release, benchmark)]
    for source in fact_sources:
        source.retrieved_on = TODAY - 89 * DAY
        source.save()
    assert not (due("prices") or due("releases") or due("speeds"))

    tomorrow = TODAY + DAY

    assert due("prices", tomorrow) == [price]
    assert due("releases", tomorrow) == [release]
    assert due("speeds", tomorrow) == [Benchmark.objects.get()]


def test_a_price_that_a_newer_one_followed_is_history_and_never_due():
    card = make_hardware()
    for day in (1, 20):
        make_price(card, observed_on=datetime.date(2026, 3, day))
    newest = card.prices.latest("observed_on")

    assert due("prices", TODAY + 400 * DAY) == [newest]


def test_a_fact_without_a_source_is_not_due():
    make_support_cell(value="unknown", source=None)

    assert due("cells", TODAY + 999 * DAY) == []


def test_a_check_makes_it_fresh_is_in_its_history_and_opens_no_recheck(clock):
    card = make_hardware(source=read_days_ago(400))
    publish_document(make_verdict(hardware=card))
    publisher = make_fact_editor("petra")

    check_fact(card, by=publisher)

    check = FactCheck.objects.get()
    assert (check.checked_on, check.source) == (TODAY, card.source)
    assert due("hardware") == []
    newest = card.history.first()
    assert (newest.history_user, newest.history_change_reason) == (publisher, CHECKED)
    assert not Recheck.objects.exists()
    (again,) = due("hardware", TODAY + 365 * DAY)
    assert (again.checked_on, again.checked_by) == (TODAY, "petra")


def test_a_check_is_no_news_for_readers(client):
    card = make_hardware("Card", source=read_days_ago(400))
    check_fact(card, by=make_fact_editor())

    page = client.get("/hardware/card/changes/").content.decode()

    assert CHECKED not in page


def test_a_source_that_was_read_after_the_check_counts():
    card = make_hardware(source=read_days_ago(400))
    check_fact(card, by=make_fact_editor())
    FactCheck.objects.update(checked_on=TODAY - 390 * DAY)
    card.source.retrieved_on = TODAY
    card.source.save()

    assert due("hardware") == []


def test_who_may_not_correct_facts_checks_none_and_no_source_is_no_check():
    with pytest.raises(NotAllowedError):
        check_fact(make_hardware(), by=make_writer())
    cell = make_support_cell(value="unknown", source=None)
    with pytest.raises(WrongStateError, match="names no source"):
        check_fact(cell, by=make_fact_editor())
    assert not FactCheck.objects.exists()


def test_a_fact_editor_checks_from_the_list(client):
    card = make_hardware("Card", source=read_days_ago(400))
    client.force_login(make_fact_editor())
    page = client.get(LIST, {"kind": "hardware"})
    assert [fact.row for fact in page.context["rows"]] == [card]
    assert "35 days overdue" in page.content.decode()

    answer = client.post(f"{LIST}?kind=hardware", {"fact": card.pk, "page": "1"})

    assert answer["Location"] == f"{LIST}?kind=hardware&page=1"
    assert "None of these is due" in client.get(answer["Location"]).content.decode()
    assert FactCheck.objects.get().checked_on == timezone.now().date()


def test_a_writer_reads_the_list_and_checks_nothing(client):
    card = make_hardware("Card", source=read_days_ago(400))
    client.force_login(make_writer())
    page = client.get(LIST, {"kind": "hardware"}).content.decode()
    assert "Checked again today</button>" not in page

    answer = client.post(f"{LIST}?kind=hardware", {"fact": card.pk})

    assert answer.status_code == 403
    assert client.get(LIST, {"kind": "nothing"}).status_code == 404
    assert client.post(f"{LIST}?kind=hardware", {"fact": "x"}).status_code == 403


def test_the_list_asks_no_more_for_more_rows(client, django_assert_max_num_queries):
    engine = make_engine()
    source = read_days_ago(500)
    for number in range(30):
        make_support_cell(engine, key=f"key-{number}", source=source)
    assert Hardware.objects.count() == 0
    client.force_login(make_fact_editor())

    with django_assert_max_num_queries(18):
        page = client.get(LIST, {"kind": "cells"})

    assert len(page.context["rows"]) == 30
