"""What a reader finds at an address: a page, its history, or where it went."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from editorial.drafts import record_save
from editorial.freezing import digest_of
from editorial.models import FOREVER, Publication
from editorial.reading import (
    Gone,
    Moved,
    live_page,
    preview_page,
    version_page,
    whereabouts,
)
from editorial.rechecks import open_rechecks
from editorial.registry import document_kind
from editorial.review import approve, submit
from editorial.workflow import cancel, publish, schedule, withdraw
from tests.comparisons.factories import make_comparison, publish_document
from tests.editorial.factories import make_publisher, make_writer

pytestmark = pytest.mark.django_db

NOON = datetime.datetime(2026, 11, 24, 12, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def publisher():
    return make_publisher()


def edit(document, **values):
    for name, value in values.items():
        setattr(document, name, value)
    document.save()
    record_save(document, by=None)


def make_page(slug="one", **values):
    """A working copy whose address is its slug."""
    return make_comparison(slug=slug, subject="deployment", **values)


def make_scheduled(document, *, by, at):
    submit(document, by=make_writer())
    approve(document, by=by, digest=document.working_digest)
    return schedule(document, by=by, at=at)


def move(document, slug, *, clock, by):
    clock.shift(HOUR)
    edit(document, slug=slug)
    publish_document(document, by=by)


def test_a_live_page_says_who_published_what_and_when(clock, publisher):
    document = make_page()
    first = publish_document(document, by=publisher)
    clock.shift(HOUR)
    edit(document, thesis="Other words.")
    second = publish_document(document, by=publisher)

    page = live_page("/compare/one/")

    assert page.body == second.body
    assert page.meta.digest == second.digest
    assert (page.meta.version, page.meta.path) == (2, "/compare/one/")
    assert page.meta.published_by_name == str(publisher)
    assert page.meta.published_at == NOON + HOUR
    assert page.meta.first_published_at == first.visible_from == NOON
    assert [entry.version for entry in page.meta.history] == [2, 1]


def test_a_page_is_there_from_its_moment_on_and_not_before(publisher):
    make_scheduled(make_page(), by=publisher, at=NOON + HOUR)

    assert live_page("/compare/one/") is None
    assert live_page("/compare/one/", moment=NOON + HOUR - HOUR / 3600) is None
    assert live_page("/compare/one/", moment=NOON + HOUR).meta.version == 1


def test_a_live_page_takes_two_statements(publisher, django_assert_num_queries):
    publish_document(make_page(), by=publisher)

    with django_assert_num_queries(2):
        live_page("/compare/one/")


def test_a_page_is_due_for_a_look_by_the_calendar_or_by_a_changed_fact(publisher):
    document = make_page(verified_on=NOON.date())
    publish_document(document, by=publisher)
    due = NOON + datetime.timedelta(days=document.review_days)
    assert not live_page("/compare/one/").meta.needs_recheck
    assert live_page("/compare/one/", moment=due).meta.is_overdue

    engine = document.sides.first().engine
    open_rechecks("engine", [engine.uid], reason="The licence changed.")

    assert live_page("/compare/one/").meta.has_moved_facts


def test_readers_open_every_version_they_have_seen_and_no_other(clock, publisher):
    document = make_page()
    first = publish_document(document, by=publisher)
    clock.shift(HOUR)
    edit(document, thesis="Cancelled words.")
    make_scheduled(document, by=publisher, at=timezone.now() + HOUR)
    cancel(document, by=publisher)
    edit(document, thesis="Planned words.")
    make_scheduled(document, by=publisher, at=timezone.now() + HOUR)

    assert version_page("/compare/one/", 1).body == first.body
    assert version_page("/compare/one/", 2) is None
    assert version_page("/compare/one/", 3) is None
    assert [entry.version for entry in live_page("/compare/one/").meta.history] == [1]


def test_versions_from_an_older_address_are_read_at_the_new_one(clock, publisher):
    document = make_page()
    first = publish_document(document, by=publisher)
    move(document, "two", clock=clock, by=publisher)

    assert version_page("/compare/two/", 1).body == first.body
    assert version_page("/compare/one/", 1) is None


def test_an_address_nobody_had_leads_nowhere():
    assert whereabouts("/compare/nothing/") is None


def test_an_old_address_leads_to_the_document_wherever_it_is_now(clock, publisher):
    document = make_page("one")
    publish_document(document, by=publisher)
    move(document, "two", clock=clock, by=publisher)
    move(document, "three", clock=clock, by=publisher)

    for old in ("/compare/one/", "/compare/two/"):
        assert whereabouts(old) == Moved("/compare/three/")
    assert whereabouts("/compare/three/") is None


def test_a_document_that_comes_back_to_an_old_address_makes_no_loop(clock, publisher):
    document = make_page("one")
    publish_document(document, by=publisher)
    move(document, "two", clock=clock, by=publisher)
    move(document, "one", clock=clock, by=publisher)

    assert whereabouts("/compare/one/") is None
    assert whereabouts("/compare/two/") == Moved("/compare/one/")


def test_a_reader_is_redirected_once(client, clock, publisher):
    document = make_page("one")
    publish_document(document, by=publisher)
    move(document, "two", clock=clock, by=publisher)
    move(document, "three", clock=clock, by=publisher)

    response = client.get("/compare/one/?rows=differences", follow=True)

    assert response.redirect_chain == [("/compare/three/?rows=differences", 301)]
    assert response.status_code == 200


def test_a_withdrawn_page_is_gone_with_its_title_and_its_day(client, clock, publisher):
    document = make_page("one")
    publish_document(document, by=publisher)
    move(document, "two", clock=clock, by=publisher)
    clock.shift(HOUR)
    withdraw(document, by=publisher, note="The project ended.")

    for old in ("/compare/one/", "/compare/two/"):
        assert whereabouts(old) == Gone(document.title, NOON + 2 * HOUR)
        assert client.get(old).status_code == 410
        assert live_page(old) is None


def test_an_address_that_is_only_planned_tells_nothing_of_it(publisher):
    make_scheduled(make_page(), by=publisher, at=NOON + HOUR)

    assert whereabouts("/compare/one/") is None


def test_an_address_planned_for_later_does_not_redirect_before(clock, publisher):
    document = make_page("one")
    publish_document(document, by=publisher)
    edit(document, slug="two")
    make_scheduled(document, by=publisher, at=NOON + HOUR)

    assert whereabouts("/compare/two/") is None
    clock.shift(HOUR)
    assert whereabouts("/compare/one/") == Moved("/compare/two/")
    assert whereabouts("/compare/two/") is None


def test_a_preview_is_the_page_that_publishing_would_make(publisher):
    document = make_page()
    publish_document(document, by=publisher)
    edit(document, thesis="Other words.", change_note="The thesis is clearer.")
    body = document_kind("comparison").freeze(document)

    page = preview_page(document, body, by_name="ada")

    assert live_page("/compare/one/").body["thesis"] != "Other words."
    entry = page.meta.history[0]
    assert (entry.version, entry.change_note) == (2, "The thesis is clearer.")
    assert entry.published_by_name == page.meta.published_by_name == "ada"
    published = publish_document(document, by=publisher)
    assert page.body == published.body
    assert digest_of(page.body) == published.digest
    assert (page.meta.path, page.meta.version) == ("/compare/one/", 2)


def test_a_preview_of_an_unfinished_text_has_no_due_day():
    document = make_page(verified_on=None)
    body = document_kind("comparison").freeze(document)

    page = preview_page(document, body, by_name="ada")

    assert not page.meta.is_overdue
    assert [entry.version for entry in page.meta.history] == [1]


def test_a_version_published_on_a_clock_set_back_still_replaces_the_newest(publisher):
    document = make_page()
    first = publish_document(document, by=publisher)
    with time_machine.travel(NOON - HOUR, tick=False):
        edit(document, thesis="Corrected words.")
        second = publish_document(document, by=publisher)

    assert live_page("/compare/one/", moment=NOON + HOUR).meta.version == 2
    first.refresh_from_db()
    assert first.visible_until == second.visible_from


def test_three_versions_of_one_moment_follow_each_other(publisher):
    document = make_page()
    for words in ("First.", "Second.", "Third."):
        edit(document, thesis=words)
        submit(document, by=make_writer())
        approve(document, by=publisher, digest=document.working_digest)
        publish(document, by=publisher)

    versions = list(Publication.objects.order_by("version"))
    assert [row.visible_until for row in versions] == [
        *(row.visible_from for row in versions[1:]),
        FOREVER,
    ]
    assert live_page("/compare/one/", moment=NOON + HOUR).body["thesis"] == "Third."
