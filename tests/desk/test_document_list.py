"""The list of documents and the front page's lists: who has what, at a fixed cost."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comparisons.models import Comparison
from editorial.desk.worklists import SHOWN
from editorial.review import submit
from editorial.status import listed_status, status_of
from editorial.workflow import schedule, withdraw
from tests.comparisons.factories import (
    make_comparison,
    make_published_comparison,
    make_verdict,
)
from tests.editorial.factories import make_publisher, make_writer
from tests.editorial.steps import HOUR, approved, edit

pytestmark = pytest.mark.django_db

LIST = "/admin/comparisons/comparison/"
FRONT = "/admin/"
DAY = datetime.timedelta(days=1)


@pytest.fixture
def pat(client):
    pat = make_publisher("pat")
    client.force_login(pat)
    return pat


def make_many(number, **values):
    Comparison.objects.bulk_create(
        Comparison(slug=f"many-{row}", title=f"Many {row}", subject="engine", **values)
        for row in range(number)
    )


def listed(client, **query):
    return [str(row) for row in client.get(LIST, query).context["cl"].result_list]


def statements(client, url):
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    return len(captured)


def asked(client, reviewer, *, due_on=None, **values):
    comparison = make_comparison(**values)
    submit(comparison, by=make_writer(), assignee=reviewer, due_on=due_on)
    return comparison


def test_the_list_says_who_has_a_text_until_when_and_that_it_is_late(client, pat):
    today = timezone.now().date()
    asked(client, pat, due_on=today - DAY)

    page = client.get(LIST).content.decode()

    cell = page[page.index('class="field-assigned') :][:300]
    assert "pat" in cell
    assert "Overdue" in cell


def test_a_text_is_overdue_the_day_after_it_was_wanted(client, pat):
    today = timezone.now().date()
    asked(client, pat, due_on=today, title="Today")
    asked(client, pat, due_on=today - DAY, title="Late")
    asked(client, None, title="Nobody's")

    assert listed(client, assigned="overdue") == ["Late"]
    assert set(listed(client, assigned="me")) == {"Today", "Late"}
    assert listed(client, assigned="nobody") == ["Nobody's"]
    assert len(listed(client, assigned="nonsense")) == 3


def test_the_lists_status_is_the_panels_status(client, pat):
    make_comparison()
    scheduled, withdrawn = make_comparison(), make_published_comparison()
    make_published_comparison()
    edit(make_published_comparison(), thesis="Other.")
    approved(scheduled, by=pat)
    schedule(scheduled, by=pat, at=timezone.now() + HOUR)
    withdraw(withdrawn, by=pat, note="Enough.")
    asked(client, pat)

    rows = list(Comparison.objects.for_listing())

    found = [listed_status(row) for row in rows]
    assert found == [status_of(row, timezone.now()).label for row in rows]
    assert set(found) == {"draft", "scheduled", "retired", "published", "in review"}


@pytest.mark.parametrize("queue", ["", "?queue=mine", "?queue=my_review", "?queue=due"])
def test_a_page_of_the_list_costs_the_same_for_20_and_for_60_documents(
    client, pat, queue
):
    values = {"review_state": "in_review", "assigned_to": pat}
    make_many(20, **values)
    few = statements(client, LIST + queue)
    Comparison.objects.all().delete()
    make_many(60, **values)

    assert statements(client, LIST + queue) == few


def test_the_front_page_lists_what_waits_the_urgent_first(client, pat):
    today = timezone.now().date()
    asked(client, pat, title="Later", due_on=today + DAY)
    asked(client, None, title="No day")
    asked(client, pat, title="Late", due_on=today - DAY)
    verdict = make_verdict(title="A verdict")
    submit(verdict, by=make_writer(), assignee=pat, due_on=today)
    mine = make_comparison(title="Mine", by=pat)

    response = client.get(FRONT)

    to_do, reviews = response.context["front"].worklists
    assert [item.title for item in to_do.items] == [str(mine)]
    titles = [item.title for item in reviews.items]
    assert titles == ["Late", "A verdict", "Later", "No day"]
    assert [item.state for item in reviews.items] == ["in review"] * 4
    page = response.content.decode()
    assert page.index("Overdue") < page.index("A verdict")


def test_a_long_list_is_cut_and_leads_to_the_whole(client, pat):
    make_many(SHOWN + 1, review_state="in_review")

    _, reviews = client.get(FRONT).context["front"].worklists

    assert len(reviews.items) == SHOWN
    assert reviews.more == [("comparisons", f"{LIST}?queue=review")]


def test_what_is_mine_to_review_has_a_number_of_its_own(client, pat):
    asked(client, pat)
    asked(client, make_publisher())

    tiles = {tile.title: tile for tile in client.get(FRONT).context["front"].tiles}

    assert tiles["Waiting for my review: comparisons"].count == 1
    assert tiles["Waiting for review: comparisons"].count == 2


def test_a_writer_is_shown_no_list_of_reviews(client):
    client.force_login(make_writer())

    lists = client.get(FRONT).context["front"].worklists

    assert [worklist.title for worklist in lists] == ["Mine to do"]


def test_the_front_page_costs_the_same_for_20_and_for_60_documents(client, pat):
    values = {"review_state": "in_review", "assigned_to": pat}
    make_many(20, **values)
    few = statements(client, FRONT)
    Comparison.objects.all().delete()
    make_many(60, **values)

    assert statements(client, FRONT) == few
