"""A phone that is lost or replaced: who takes it away, and what that asks for."""

import pytest
import time_machine
from django.urls import reverse
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.models import SignIn
from tests.accounts.codes import code_of, give_recovery_codes
from tests.accounts.test_second_factor import (
    PASSWORD,
    events,
    make_enrolled,
    verify,
)
from tests.editorial.factories import make_administrator, make_writer
from tests.editorial.steps import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def remove(client, device, **data):
    return client.post(reverse("accounts:app_remove", args=[device.pk]), data)


def test_removing_an_app_asks_for_the_password_and_a_code(client, clock):
    person, device = make_enrolled(make_writer)
    give_recovery_codes(person)
    client.force_login(person)
    verify(client, code_of(device))
    clock.shift(60)

    code = code_of(device)
    page = remove(client, device, password="not it", code=code).content.decode()
    assert "That is not your password." in page
    assert TOTPDevice.objects.exists()

    assert remove(client, device, password=PASSWORD, code=code).status_code == 302
    assert not TOTPDevice.objects.exists()
    assert not StaticToken.objects.exists()
    assert events("device_remove").get().note == "Phone."


def test_an_app_of_somebody_else_is_not_found(client):
    _, foreign = make_enrolled()
    client.force_login(make_writer())

    url = reverse("accounts:app_remove", args=[foreign.pk])
    assert client.get(url).status_code == 404


def test_an_administrator_takes_a_lost_phone_away_and_says_why(client):
    person, _ = make_enrolled(make_writer)
    client.force_login(person)
    administrator = make_administrator("ada")
    client.force_login(administrator)
    url = reverse("accounts:person_factor_remove", args=[person.pk])

    client.post(url, {"note": ""})
    assert TOTPDevice.objects.exists()

    client.post(url, {"note": "Lost on a train; rang back."})
    assert not TOTPDevice.objects.exists()
    assert not SignIn.objects.of(person).exists()
    event = events("device_remove").get()
    assert (event.actor, event.subject) == (administrator, str(person))
    assert "Lost on a train" in event.note
