"""The sign-up form: no cookie, clear errors, nothing lost, and its limits."""

import datetime

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from editorial.anonymous_forms import forget_attempts
from editorial.models import AttemptCount
from newsletter import sign_up_views
from newsletter.limits import LETTERS, SIGN_UP_LIMITS
from newsletter.models import AddressRequest
from newsletter.spelling import NotAnAddressError, read_address
from tests.newsletter.factories import (
    ASKED,
    BROWSER,
    MY_DATA,
    SIGN_UP,
    make_pending,
    mark,
    send,
    sign_up,
)
from tests.page_words import words_of

pytestmark = pytest.mark.django_db
PROGRAM = {"X-Integration": "example.org shop", "Accept": "application/json"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (BROWSER, 302),
        ({"Origin": "http://testserver"}, 302),
        ({"Sec-Fetch-Site": "cross-site", "X-Integration": "x"}, 403),
        ({"Origin": "https://evil.example", "X-Integration": "x"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 403),
        ({"X-Integration": ""}, 403),
        ({"X-Integration": "a program"}, 302),
    ],
)
@pytest.mark.parametrize("path", [SIGN_UP, MY_DATA])
def test_only_a_page_of_this_site_or_a_named_program_may_send_it(
    client, path, headers, status
):
    response = send(client, path=path, headers=headers)

    assert response.status_code == status
    assert AddressRequest.objects.count() == (status == 302)
    if status == 403:
        assert "reader@example.org" in response.content.decode()


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("", "Type the address"),
        ("reader", "not a mail address"),
        ("reader@localhost", "not a mail address"),
        ("reader@[127.0.0.1]", "not a mail address"),
        ('"a b"@example.org', "not a mail address"),
        ("a@example.org\nBcc: b@example.org", "not a mail address"),
        ("größe@example.org", "plain letters"),
        ("reader@straße.example", "xn--"),
        ("a" * 65 + "@example.org", "not a mail address"),
        ("a@" + "b" * 400 + ".org", "No mail address is as long"),
    ],
)
def test_a_slip_is_named_and_nothing_typed_is_lost(client, address, sentence):
    response = send(client, address)

    assert response.status_code == 422 and sentence in words_of(response)
    assert response.context["form"]["mail_address"].value() == address
    assert not AddressRequest.objects.exists()


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Jo.Ann+News@Example.ORG", "jo.ann+news@example.org"),
        ("jo@BÜCHER.example", "jo@xn--bcher-kva.example"),
        (" jo@例え.テスト ", "jo@xn--r8jz45g.xn--zckzah"),
        ("jo@xn--bcher-kva.example", "jo@xn--bcher-kva.example"),
    ],
)
def test_spellings_of_one_address_have_one_key(typed, key):
    address = read_address(typed)

    assert (address.written, address.key) == (typed.strip(), key)


@pytest.mark.parametrize(
    "typed", ["@", "a@", "@b.org", "a@b@c", "a\0@b.org", "a b@c.de"]
)
def test_what_is_no_address_is_refused(typed):
    with pytest.raises(NotAnAddressError):
        read_address(typed)


def test_the_form_in_the_foot_asks_for_one_more_press_and_keeps_the_address(client):
    sent = {"mail_address": "reader@example.org", "step": "footer", "began": ""}
    with time_machine.travel(timezone.now(), tick=False) as clock:
        page = client.post(SIGN_UP, sent, headers=BROWSER)
        assert page.status_code == 200 and "One more press" in words_of(page)
        form = page.context["form"]
        assert form["mail_address"].value() == "reader@example.org"
        assert not AddressRequest.objects.exists()

        again = {"mail_address": "reader@example.org", "began": form["began"].value()}
        assert client.post(SIGN_UP, again, headers=BROWSER).status_code == 422
        clock.shift(2)
        assert client.post(SIGN_UP, again, headers=BROWSER).url == ASKED


def test_a_slip_in_the_foot_is_named_on_the_page(client):
    sent = {"mail_address": "reader", "step": "footer", "began": ""}

    page = client.post(SIGN_UP, sent, headers=BROWSER)

    assert page.status_code == 422 and "not a mail address" in words_of(page)
    assert "made with" not in words_of(page)


def test_a_script_fetches_the_mark_and_the_foot_needs_no_second_page(client):
    earlier = timezone.now() - datetime.timedelta(seconds=9)
    with time_machine.travel(earlier, tick=False):
        response = client.get("/newsletter/mark/")
    assert response["Cache-Control"] == "no-store"

    answer = send(client, step="footer", began=response.json()["began"])

    assert answer.url == ASKED


def test_the_foot_of_a_page_is_the_same_at_all_times(client):
    tags = set()
    for hours in (0, 1, 30):
        moment = timezone.now() + datetime.timedelta(hours=hours)
        with time_machine.travel(moment, tick=False):
            page = client.get("/privacy/")
            assert b"data-digest-form" in page.content
            tags.add(page["ETag"])

    assert len(tags) == 1


def test_a_filled_trap_and_a_form_sent_at_once_are_refused(client):
    trapped = send(client, website="https://spam.example")
    hasty = send(client, began=mark(client, seconds=0))
    unmarked = send(client, began="")

    assert [each.status_code for each in (trapped, hasty, unmarked)] == [422] * 3
    assert "within 3 seconds" in words_of(hasty)
    assert not AddressRequest.objects.exists()


def test_something_that_is_gone_can_be_left_out(client):
    response = send(client, watch="engine:nothing")

    assert response.status_code == 422 and "is not on this site any more" in words_of(
        response
    )
    assert response.context["form"]["watch"].value() == ""


def test_a_program_gets_answers_to_read(client):
    began = mark(client)
    asked = send(client, headers=PROGRAM, began=began)
    wrong = send(client, "reader", headers=PROGRAM, began=began)
    foreign = send(client, headers={"Accept": "application/json"}, began=began)

    assert (asked.status_code, asked.json()) == (202, {"status": "asked"})
    assert wrong.status_code == 422
    assert list(wrong.json()["errors"]) == ["mail_address"]
    assert foreign.status_code == 403 and "X-Integration" in str(foreign.json())


@pytest.mark.parametrize(
    ("other", "is_heard"),
    [("203.0.113.7", False), ("203.0.113.9", False), ("203.0.114.7", True)],
)
def test_one_network_is_heard_a_bounded_number_of_times_a_day(
    client, monkeypatch, other, is_heard
):
    few = type(SIGN_UP_LIMITS)("x", 1, 500, per_network_a_day=1)
    monkeypatch.setattr(sign_up_views, "SIGN_UP_LIMITS", few)
    client.defaults["REMOTE_ADDR"] = "203.0.113.7"
    assert send(client).status_code == 302

    client.defaults["REMOTE_ADDR"] = other
    response = send(client, "kept@example.org")

    assert response.status_code == (302 if is_heard else 429)
    if not is_heard:
        assert "kept@example.org" in response.content.decode()


def test_all_together_are_heard_a_bounded_number_of_times_an_hour(client, monkeypatch):
    few = type(SIGN_UP_LIMITS)("x", 9, 1)
    monkeypatch.setattr(sign_up_views, "SIGN_UP_LIMITS", few)
    with time_machine.travel(timezone.now().replace(minute=5), tick=False):
        statuses = [send(client).status_code for _ in range(2)]

    assert statuses == [302, 429]


def test_counters_of_letters_stay_for_a_month_and_others_for_two_days(client):
    sign_up(client)
    now = timezone.now()

    forget_attempts(now + datetime.timedelta(days=5))
    assert set(AttemptCount.objects.values_list("purpose", flat=True)) == {LETTERS}
    forget_attempts(now + datetime.timedelta(days=33))
    assert not AttemptCount.objects.exists()


def test_the_command_erases_what_is_overdue(capsys):
    make_pending(expires_at=timezone.now())

    call_command("forget_addresses")

    assert "1 unconfirmed sign-ups erased" in capsys.readouterr().out


def test_the_pages_of_the_sign_up_have_no_second_form_in_the_foot(client):
    for path in (SIGN_UP, ASKED, MY_DATA):
        assert b"data-digest-form" not in client.get(path).content
