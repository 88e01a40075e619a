"""The public archive: list, issue, versions, feed, search and map."""

import datetime
import json

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from editorial.registry import public_tables
from editorial.workflow import withdraw
from tests.comparisons.factories import publish_document
from tests.editorial.factories import make_publisher
from tests.editorial.steps import NOON, edit
from tests.editorial.test_public_pages import tables_in
from tests.newsletter.digest_factories import (
    make_issue,
    make_item,
    make_published_issue,
)
from tests.search.finding import titles

pytestmark = pytest.mark.django_db
ARCHIVE = "/newsletter/archive/"


def test_the_list_names_what_is_published_and_no_draft(client):
    make_published_issue(title="Published one")
    make_issue(title="Draft one")

    page = client.get(ARCHIVE)

    assert [row.title for row in page.context["page"]] == ["Published one"]
    assert "Draft one" not in page.text


@pytest.mark.parametrize("tail", ["", "history/", "history/?old=1&new=1"])
def test_the_pages_of_an_issue_read_no_draft_and_take_no_post(client, tail):
    path = f"{ARCHIVE}{make_published_issue().slug}/{tail}"

    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200

    assert tables_in(captured.captured_queries) - public_tables() == set()
    assert client.post(path).status_code == 405


def test_the_preview_of_an_issue_is_what_publishing_shows(client):
    issue, publisher = make_issue(), make_publisher()
    client.force_login(publisher)
    with time_machine.travel(timezone.now(), tick=False):
        frame = f"/admin/newsletter/digestissue/{issue.pk}/preview/frame/"
        preview = client.get(frame)
        publish_document(issue, by=publisher)
        client.logout()
        published = client.get(f"{ARCHIVE}{issue.slug}/")

    assert preview.text == published.text


def test_an_empty_archive_says_so(client):
    assert "No issue has been published yet" in client.get(ARCHIVE).text


def test_the_issue_shows_its_groups_its_note_and_its_sources(client):
    issue = make_issue(items=0, title="The issue")
    make_item(issue, group="prices", title="A price", text="Less than before.")
    make_item(issue, group="new", title="A page")
    publish_document(issue)

    page = client.get(f"{ARCHIVE}{issue.slug}/")

    assert [group.label for group in page.context["groups"]] == [
        "New pages",
        "Prices seen",
    ]
    for words in ("The issue", "A price", "A page", "what we corrected", "20 Nov 2026"):
        assert words in page.text


def test_a_reader_who_has_the_page_gets_304_until_it_changes(client):
    issue = make_published_issue()
    path = f"{ARCHIVE}{issue.slug}/"
    tag = client.get(path)["ETag"]

    assert client.get(path, headers={"if-none-match": tag}).status_code == 304
    edit(issue, note="Other words.")
    publish_document(issue)
    assert client.get(path, headers={"if-none-match": tag}).status_code == 200


def test_the_versions_are_listed_and_compared(client):
    issue = make_published_issue(note="Old words.")
    edit(issue, note="New words.")
    publish_document(issue)

    page = client.get(f"{ARCHIVE}{issue.slug}/history/", {"old": 1, "new": 2})

    assert [change.where for change in page.context["changes"]] == ["Note"]
    wrong = client.get(f"{ARCHIVE}{issue.slug}/history/", {"old": 1, "new": 9})
    assert "One of those asked for does not exist" in wrong.text


def test_search_engines_are_told_the_first_day_and_that_of_the_last_version(client):
    with time_machine.travel(NOON, tick=False) as clock:
        issue = make_published_issue(note="Old words.")
        clock.shift(datetime.timedelta(days=2))
        edit(issue, note="New words.")
        publish_document(issue)
        page = client.get(f"{ARCHIVE}{issue.slug}/")

    article, _ = json.loads(page.context["json_ld"])["@graph"]
    days = [article["datePublished"], article["dateModified"]]
    assert days == ["2026-11-24", "2026-11-26"]


def test_a_withdrawn_issue_is_gone_and_an_unknown_one_never_was(client):
    issue = make_published_issue()
    withdraw(issue, by=make_publisher(), note="A mistake.")

    assert client.get(f"{ARCHIVE}{issue.slug}/").status_code == 410
    assert client.get(f"{ARCHIVE}nothing/").status_code == 404
    assert client.get(f"{ARCHIVE}nothing/history/").status_code == 404


def test_an_issue_that_moved_redirects(client):
    issue = make_published_issue(slug="old-name")
    edit(issue, slug="new-name")
    publish_document(issue)

    answer = client.get(f"{ARCHIVE}old-name/")

    assert (answer.status_code, answer["Location"]) == (301, f"{ARCHIVE}new-name/")


def test_the_feed_has_each_issue_once(client):
    issue = make_published_issue(title="Fed")
    edit(issue, note="Corrected.")
    publish_document(issue)

    feed = client.get(reverse("newsletter:digest_feed"))

    assert feed.text.count("<entry>") == 1
    assert f"urn:uuid:{issue.uid}" in feed.text
    assert f">{issue.description}</summary>" in feed.text


def test_readers_find_an_issue_among_the_issues_only():
    issue = make_issue(items=0, title="Autumn letter")
    make_item(issue, title="Quokka engine", text="The quokka engine is new.")
    publish_document(issue)

    assert titles("quokka", kinds=["issue"]) == ["Autumn letter"]
    assert titles("quokka", kinds=["publication"]) == []


def test_the_map_has_the_archive_and_its_issues(client):
    issue = make_published_issue()

    text = client.get("/sitemap.xml").text

    assert f"{ARCHIVE}</loc>" in text
    assert f"{ARCHIVE}{issue.slug}/</loc>" in text


def test_a_mistake_in_an_issue_can_be_reported(client):
    issue = make_published_issue()
    item = issue.items.first()
    place = f"item-{str(item.uid)[:8]}"

    form = client.get("/report/", {"page": f"{ARCHIVE}{issue.slug}/", "place": place})

    assert item.text in form.text


def test_the_page_costs_as_many_statements_with_many_items(
    client, django_assert_num_queries
):
    small, large = make_published_issue(), make_published_issue(items=30)
    paths = [f"{ARCHIVE}{issue.slug}/" for issue in (small, large)]
    for path in paths:
        client.get(path)

    for path in paths:
        with django_assert_num_queries(2):
            client.get(path)
