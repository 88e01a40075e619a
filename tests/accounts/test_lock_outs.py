"""Five wrong passwords, then a wait; and what an administrator can do about it."""

import re

import pytest
import time_machine
from django.contrib.auth.models import User
from django.urls import reverse

from editorial.models import EditorialEvent
from tests.editorial.factories import make_administrator, make_person, make_writer
from tests.editorial.steps import NOON

pytestmark = pytest.mark.django_db

LOGIN = "/admin/login/"
LOCK_OUTS = "/admin/account/lock-outs/"
PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def wilma():
    person = make_person("wilma")
    person.set_password(PASSWORD)
    person.save()
    return person


def sign_in(client, name="wilma", password=None, **extra):
    data = {"username": name, "password": password or "wrong"}
    return client.post(LOGIN, data, **extra)


def fail_five_times(client, name="wilma", **extra):
    return [sign_in(client, name, **extra).status_code for _ in range(5)]


def test_the_fifth_wrong_password_locks_out_and_says_until_when(client, wilma):
    assert fail_five_times(client) == [200, 200, 200, 200, 429]

    response = sign_in(client, password=PASSWORD)

    assert response.status_code == 429
    assert "Try again at <strong>12:15 UTC</strong>" in response.content.decode()
    assert response["Retry-After"] == "900"
    assert "_auth_user_id" not in client.session


def test_waiting_is_enough_and_trying_meanwhile_makes_it_no_longer(
    client, wilma, clock
):
    fail_five_times(client)
    clock.shift(600)
    sign_in(client)

    clock.shift(301)

    assert sign_in(client, password=PASSWORD).status_code == 302


def test_an_account_that_is_none_answers_the_same(client, wilma):
    def bodies(name):
        pages = [sign_in(client, name).content.decode() for _ in range(6)]
        return [page.replace(name, "NAME") for page in map(without_token, pages)]

    assert bodies("wilma") == bodies("nobody")


def without_token(page):
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)


def test_from_another_address_the_owner_still_gets_in(client, wilma, settings):
    settings.PROXY_COUNT = 1
    attacker = {"headers": {"X-Forwarded-For": "203.0.113.9"}}
    owner = {"headers": {"X-Forwarded-For": "198.51.100.7"}}
    assert fail_five_times(client, **attacker)[-1] == 429

    assert sign_in(client, password=PASSWORD, **owner).status_code == 302


def test_an_invented_address_does_not_start_the_count_anew(client, wilma, settings):
    settings.PROXY_COUNT = 1
    codes = [
        sign_in(
            client, headers={"X-Forwarded-For": f"192.0.2.{number}, 203.0.113.9"}
        ).status_code
        for number in range(5)
    ]

    assert codes[-1] == 429


def test_the_trail_has_each_failure_and_the_lock_out_but_no_flood(client, wilma):
    fail_five_times(client)
    for _ in range(3):
        sign_in(client)

    found = EditorialEvent.objects.order_by("pk").values_list("action", "subject")
    assert list(found) == [("sign_in_failed", "wilma")] * 4 + [("lock_out", "wilma")]
    assert set(EditorialEvent.objects.values_list("address")) == {("127.0.0.1",)}


def test_an_administrator_sees_a_lock_out_and_lifts_it(client, wilma):
    fail_five_times(client)
    administrator = make_administrator()
    client.force_login(administrator)
    (row,) = client.get(LOCK_OUTS).context["lock_outs"]
    assert (row.username, row.address, row.failures) == ("wilma", "127.0.0.1", 5)

    client.post(LOCK_OUTS, {"username": "wilma", "address": "127.0.0.1"})

    assert client.get(LOCK_OUTS).context["lock_outs"] == []
    lifted = EditorialEvent.objects.of_action("lock_out_lift").get()
    assert (lifted.actor, lifted.subject) == (administrator, "wilma")
    client.logout()
    assert sign_in(client, password=PASSWORD).status_code == 302


def test_nobody_else_sees_lock_outs(client):
    client.force_login(make_writer())

    assert client.get(LOCK_OUTS).status_code == 403
    assert LOCK_OUTS not in client.get("/admin/").content.decode()
    client.force_login(make_administrator())
    assert LOCK_OUTS in client.get("/admin/").content.decode()


def test_a_password_needs_twelve_characters(client, wilma):
    client.force_login(wilma)
    data = {"old_password": PASSWORD}
    short = {"new_password1": "vk3-Tz!w7x", "new_password2": "vk3-Tz!w7x"}

    page = client.post(reverse("admin:password_change"), data | short)

    assert "at least 12 characters" in page.content.decode()
    assert User.objects.get().check_password(PASSWORD)
