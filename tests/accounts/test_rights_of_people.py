"""Changes of people's rights: who may make them, and what the trail says."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from accounts.models import SignIn
from editorial.models import EditorialEvent
from editorial.roles import PUBLISHERS, WRITERS
from tests.editorial.factories import make_administrator, make_person, make_writer

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    administrator = make_administrator("ada")
    client.force_login(administrator)
    return administrator


def page(person, view="change"):
    name = "auth_user_password_change" if view == "password" else f"auth_user_{view}"
    return reverse(f"admin:{name}", args=[person.pk])


def form_of(person, **changes):
    data = {
        "username": person.username,
        "is_active": "on" if person.is_active else "",
        "is_staff": "on" if person.is_staff else "",
        "groups": [group.pk for group in person.groups.all()],
    } | changes
    return {key: value for key, value in data.items() if value != ""}


def newest():
    return EditorialEvent.objects.of_action("rights").first()


def test_a_change_of_groups_says_what_was_given_and_taken(client, administrator):
    person = make_writer("wilma")
    publishers = Group.objects.get(name=PUBLISHERS)

    client.post(page(person), form_of(person, groups=[publishers.pk]))

    event = newest()
    assert (event.actor, event.subject) == (administrator, "wilma")
    assert event.note == "Given: group Publishers. Taken: group Writers."


def test_a_save_that_changes_no_right_says_nothing(client, administrator):
    person = make_writer()

    client.post(page(person), form_of(person, first_name="Wilma"))

    person.refresh_from_db()
    assert person.first_name == "Wilma"
    assert newest() is None


def test_a_person_made_inactive_is_in_the_trail(client, administrator):
    person = make_writer()

    client.post(page(person), form_of(person, is_active=""))

    assert newest().note == "Taken: active."


def test_the_rights_of_a_group_are_trailed(client, administrator):
    group = Group.objects.get(name=WRITERS)
    kept = group.permissions.exclude(codename="submit_comparison")
    data = {"name": group.name, "permissions": [row.pk for row in kept]}

    client.post(reverse("admin:auth_group_change", args=[group.pk]), data)

    assert newest().subject == "Group Writers"
    assert newest().note == "Taken: may comparisons.submit_comparison."


def test_nobody_changes_their_own_rights(client, administrator):
    publishers = Group.objects.get(name=PUBLISHERS)
    data = form_of(administrator, groups=[publishers.pk], is_superuser="on")

    client.post(page(administrator), data)

    administrator.refresh_from_db()
    assert not administrator.is_superuser
    assert [group.name for group in administrator.groups.all()] == ["Administrators"]


def test_an_administrator_makes_no_superuser_and_touches_none(client, administrator):
    person, chief = make_writer(), make_person(is_superuser=True)

    client.post(page(person), form_of(person, is_superuser="on"))
    person.refresh_from_db()
    assert not person.is_superuser

    for view in ("change", "password", "delete"):
        assert client.post(page(chief, view), form_of(chief)).status_code == 403
    assert User.objects.get(pk=chief.pk).is_superuser


def test_a_password_set_for_somebody_is_in_the_trail(client, administrator):
    person = make_writer("wilma")
    Client().force_login(person)
    new = {"password1": "a-long-new-password", "password2": "a-long-new-password"}

    client.post(page(person, "password"), new | {"usable_password": "true"})

    person.refresh_from_db()
    assert person.check_password("a-long-new-password")
    assert not SignIn.objects.of(person).exists()
    event = EditorialEvent.objects.of_action("password").get()
    assert (event.actor, event.subject) == (administrator, "wilma")


def test_signing_in_and_out_are_in_the_trail_with_the_address(client):
    person = make_writer()
    person.set_password("correct horse battery")
    person.save()
    data = {"username": person.username, "password": "correct horse battery"}

    client.post("/admin/login/", data, headers={"X-Request-ID": "a-request-id"})
    client.post("/admin/logout/")

    out, came = EditorialEvent.objects.all()
    assert (came.action, out.action) == ("sign_in", "sign_out")
    assert (came.actor, came.address) == (person, "127.0.0.1")
    assert came.request_id == "a-request-id"
