"""What is due for a look, and saying that a text still holds."""

import datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from editorial.desk.panel import desk_panel
from editorial.freshness import due_documents, due_publications
from editorial.models import (
    EditorialEvent,
    PageReads,
    Publication,
    Recheck,
    Verification,
)
from editorial.problems import NotAllowedError, WrongStateError
from editorial.reading import live_page, preview_page
from editorial.rechecks import open_rechecks
from editorial.registry import document_kind
from editorial.verifying import verify
from tests.comparisons.factories import make_published_comparison
from tests.desk.test_steps import step_url, take
from tests.editorial.factories import make_publisher, make_writer
from tests.editorial.steps import NOON, edit

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)
DUE = NOON + 90 * DAY
LIST = "/admin/editorial/verification/due/"
COMPARE = "/compare/engines/alpha-vs-beta/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def comparison():
    return make_published_comparison(names=["Alpha", "Beta"], verified_on=NOON.date())


def titles_due(moment):
    rows = due_documents(due_publications(moment), moment.date())
    return [(row.publication.title, row.days_overdue) for row in rows]


def change_a_fact(document):
    uid = document.sides.first().engine.uid
    open_rechecks("engine", [uid], reason="Alpha: an editor changed licence.")


def check(document, *, by=None, **values):
    live = Publication.objects.of_document(document.uid).live().get()
    defaults = {"digest": live.digest, "seen_at": timezone.now(), "note": "All of it."}
    return verify(document, by=by or make_publisher(), **defaults | values)


def test_a_text_is_on_the_list_from_two_weeks_before_its_day(comparison):
    assert titles_due(DUE - 15 * DAY) == []
    assert titles_due(DUE - 14 * DAY) == [("Alpha vs Beta", -14)]
    assert titles_due(DUE + 3 * DAY) == [("Alpha vs Beta", 3)]


def test_a_changed_fact_puts_a_text_on_the_list_at_once_behind_what_is_overdue(
    comparison, clock
):
    change_a_fact(comparison)
    old = make_published_comparison(verified_on=NOON.date() - 91 * DAY)

    assert titles_due(NOON) == [(old.title, 1), ("Alpha vs Beta", -90)]


def test_what_is_read_more_comes_before_what_is_longer_overdue(comparison, client):
    quiet = make_published_comparison(verified_on=NOON.date() - 100 * DAY)
    busy = make_published_comparison(
        names=["Busy", "Other"], verified_on=NOON.date() - 92 * DAY
    )
    path = Publication.objects.of_document(busy.uid).get().path
    for days, reads in ((1, 4), (30, 500)):
        day = NOON.date() - days * DAY
        PageReads.objects.create(path=path, day=day, reads=reads)

    rows = due_documents(due_publications(NOON), NOON.date())

    assert [(row.document, row.days_overdue, row.reads) for row in rows] == [
        (quiet, 10, None),
        (busy, 2, 4),
    ]
    PageReads.objects.filter(reads=4).update(reads=5)
    assert [row.document_uid for row in due_publications(NOON)] == [
        busy.uid,
        quiet.uid,
    ]
    client.force_login(make_publisher())
    assert "<td>5</td>" in client.get(LIST).content.decode()


def test_who_edits_a_verified_text_is_told_of_the_later_day(comparison, clock):
    clock.shift(DAY)
    publisher = make_publisher()
    assert desk_panel(comparison, publisher).advice == []

    check(comparison)

    (advice,) = desk_panel(comparison, publisher).advice
    assert advice.field == "verified_on"
    assert "last checked on 25 November 2026" in advice.sentence


def test_a_draft_is_never_due(comparison):
    edit(comparison, verified_on=NOON.date() - 400 * DAY)

    assert titles_due(NOON) == []


def test_verifying_moves_the_day_and_makes_no_version(comparison, clock, client):
    before = Publication.objects.values().get()
    first = client.get(COMPARE)
    clock.move_to(DUE + DAY)
    change_a_fact(comparison)
    assert "Due for re-check" in client.get(COMPARE).content.decode()

    check(comparison, by=make_publisher("pat"))

    page = live_page(COMPARE)
    assert page.meta.verified_on == (DUE + DAY).date()
    assert page.meta.review_due_on == (DUE + 91 * DAY).date()
    assert not page.meta.needs_recheck
    assert Publication.objects.values().get() == before
    assert titles_due(DUE + DAY) == []
    after = client.get(COMPARE)
    assert after["ETag"] != first["ETag"]
    assert "Verified 23 Feb 2027" in " ".join(after.content.decode().split())
    assert Verification.objects.get().verified_by_name == "pat"
    assert EditorialEvent.objects.of_action("verify").get().note == "All of it."


def test_a_fact_that_changed_while_the_editor_looked_stays_open(comparison, clock):
    seen_at = timezone.now()
    clock.shift(DAY)
    change_a_fact(comparison)

    check(comparison, seen_at=seen_at)

    assert Recheck.objects.open().count() == 1


def test_other_words_are_not_verified(comparison, clock):
    clock.shift(DAY)
    check(comparison)
    kind = document_kind("comparison")
    same = preview_page(comparison, kind.freeze(comparison), by_name="ada")
    assert same.meta.verified_on == (NOON + DAY).date()

    edit(comparison, thesis="Other words.")

    other = preview_page(comparison, kind.freeze(comparison), by_name="ada")
    assert other.meta.verified_on == NOON.date()


def test_what_readers_do_not_see_cannot_be_verified(comparison):
    with pytest.raises(WrongStateError, match="Another version"):
        check(comparison, digest="0" * 64)
    with pytest.raises(NotAllowedError):
        check(comparison, by=make_writer())
    assert not Verification.objects.exists()


def test_a_publisher_verifies_from_the_list(comparison, clock, client):
    clock.move_to(DUE)
    client.force_login(make_publisher("pat"))
    listed = client.get(LIST).content.decode()
    assert step_url(comparison, "verify") in listed
    asked = client.get(step_url(comparison, "verify")).context["form"].initial

    take(
        client,
        comparison,
        "verify",
        live_digest=asked["live_digest"],
        seen_at=asked["seen_at"],
    )

    assert "Nothing is due" in client.get(LIST).content.decode()


def test_who_verifies_is_told_which_facts_changed(comparison, client):
    change_a_fact(comparison)
    client.force_login(make_publisher())

    asked = client.get(step_url(comparison, "verify")).content.decode()

    assert "Alpha: an editor changed licence." in asked


def test_a_writer_reads_the_list_and_verifies_nothing(comparison, clock, client):
    clock.move_to(DUE)
    client.force_login(make_writer())

    assert "A publisher verifies it." in client.get(LIST).content.decode()
    assert client.post(step_url(comparison, "verify")).status_code == 403
    assert reverse("admin:freshness") in client.get("/admin/").content.decode()


def test_more_rows_ask_no_more_queries(client, clock, django_assert_max_num_queries):
    for _ in range(12):
        make_published_comparison(verified_on=NOON.date() - 91 * DAY)
    client.force_login(make_publisher())

    with django_assert_max_num_queries(9):
        client.get(LIST)
