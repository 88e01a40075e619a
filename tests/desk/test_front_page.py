"""The front page of the desk: numbers that lead to their lists, for each role."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comparisons.models import Comparison
from editorial import registry
from editorial.models import Recheck
from editorial.registry import document_kinds, register_desk_box
from editorial.review import submit
from tests.comparisons.factories import (
    make_comparison,
    make_published_comparison,
)
from tests.editorial.factories import (
    make_administrator,
    make_person,
    make_publisher,
    make_writer,
)
from tests.editorial.steps import edit

pytestmark = pytest.mark.django_db

FRONT = "/admin/"
STATEMENTS = 39
"""Boxes and a list of work for each of three kinds; trail, titles, calendar; person,
rights, session."""


def counts(client, person):
    client.force_login(person)
    front = client.get(FRONT).context["front"]
    return {tile.title: tile.count for tile in front.tiles}


def test_a_draft_is_its_writers_to_do_and_in_review_somebody_elses():
    writer, publisher = make_writer(), make_publisher()
    draft = make_comparison(by=writer)
    rows = Comparison.objects.all()
    assert list(rows.to_do_for(writer)) == [draft]
    assert not rows.to_do_for(publisher)

    submit(draft, by=writer)

    assert not rows.to_do_for(writer)
    assert not rows.awaiting_review_by(writer)
    assert list(rows.awaiting_review_by(publisher)) == [draft]


def test_a_published_text_is_to_do_again_once_it_is_edited():
    writer = make_writer()
    comparison = make_published_comparison(by=writer)
    assert not Comparison.objects.to_do_for(writer)

    edit(comparison, by=writer, thesis="Other words.")

    assert list(Comparison.objects.to_do_for(writer)) == [comparison]


def test_due_and_broken_are_told_apart():
    old = make_published_comparison(verified_on=datetime.date(2020, 1, 1))
    moved = make_published_comparison(verified_on=datetime.date(2999, 1, 1))
    draft = make_comparison()
    for document in (moved, draft):
        Recheck.objects.create(
            document_uid=document.uid,
            fact_type="engine",
            fact_uid=document.uid,
            reason="It moved.",
        )

    assert list(Comparison.objects.due()) == [old]
    assert list(Comparison.objects.broken()) == [moved]


def test_each_number_is_the_length_of_the_list_it_links_to(client):
    person = make_publisher()
    make_comparison(by=person)
    make_comparison()
    client.force_login(person)

    for tile in client.get(FRONT).context["front"].tiles:
        context = client.get(tile.link).context
        is_changelist = "cl" in context
        listed = (
            context["cl"].result_count
            if is_changelist
            else context["page"].paginator.count
        )
        assert listed == tile.count, tile


def test_a_writer_is_not_asked_to_review_and_a_stranger_sees_nothing(client):
    make_comparison()

    assert "Waiting for review: comparisons" in counts(client, make_publisher())
    assert "Waiting for review: comparisons" not in counts(client, make_writer())
    assert counts(client, make_person()) == {}
    assert client.get(FRONT).context["front"].happenings == []


def test_a_fresh_installation_explains_its_first_steps(client):
    client.force_login(make_writer())
    page = client.get(FRONT).content.decode()
    assert "The first three steps" in page
    assert reverse("admin:comparisons_comparison_begin") in page

    make_comparison()

    assert "The first three steps" not in client.get(FRONT).content.decode()


def test_an_administrator_is_told_of_no_texts_and_of_no_first_steps(client):
    make_comparison()
    client.force_login(make_administrator())

    page = client.get(FRONT).content.decode()

    assert "The first three steps" not in page
    assert "Recent activity" not in page


def test_another_apps_box_stands_in_its_order_for_those_who_may(client):
    register_desk_box(
        "Tests run",
        count=lambda user: 7,
        link=lambda: "/admin/",
        order=15,
        right=lambda user: user.is_superuser,
    )
    try:
        titles = list(counts(client, make_person(is_superuser=True)))
        assert titles.index("Tests run") == len(document_kinds())
        assert "Tests run" not in counts(client, make_publisher())
    finally:
        registry._desk_boxes.pop("Tests run")


def test_the_number_of_statements_does_not_grow_with_the_documents(client):
    client.force_login(make_publisher())
    for number in range(200):
        Comparison.objects.create(slug=f"c-{number}", title="C", subject="engine")
    make_comparison()

    with CaptureQueriesContext(connection) as captured:
        client.get(FRONT)

    assert len(captured) <= STATEMENTS
