"""Where people are signed in, and how that ends."""

import datetime

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from accounts.browsers import describe_browser
from accounts.models import SignIn
from editorial.models import EditorialEvent
from tests.editorial.factories import make_administrator, make_person, make_writer
from tests.editorial.steps import NOON

pytestmark = pytest.mark.django_db

ACCOUNT = "/admin/account/"
PASSWORD = "correct horse battery"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
AGENTS = {
    FIREFOX: "Firefox on Linux",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0": "Edge on Windows",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1": "Safari on iPhone",
    "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/142.0 Mobile Safari/537.36": "Chrome on Android",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 14) Chrome/1": "Chrome on macOS",
    "": "An unknown browser",
}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def browser_of(person, user_agent=FIREFOX):
    """A browser in which `person` is signed in and has opened a page."""
    client = Client(headers={"User-Agent": user_agent})
    client.force_login(person)
    client.get("/admin/")
    return client


@pytest.mark.parametrize("user_agent", AGENTS)
def test_a_browser_is_named_as_its_owner_calls_it(user_agent):
    assert describe_browser(user_agent) == AGENTS[user_agent]


def test_the_page_lists_each_browser_and_marks_this_one(clock):
    person = make_writer()
    phone = browser_of(person, list(AGENTS)[2])
    clock.shift(3600)
    here = browser_of(person)

    page = here.get(ACCOUNT)

    rows = list(page.context["sign_ins"])
    assert [row.began_at for row in rows] == [NOON + datetime.timedelta(hours=1), NOON]
    assert rows[0].session_key == here.session.session_key
    assert page.content.decode().count("This one") == 1
    assert phone.session.session_key == rows[1].session_key


def test_one_session_is_ended_and_its_browser_is_out(clock):
    person = make_writer()
    phone, here = browser_of(person), browser_of(person)
    row = SignIn.objects.get(session_key=phone.session.session_key)

    here.post(reverse("accounts:session_end"), {"session": row.pk})

    assert phone.get("/admin/").status_code == 302
    assert here.get("/admin/").status_code == 200
    assert EditorialEvent.objects.of_action("session_end").get().actor == person


def test_all_others_are_ended_at_once():
    person = make_writer()
    others = [browser_of(person), browser_of(person)]
    here, stranger = browser_of(person), browser_of(make_writer())

    here.post(reverse("accounts:session_end"), {"others": "1"})

    assert [other.get("/admin/").status_code for other in others] == [302, 302]
    assert here.get("/admin/").status_code == 200
    assert stranger.get("/admin/").status_code == 200


def test_nobody_ends_the_session_of_somebody_else(client):
    foreign = browser_of(make_writer())
    client.force_login(make_writer())
    row = SignIn.objects.get(session_key=foreign.session.session_key)

    response = client.post(reverse("accounts:session_end"), {"session": row.pk})

    assert response.status_code == 404
    assert foreign.get("/admin/").status_code == 200


def test_an_administrator_ends_anybodys_but_not_a_superusers(client):
    person, chief = make_writer(), make_person(is_superuser=True)
    browser, office = browser_of(person), browser_of(chief)
    client.force_login(make_administrator())

    client.post(reverse("accounts:person_session_end", args=[person.pk]))
    refused = client.post(reverse("accounts:person_session_end", args=[chief.pk]))

    assert browser.get("/admin/").status_code == 302
    assert refused.status_code == 403
    assert office.get("/admin/").status_code == 200


def test_reading_writes_at_most_once_in_five_minutes(clock):
    here = browser_of(make_writer())
    clock.shift(299)
    here.get("/admin/")
    assert SignIn.objects.get().seen_at == NOON

    clock.shift(2)
    here.get("/admin/")

    assert SignIn.objects.get().seen_at == NOON + datetime.timedelta(seconds=301)


def test_a_changed_password_keeps_this_session_and_ends_the_others(client):
    person = make_person()
    person.set_password(PASSWORD)
    person.save()
    elsewhere = browser_of(person)
    client.force_login(person)
    new = {"new_password1": "quite-another-one", "new_password2": "quite-another-one"}

    url = reverse("admin:password_change")
    assert client.post(url, {"old_password": PASSWORD} | new).status_code == 302

    assert SignIn.objects.get().session_key == client.session.session_key
    assert EditorialEvent.objects.of_action("password").get().actor == person
    assert elsewhere.get("/admin/").status_code == 302


def test_signing_out_and_ended_sessions_leave_the_list(clock):
    person = make_writer()
    browser_of(person).post("/admin/logout/")
    assert not SignIn.objects.exists()

    browser_of(person)
    Session.objects.all().delete()
    browser_of(person)

    assert SignIn.objects.count() == 1
    clock.shift(datetime.timedelta(days=15))
    assert not SignIn.objects.open()


def test_signing_in_costs_a_fixed_number_of_statements(
    client, django_assert_max_num_queries
):
    person = make_person("wilma")
    person.set_password(PASSWORD)
    person.save()

    with django_assert_max_num_queries(20):
        data = {"username": "wilma", "password": PASSWORD}
        assert client.post("/admin/login/", data).status_code == 302
