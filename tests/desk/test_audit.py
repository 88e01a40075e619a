"""The audit trail in the desk: who reads what of it, and its export."""

import csv
import io
import json

import pytest
from django.urls import reverse

from editorial.audit import record
from editorial.desk.audit import COLUMNS
from editorial.models import EditorialEvent
from tests.comparisons.factories import make_comparison, make_published_comparison
from tests.desk.test_steps import take
from tests.editorial.factories import (
    make_administrator,
    make_person,
    make_publisher,
    make_writer,
)

pytestmark = pytest.mark.django_db

LIST = "/admin/editorial/editorialevent/"
EXPORT = "/admin/editorial/editorialevent/export/"


def listed(client, **query):
    rows = client.get(LIST, query).context["cl"].result_list
    return [(row.action, row.subject) for row in rows]


def exported(client, form, **query):
    address = reverse("admin:editorial_editorialevent_export", query=query)
    response = client.post(address, {"format": form})
    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode()
    return json.loads(text) if form == "json" else list(csv.reader(io.StringIO(text)))


def test_a_step_of_the_workflow_says_who_which_why_and_from_where(client):
    comparison = make_comparison(title="Alpha vs Beta")
    writer = make_writer()
    client.force_login(writer)

    take(client, comparison, "submit", note="Ready to be read.")

    event = EditorialEvent.objects.of_action("submit").get()
    assert (event.actor, event.subject) == (writer, "Alpha vs Beta")
    assert (event.note, event.address) == ("Ready to be read.", "127.0.0.1")
    assert event.request_id


def test_outside_a_request_there_is_no_address():
    make_comparison()

    event = EditorialEvent.objects.get()
    assert (event.address, event.request_id) == (None, "")


def test_publishers_read_of_documents_and_administrators_of_people_too(client):
    make_comparison(title="Alpha vs Beta")
    publisher, administrator = make_publisher("pat"), make_administrator("ada")

    client.force_login(publisher)
    assert listed(client) == [("save", "Alpha vs Beta")]

    client.force_login(administrator)
    assert ("sign_in", "pat") in listed(client)
    assert ("save", "Alpha vs Beta") in listed(client)


def test_one_event_of_a_person_is_closed_to_publishers(client):
    event = record("sign_in", subject="x", by=None)
    client.force_login(make_publisher())

    response = client.get(f"{LIST}{event.pk}/change/")

    assert response["Location"] == reverse("admin:index")


def test_it_is_searched_by_person_action_kind_words_and_day(client):
    comparison = make_published_comparison(title="Alpha vs Beta")
    client.force_login(make_administrator("ada"))
    saver = EditorialEvent.objects.of_action("publish").get().actor

    publish = [("publish", "Alpha vs Beta")]
    assert listed(client, action__exact="publish") == publish
    assert ("sign_in", "ada") in listed(client, kind="account")
    assert publish[0] in listed(client, actor__id__exact=saver.pk)
    assert publish[0] in listed(client, q="alpha")
    assert listed(client, q="no such word") == []
    assert listed(client, at__year=1999) == []
    assert comparison.title == "Alpha vs Beta"


def test_the_export_is_what_the_list_is_filtered_to(client):
    make_published_comparison(title="Alpha vs Beta")
    make_comparison(title="Gamma vs Delta")
    client.force_login(make_administrator())
    query = {"q": "alpha", "kind": "comparison"}
    expected = listed(client, **query)

    header, *rows = exported(client, "csv", **query)
    records = exported(client, "json", **query)

    assert tuple(header) == COLUMNS
    assert [(row[2], row[4]) for row in rows] == expected
    assert [(row["action"], row["subject"]) for row in records] == expected


def test_the_export_is_audited_and_does_not_hold_itself(client):
    administrator = make_administrator("ada")
    client.force_login(administrator)

    rows = exported(client, "json")

    event = EditorialEvent.objects.of_action("export").get()
    assert event.actor == administrator
    assert event.note.startswith(f"{len(rows)} events as JSON.")
    assert "export" not in {row["action"] for row in rows}


def test_an_empty_export_is_still_a_table(client):
    client.force_login(make_administrator())

    assert exported(client, "json", q="no such word") == []
    assert exported(client, "csv", q="nor such a word") == [list(COLUMNS)]


def test_no_cell_is_taken_for_a_formula(client):
    record("sign_in_failed", subject="=1+1", by=None, note="@SUM(A1)")
    client.force_login(make_administrator())

    _, row = exported(client, "csv", q="=1+1")

    assert (row[4], row[7]) == ("'=1+1", "'@SUM(A1)")


def test_a_publisher_exports_nothing_of_people(client):
    make_comparison()
    client.force_login(make_publisher())

    assert {row["kind"] for row in exported(client, "json")} == {"comparison"}


def test_the_export_is_a_post_of_those_who_may_read(client):
    client.force_login(make_administrator())
    assert client.get(EXPORT).status_code == 405

    client.force_login(make_writer())
    assert client.post(EXPORT).status_code == 403
    assert not EditorialEvent.objects.of_action("export").exists()


def test_more_rows_ask_no_more_queries(client, django_assert_max_num_queries):
    for number in range(150):
        record("sign_in", subject=str(number), by=make_person())
    client.force_login(make_administrator())

    with django_assert_max_num_queries(20):
        client.get(LIST)
