"""Any text of a document as a page, and the site at a moment."""

import datetime

import pytest
import time_machine

from editorial.models import Checkpoint
from editorial.workflow import schedule, withdraw
from tests.comparisons.factories import (
    make_comparison,
    make_published_comparison,
    make_verdict,
    publish_document,
)
from tests.desk.test_document_form import change_url
from tests.editorial.factories import make_person, make_publisher, make_writer
from tests.editorial.steps import approved, edit

pytestmark = pytest.mark.django_db

SITE = "/admin/editorial/publication/site/"
MARCH = datetime.datetime(2027, 3, 1, 9, tzinfo=datetime.UTC)
THEN = {"text": "moment", "day": "2027-03-01", "time": "09:00"}
DAY = datetime.timedelta(days=1)


@pytest.fixture
def paula(client):
    person = make_publisher("paula")
    client.force_login(person)
    return person


def preview_url(comparison, frame=False):
    return f"{change_url(comparison)[:-7]}preview/{'frame/' if frame else ''}"


def frame(client, comparison, **query):
    return client.get(preview_url(comparison, frame=True), query)


def schedule_text(comparison, by, at, **values):
    edit(comparison, by=make_writer(), **values)
    approved(comparison, by=by)
    schedule(comparison, by=by, at=at)


def test_draft_version_and_save_are_shown_as_pages(client, paula):
    comparison = make_published_comparison(thesis="Published words.")
    edit(comparison, thesis="Saved words.")
    saved = Checkpoint.objects.filter(body__thesis="Saved words.").get()
    edit(comparison, thesis="Draft words.")

    for query, words in (
        ({}, "Draft words."),
        ({"text": "draft"}, "Draft words."),
        ({"text": "version-1"}, "Published words."),
        ({"text": f"checkpoint-{saved.pk}"}, "Saved words."),
    ):
        page = frame(client, comparison, **query)
        assert words in page.content.decode()
        assert page["X-Robots-Tag"] == "noindex"


def test_a_moment_shows_what_readers_will_see_then(client, paula):
    comparison = make_published_comparison(thesis="Words of today.")
    schedule_text(comparison, paula, MARCH, thesis="Words of March.")

    before = frame(client, comparison, text="moment", day="2027-02-28", time="23:59")
    after = frame(client, comparison, **THEN)
    page = client.get(preview_url(comparison), THEN)

    assert "Words of today." in before.content.decode()
    assert "Words of March." in after.content.decode()
    words = page.content.decode()
    assert "What readers see on 1 Mar 2027, 09:00 UTC (version 2)" in words
    assert "are today’s" in words


def test_the_page_of_a_version_is_the_public_one(client, paula):
    comparison = make_published_comparison()

    public = client.get(comparison_path(comparison)).content
    assert frame(client, comparison, text="version-1").content == public


def comparison_path(comparison):
    slugs = sorted(side.fact.slug for side in comparison.sides.all())
    return f"/compare/engines/{'-vs-'.join(slugs)}/"


def test_a_look_ahead_leaves_no_trace_on_the_public_page(client, paula):
    """Drawn pieces are kept by version: those of a preview must not be."""
    comparison = make_published_comparison()
    schedule_text(comparison, paula, MARCH, thesis="Words of March.")
    frame(client, comparison, **THEN)
    with time_machine.travel(MARCH - DAY):
        edit(comparison, by=make_writer(), thesis="Words of February.")
        publish_document(comparison, by=paula)

    with time_machine.travel(MARCH + DAY):
        page = client.get(comparison_path(comparison)).content.decode()

    assert "Words of March." in page
    assert "28 Feb 2027" in page


def test_a_moment_without_a_page_says_so(client, paula):
    comparison = make_comparison()

    page = client.get(preview_url(comparison), THEN).content.decode()

    assert "Readers find no page of this document" in page
    assert frame(client, comparison, **THEN).status_code == 404


def test_a_moment_without_a_day_asks_for_it_and_shows_the_draft(client, paula):
    comparison = make_comparison()

    page = client.get(preview_url(comparison), {"text": "moment"}).content.decode()

    assert "Name the day" in page
    assert "Draft now" in page


@pytest.mark.parametrize(("width", "name"), [("phone", "390"), ("desktop", "1280")])
def test_links_change_the_width_and_keep_the_text(client, paula, width, name):
    comparison = make_published_comparison()

    page = client.get(preview_url(comparison), {"text": "version-1", "width": width})

    words = page.content.decode()
    assert f"desk-preview--{width}" in words
    current = [label for label, _, is_current in page.context["widths"] if is_current]
    assert name in current[0]
    assert all("text=version-1" in link for _, link, _ in page.context["widths"])


def test_the_site_at_a_moment_lists_what_is_there_to_come_and_gone(client, paula):
    make_published_comparison(title="Stays")
    coming = make_comparison(title="Comes in March")
    approved(coming, by=paula)
    schedule(coming, by=paula, at=MARCH)
    gone = make_published_comparison(title="Was taken down")
    withdraw(gone, by=paula, note="Out of date.")

    def titles(**query):
        groups = client.get(SITE, query).context["groups"]
        return {group.key: [row.title for row, _ in group.rows] for group in groups}

    assert titles() == {
        "live": ["Stays"],
        "later": ["Comes in March"],
        "gone": ["Was taken down"],
    }
    assert titles(day="2027-03-01", time="09:00") == {
        "live": ["Comes in March", "Stays"],
        "later": [],
        "gone": ["Was taken down"],
    }
    assert titles(day="2020-01-01")["live"] == []


def test_each_title_leads_to_its_preview_at_that_moment(client, paula):
    comparison = make_published_comparison()

    page = client.get(SITE, {"day": "2027-03-01", "time": "09:00"}).content.decode()

    query = "text=moment&amp;day=2027-03-01&amp;time=09%3A00"
    assert f"{preview_url(comparison)}?{query}" in page


def test_the_lists_cost_the_same_however_many_there_are(
    client, paula, django_assert_num_queries
):
    make_published_comparison()
    publish_document(make_verdict())
    client.get(SITE)

    with django_assert_num_queries(11) as few:
        client.get(SITE)
    for _ in range(3):
        make_published_comparison()
        publish_document(make_verdict())
    with django_assert_num_queries(len(few)):
        client.get(SITE)


def test_the_site_at_a_moment_is_for_those_who_see_publications(client):
    client.force_login(make_person("guest"))

    assert client.get(SITE).status_code == 403
