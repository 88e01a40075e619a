"""The desk's calendar: one month, today, and the way to the next."""

import pytest
import time_machine
from django.urls import reverse

from editorial.bundles import release_bundle
from editorial.workflow import schedule
from tests.comparisons.factories import make_comparison
from tests.editorial.bundle_steps import make_ready_bundle
from tests.editorial.factories import make_person, make_publisher, make_writer
from tests.editorial.steps import HOUR, NOON, approved

pytestmark = pytest.mark.django_db

URL = "/admin/editorial/publication/calendar/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def shown(client, month=""):
    return client.get(URL, {"month": month} if month else {})


def test_the_month_shows_what_goes_live_with_links_and_its_hour(client):
    publisher = make_publisher()
    comparison = make_comparison(title="Alpha vs Beta")
    approved(comparison, by=publisher)
    schedule(comparison, by=publisher, at=NOON + HOUR)
    bundle, _ = make_ready_bundle(publisher)
    release_bundle(bundle, by=publisher, at=NOON + 2 * HOUR)
    client.force_login(make_writer())

    page = shown(client).content.decode()

    change = reverse("admin:comparisons_comparison_change", args=[comparison.pk])
    assert f'<a href="{change}">Alpha vs Beta</a>' in page
    assert reverse("admin:editorial_bundle_change", args=[bundle.pk]) in page
    assert "13:00" in page
    assert "All times are UTC" in page


def test_today_is_marked_in_its_own_month_only(client):
    client.force_login(make_writer())

    days = [day for week in shown(client).context["month"].weeks for day in week.days]
    assert [day.day for day in days if day.is_today] == [NOON.date()]
    assert shown(client).content.decode().count('aria-current="date"') == 1
    assert 'aria-current="date"' not in shown(client, "2027-02").content.decode()


def test_the_months_before_and_after_are_a_click_away(client):
    client.force_login(make_writer())

    page = shown(client, "2026-12").content.decode()

    assert "?month=2026-11" in page
    assert "?month=2027-01" in page
    assert shown(client, "2000-01").context["month"].previous is None
    assert shown(client, "2999-12").context["month"].next is None


def test_of_a_full_day_the_first_are_shown_and_a_link_to_all(client, monkeypatch):
    monkeypatch.setattr("editorial.desk.calendar.SHOWN", 1)
    publisher = make_publisher()
    for hour, names in ((1, ["One", "Two"]), (2, ["Three", "Four"])):
        comparison = make_comparison(title=" or ".join(names), names=names)
        approved(comparison, by=publisher)
        schedule(comparison, by=publisher, at=NOON + hour * HOUR)
    client.force_login(make_writer())

    page = shown(client).content.decode()
    assert "One or Two" in page
    assert "Three or Four" not in page
    assert f'href="?month=2026-11&amp;all=1#day-{NOON.day}">and 1 more' in page
    everything = client.get(URL, {"month": "2026-11", "all": "1"}).content.decode()
    assert "Three or Four" in everything
    assert f'id="day-{NOON.day}"' in everything


@pytest.mark.parametrize(
    "month",
    ["2026-13", "2026-1", "x", "0001-01", "9999-12", "２０２６-12", "2026-12-01"],
)
def test_a_month_that_is_none_gets_a_sentence_and_this_month(client, month):
    client.force_login(make_writer())

    response = shown(client, month)

    assert response.status_code == 200
    assert "is not a month of this calendar" in response.content.decode()
    assert response.context["month"].first == NOON.date().replace(day=1)


def test_who_may_not_read_publications_is_refused(client):
    client.force_login(make_person())

    assert shown(client).status_code == 403
    assert URL not in client.get("/admin/").content.decode()


def test_the_front_page_lists_what_comes_next(client):
    publisher = make_publisher()
    comparison = make_comparison(title="Alpha vs Beta")
    approved(comparison, by=publisher)
    schedule(comparison, by=publisher, at=NOON + HOUR)
    client.force_login(make_writer())

    response = client.get("/admin/")

    coming = [(entry.at, entry.what) for entry in response.context["front"].coming]
    assert coming[0] == (NOON + HOUR, "goes live")
    assert coming[1][1] == "falls due"
    assert URL in response.content.decode()
