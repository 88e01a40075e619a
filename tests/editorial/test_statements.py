"""Statements compiled once answer what their QuerySets answer."""

import datetime
import uuid

import pytest
from django.utils import timezone

from benchmarks.models import Benchmark
from catalog.models import SupportCell
from editorial.models import Publication
from editorial.statements import Statement
from tests.benchmarks.factories import make_benchmark
from tests.catalog.factories import make_engine, make_release, make_support_cell
from tests.comparisons.factories import make_published_comparison

pytestmark = pytest.mark.django_db


def engine_columns(uids):
    rows = SupportCell.objects.filter(engine__uid__in=list(uids))
    return rows.order_by("pk").values_list("engine__uid", "key", "source__retrieved_on")


def test_the_rows_are_those_of_the_queryset_for_any_number_of_uids():
    cells = [make_support_cell(make_engine(), key=f"key-{at}") for at in range(4)]
    rows_of = Statement(engine_columns)

    for count in range(1, 5):
        uids = [cell.engine.uid for cell in cells[:count]]
        assert rows_of(uids) == list(engine_columns(uids))
        assert len(rows_of(uids)) == count


def test_the_query_is_built_once_for_each_number_of_uids():
    built = []

    def build(uids):
        built.append(len(uids))
        return engine_columns(uids)

    rows_of = Statement(build)
    for uids in ([uuid.uuid4()], [uuid.uuid4()], [uuid.uuid4(), uuid.uuid4()]):
        rows_of(uids)

    assert built == [1, 2]


def test_a_second_call_answers_for_its_own_uids_and_for_this_moment():
    first, second = make_support_cell(), make_support_cell()
    rows_of = Statement(engine_columns)

    assert [row[0] for row in rows_of([first.engine.uid])] == [first.engine.uid]
    SupportCell.objects.filter(pk=second.pk).update(key="another")

    assert [row[:2] for row in rows_of([second.engine.uid])] == [
        (second.engine.uid, "another")
    ]


def test_no_uids_ask_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert Statement(engine_columns)([]) == []


def test_a_text_and_a_moment_are_put_in_wherever_they_occur():
    make_published_comparison(names=["Alpha", "Beta"])
    now = timezone.now()

    def build(path, moment):
        rows = Publication.objects.live_at(moment).at_path(path)
        return rows.values_list("document_uid", "visible_from", "body")

    live = Statement(build)
    live("/nowhere/", now)

    path = "/compare/engines/alpha-vs-beta/"
    assert live(path, now) == list(build(path, now))
    assert len(live(path, now)) == 1
    assert live(path, now - datetime.timedelta(days=1)) == []


def test_decimals_dates_and_missing_links_come_back_as_the_orm_gives_them():
    engines = [make_engine(), make_engine()]
    make_release(engines[0])
    for engine in engines:
        make_benchmark(engine=engine, decode_tokens_per_second="101.25")
    uids = [engine.uid for engine in engines]

    def build(uids):
        rows = Benchmark.objects.trustworthy().comparable("engine", uids)
        return rows.for_setup_rows()

    rows = Statement(build)(uids)

    assert rows == list(build(uids))
    assert len(rows) == 2
    assert [type(value) for value in rows[0]] == [
        type(value) for value in build(uids)[0]
    ]
