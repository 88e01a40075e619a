"""Accounts in a real browser: a second factor from the picture to the recovery code."""

import pytest
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.accounts.codes import code_of
from tests.accounts.test_second_factor import key_of
from tests.browser.harness import violations, violations_in_every_sight
from tests.catalog.factories import make_engine
from tests.editorial.factories import make_publisher

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def _required(settings):
    settings.REQUIRE_SECOND_FACTOR = True


@pytest.fixture
def publisher():
    make_engine()
    person = make_publisher("pat")
    person.set_password(PASSWORD)
    person.save()
    return person


def sign_in(page):
    page.fill("#id_username", "pat")
    page.fill("#id_password", PASSWORD)
    page.click("[type=submit]")


def test_from_the_password_to_the_recovery_code_without_scripts(open_page, publisher):
    page = open_page("/admin/", scripts=False, width=768)
    sign_in(page)
    assert page.inner_text("h1") == "Set up a second factor"
    assert page.evaluate("document.querySelector('.desk-qr').naturalWidth") > 0

    device = TOTPDevice(key=key_of(page.inner_text(".desk-secret")))
    page.fill("#id_code", code_of(device))
    page.click(".desk-form button")
    recovery_code = page.inner_text(".desk-codes li >> nth=0")
    page.click("text=I have kept them")
    assert page.url.endswith("/admin/")

    page.click("#logout-form button")
    page.goto(page.url.replace("logout/", ""))
    sign_in(page)
    page.fill("#id_code", recovery_code)
    page.click(".desk-form button")

    assert page.url.endswith("/admin/")


def test_the_pages_about_accounts_have_no_axe_violation(
    open_page, live_server, publisher
):
    page = open_page("/admin/")
    sign_in(page)
    assert violations_in_every_sight(page) == []
    device = TOTPDevice(key=key_of(page.inner_text(".desk-secret")))
    page.fill("#id_code", code_of(device))
    page.click(".desk-form button")
    assert violations_in_every_sight(page) == []
    remove = f"second-factor/{TOTPDevice.objects.get().pk}/remove/"
    for path in ("", "second-factor/recovery-codes/", remove):
        page.goto(f"{live_server.url}/admin/account/{path}")
        assert violations_in_every_sight(page) == [], path
    page.context.close()
    page = open_page("/admin/")
    sign_in(page)
    assert page.inner_text("h1") == "Enter your code"
    assert violations_in_every_sight(page) == []


def test_the_page_of_a_lock_out_has_no_axe_violation(open_page, publisher):
    page = open_page("/admin/login/")
    for _ in range(5):
        page.fill("#id_username", "pat")
        page.fill("#id_password", "wrong")
        page.click("[type=submit]")
        page.wait_for_load_state()

    assert page.inner_text("h1") == "Too many wrong passwords"
    assert violations(page) == []
