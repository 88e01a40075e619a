"""The second factor: who must have one, what it costs to guess, how it is lost."""

import base64
import re
from urllib.parse import urlencode

import pytest
import time_machine
from django.urls import reverse
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from editorial.models import EditorialEvent
from tests.accounts.codes import code_of, give_app, give_recovery_codes
from tests.editorial.factories import (
    make_administrator,
    make_moderator,
    make_person,
    make_publisher,
    make_reviewer,
    make_writer,
)
from tests.editorial.steps import NOON

pytestmark = pytest.mark.django_db

VERIFY = "/admin/account/second-factor/code/"
ENROL = "/admin/account/second-factor/set-up/"
ACCOUNT = "/admin/account/"
PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def required(settings):
    settings.REQUIRE_SECOND_FACTOR = True


def make_enrolled(make=make_publisher):
    """Somebody with a password and an app."""
    person = make()
    person.set_password(PASSWORD)
    person.save()
    return person, give_app(person)


def events(action):
    return EditorialEvent.objects.of_action(action)


def enrol(client, **changes):
    context = client.get(ENROL).context
    secret = context["secret"]
    device = TOTPDevice(key=key_of(context["typed_secret"]))
    data = {"secret": secret, "name": "Phone", "code": code_of(device)} | changes
    return client.post(ENROL, data), device, secret


def key_of(typed_secret):
    return base64.b32decode(typed_secret.replace(" ", "")).hex()


def verify(client, code, target="/admin/"):
    return client.post(f"{VERIFY}?{urlencode({'next': target})}", {"code": code})


@pytest.mark.parametrize(
    ("make", "must"),
    [
        (make_writer, False),
        (make_reviewer, False),
        (make_moderator, False),
        (make_publisher, True),
        (make_administrator, True),
        (lambda: make_person(is_superuser=True), True),
    ],
)
def test_who_publishes_or_looks_after_people_must_enrol(client, required, make, must):
    client.force_login(make())

    response = client.get("/admin/")

    if must:
        assert response["Location"] == f"{ENROL}?next=%2Fadmin%2F"
    else:
        assert response.status_code == 200


def test_every_page_of_the_desk_waits_but_signing_out(client, required):
    client.force_login(make_publisher())

    for url in ("/admin/comparisons/comparison/", "/admin/password_change/", ACCOUNT):
        assert client.get(url)["Location"].startswith(ENROL), url
    assert client.post("/admin/comparisons/comparison/new/")["Location"] == ENROL
    assert client.post("/admin/logout/").status_code == 200


def test_without_the_setting_nobody_must_but_an_enrolled_person_is_asked(client):
    client.force_login(make_publisher())
    assert client.get("/admin/").status_code == 200

    person, _ = make_enrolled(make_writer)
    client.force_login(person)

    assert client.get("/admin/")["Location"] == f"{VERIFY}?next=%2Fadmin%2F"
    assert client.get(ENROL)["Location"].startswith(VERIFY)


def test_setting_up_shows_the_secret_twice_and_keeps_it_only_once_confirmed(client):
    client.force_login(make_writer())

    page = client.get(ENROL)

    assert page.context["qr_code"].startswith("data:image/svg+xml;base64,")
    assert page.context["typed_secret"] in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert not TOTPDevice.objects.exists()


def test_the_first_code_confirms_and_brings_ten_recovery_codes_once(client, required):
    person = make_publisher()
    client.force_login(person)

    response, device, _ = enrol(client)

    codes = response.context["codes"]
    assert len(codes) == StaticToken.objects.count() == 10
    assert TOTPDevice.objects.get().key == device.key
    assert client.get("/admin/").status_code == 200
    assert codes[0] not in client.get(ACCOUNT).content.decode()
    assert events("device_enrol").get().actor == person


def test_a_wrong_first_code_keeps_the_secret_on_the_page(client):
    client.force_login(make_writer())

    response, _, secret = enrol(client, code="000000")

    assert response.context["secret"] == secret
    assert "That code does not fit" in response.content.decode()
    assert not TOTPDevice.objects.exists()


def test_a_secret_of_somebody_else_or_from_yesterday_is_refused(client, clock):
    client.force_login(make_writer())
    _, _, foreign = enrol(client, code="000000")
    client.force_login(make_writer())

    response, *_ = enrol(client, secret=foreign)
    assert "too old" in response.content.decode()

    secret = client.get(ENROL).context["secret"]
    clock.shift(31 * 60)
    response, *_ = enrol(client, secret=secret)
    assert "too old" in response.content.decode()
    assert not TOTPDevice.objects.exists()


def test_a_code_lets_in_once_and_leads_back(client):
    person, device = make_enrolled()
    client.force_login(person)
    code = code_of(device)

    response = verify(client, code, "/admin/comparisons/comparison/")

    assert response["Location"] == "/admin/comparisons/comparison/"
    assert client.get("/admin/").status_code == 200
    client.logout()
    client.force_login(person)
    assert client.get("/admin/").status_code == 302
    assert verify(client, code).status_code == 200


def test_the_way_back_leads_to_no_other_site(client):
    person, device = make_enrolled()
    client.force_login(person)

    response = verify(client, code_of(device), "https://example.org/")

    assert response["Location"] == ACCOUNT


def test_each_wrong_code_doubles_the_wait(client, clock):
    person, device = make_enrolled()
    client.force_login(person)
    verify(client, "000000")

    page = verify(client, code_of(device)).content.decode()
    assert "Too many wrong codes. Wait 1 second, then try again." in page

    clock.shift(2)
    verify(client, "000000")
    page = verify(client, code_of(device)).content.decode()
    assert "Wait 2 seconds" in page
    clock.shift(3)
    assert verify(client, code_of(device)).status_code == 302
    assert events("code_failed").count() == 2


def test_a_code_of_one_app_is_no_wrong_code_of_another(client, clock):
    person, phone = make_enrolled()
    tablet = give_app(person, "Tablet")
    for _ in range(3):
        client.force_login(person)
        assert verify(client, code_of(tablet)).status_code == 302
        client.logout()
        clock.shift(60)

    client.force_login(person)
    assert verify(client, code_of(phone)).status_code == 302


def test_a_recovery_code_opens_the_desk_once(client, clock):
    person, _ = make_enrolled()
    first, *_ = give_recovery_codes(person)
    client.force_login(person)

    assert verify(client, first.lower()).status_code == 302

    assert client.get("/admin/").status_code == 200
    assert events("recovery_use").get().note == "9 left"
    client.logout()
    client.force_login(person)
    assert verify(client, first).status_code == 200


def test_new_recovery_codes_end_the_old_ones_and_nobody_is_put_out(client):
    person, device = make_enrolled()
    old, *_ = give_recovery_codes(person)
    client.force_login(person)
    verify(client, old)

    new = client.post(reverse("accounts:recovery_codes")).context["codes"]

    assert old not in new
    assert StaticToken.objects.count() == 10
    assert client.get("/admin/").status_code == 200
    assert events("recovery_new").count() == 2


def test_the_forms_of_the_devices_which_show_secrets_are_gone(admin_client):
    for name in ("otp_totp/totpdevice", "otp_static/staticdevice"):
        assert admin_client.get(f"/admin/{name}/").status_code == 404


def test_public_pages_read_no_session_whoever_asks(client, django_assert_num_queries):
    person, _ = make_enrolled()
    client.force_login(person)

    with django_assert_num_queries(0):
        response = client.get("/robots.txt")

    assert response.status_code == 200
    assert not re.search("cookie", response.get("Vary", ""), re.IGNORECASE)
