"""From the form to the confirmed subscription."""

import datetime

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from newsletter.asking import answer_requests
from newsletter.consent import CURRENT, WORDS
from newsletter.models import AddressRequest, Letter, Subscriber, Suppression
from newsletter.spelling import address_hash
from newsletter.subscriptions import erase_left, erase_unconfirmed, leave
from tests.catalog.factories import make_engine
from tests.newsletter.factories import (
    ASKED,
    SIGN_UP,
    make_left,
    make_pending,
    make_subscriber,
    path_in,
    send,
    sign_up,
)
from tests.page_words import words_of

pytestmark = pytest.mark.django_db
A_DAY = datetime.timedelta(days=1)


def test_the_request_keeps_one_row_and_sends_nothing(client):
    response = send(client, "Reader@Example.org")

    assert (response.status_code, response.url) == (302, ASKED)
    row = AddressRequest.objects.get()
    assert (row.address, row.address_key) == (
        "Reader@Example.org",
        "reader@example.org",
    )
    assert not Subscriber.objects.exists() and not Letter.objects.exists()
    assert mail.outbox == []


def test_a_new_address_gets_one_letter_with_a_link_that_confirms(client):
    letter = sign_up(client)

    row = Subscriber.objects.get()
    assert (letter.kind, letter.subscriber, row.state) == ("confirm", row, "pending")
    assert row.expires_at > timezone.now() + 6 * A_DAY
    assert letter.text.count(WORDS[CURRENT]) == 1
    path = path_in(letter, "confirm")
    assert "reader" not in path and not AddressRequest.objects.exists()

    page = client.get(path)
    assert "Yes, send it to me" in words_of(page) and "r…@example.org" in words_of(page)
    row.refresh_from_db()
    assert row.state == "pending"
    done = client.post(path)
    row.refresh_from_db()
    assert (row.state, row.expires_at) == ("active", None)
    assert "You are subscribed" in words_of(done)


@pytest.mark.parametrize("method", ["get", "head", "options", "put"])
def test_only_the_button_confirms(client, method):
    path = path_in(sign_up(client), "confirm")

    getattr(client, method)(path)

    assert Subscriber.objects.get().state == "pending"


def test_confirming_twice_says_so_and_changes_nothing(client):
    path = path_in(sign_up(client), "confirm")
    client.post(path)
    before = Subscriber.objects.values().get()

    again = client.post(path)

    assert again.status_code == 200 and "subscribed already" in words_of(again)
    assert Subscriber.objects.values().get() == before
    assert Subscriber.objects.get().consents.count() == 2


def test_what_was_agreed_to_is_kept_with_words_time_and_hash(client):
    client.post(path_in(sign_up(client), "confirm"))

    asked, confirmed = Subscriber.objects.get().consents.all()
    assert (asked.step, confirmed.step) == ("asked", "confirmed")
    for consent in (asked, confirmed):
        assert (consent.version, consent.text) == (CURRENT, WORDS[CURRENT])
        assert len(consent.client_hash) == 64
        assert consent.given_at <= timezone.now()


def test_a_link_older_than_seven_days_says_what_to_do(client):
    path = path_in(sign_up(client), "confirm")

    with time_machine.travel(timezone.now() + 8 * A_DAY, tick=False):
        response = client.post(path)

    assert response.status_code == 404 and "Sign up once more" in words_of(response)
    assert Subscriber.objects.get().state == "pending"


def test_a_link_from_before_leaving_does_not_bring_anybody_back(client):
    path = path_in(sign_up(client), "confirm")
    client.post(path)
    row = Subscriber.objects.get()
    row.state, row.left_at = "left", timezone.now()
    row.save()

    assert client.get(path).status_code == 410
    assert client.post(path).status_code == 410
    row.refresh_from_db()
    assert row.state == "left"


def test_whoever_left_may_come_back_by_a_new_link(client):
    row = make_left("reader@example.org", leave_reason="too_much")

    letter = sign_up(client)
    row.refresh_from_db()
    assert (letter.kind, row.state) == ("confirm", "left")
    client.post(path_in(letter, "confirm"))

    row.refresh_from_db()
    assert (row.state, row.left_at, row.leave_reason) == ("active", None, "")


def test_unconfirmed_rows_are_erased_after_seven_days_and_others_stay(client):
    sign_up(client)
    make_subscriber()
    left = make_left(expires_at=timezone.now())

    assert erase_unconfirmed(timezone.now() + 6 * A_DAY) == 0
    assert erase_unconfirmed(timezone.now() + 8 * A_DAY) == 1
    assert not Letter.objects.exists() and Subscriber.objects.count() == 2
    assert erase_left(left.left_at + 179 * A_DAY) == 0
    assert erase_left(left.left_at + 180 * A_DAY) == 1
    assert not Suppression.objects.exists()


def test_a_subscriber_gets_their_links_once_a_day(client):
    make_subscriber("reader@example.org")

    first = sign_up(client, "reader@example.org")
    second = sign_up(client, "READER@example.org")

    assert first.kind == "links" and second is None
    assert Letter.objects.count() == 1 and Subscriber.objects.count() == 1
    assert client.get(path_in(first, "preferences")).status_code == 200
    assert client.get(path_in(first, "leave")).status_code == 200
    with time_machine.travel(timezone.now() + A_DAY, tick=False):
        assert sign_up(client).pk != first.pk


def test_one_letter_a_day_and_three_in_thirty_days_until_confirmed(client):
    now = timezone.now()
    days = {}
    for day in range(33):
        with time_machine.travel(now + day * A_DAY, tick=False):
            erase_unconfirmed(timezone.now())
            before = set(Letter.objects.values_list("pk", flat=True))
            sign_up(client)
            sign_up(client)
            new = set(Letter.objects.values_list("pk", flat=True)) - before
            days[day] = len(new)

    # what is counted outlives the row that was erased meanwhile
    assert [day for day, number in days.items() if number] == [0, 1, 2, 30, 31, 32]
    assert set(days.values()) == {0, 1}


def test_confirming_ends_the_count_of_thirty_days(client):
    now = timezone.now()
    for day in range(5):
        with time_machine.travel(now + day * A_DAY, tick=False):
            letter = sign_up(client)
            assert client.post(path_in(letter, "confirm")).status_code == 200
            leave(Subscriber.objects.get())

    assert Letter.objects.filter(kind="confirm").count() == 5


@pytest.mark.parametrize("reason", ["hard_bounce", "soft_bounces", "complaint"])
def test_an_address_that_bounced_or_complained_gets_nothing(client, reason):
    mark = address_hash("reader@example.org")
    Suppression.objects.create(address_hash=mark, reason=reason)

    assert sign_up(client) is None
    assert not Subscriber.objects.exists()


def test_an_erased_address_may_sign_up_anew_by_confirming(client):
    mark = address_hash("reader@example.org")
    Suppression.objects.create(address_hash=mark, reason="erased")

    letter = sign_up(client)
    assert Suppression.objects.exists()
    client.post(path_in(letter, "confirm"))

    assert not Suppression.objects.exists()
    assert Subscriber.objects.get().state == "active"


def test_hashes_of_an_earlier_key_still_bar(client, settings):
    mark = address_hash("reader@example.org")
    Suppression.objects.create(address_hash=mark, reason="complaint")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key that is longer than the fifty characters asked"

    assert sign_up(client) is None


def test_signing_up_for_a_watch_begins_when_it_is_confirmed(client):
    engine = make_engine("Alpha")
    page = client.get(SIGN_UP, {"watch": "engine:alpha"})
    assert "When something changes on Alpha" in words_of(page)
    key = page.context["form"]["watch"].value()

    letter = sign_up(client, watch=key, wanted="watch")
    row = Subscriber.objects.get()
    assert not row.watches.exists() and "Alpha" in letter.text
    assert "monthly digest\n" not in letter.text
    client.post(path_in(letter, "confirm"))

    row.refresh_from_db()
    assert not row.wants_digest
    assert row.watches.get().target_uid == engine.uid


def test_nobody_can_change_what_a_subscriber_watches_by_typing_their_address(client):
    row = make_subscriber("reader@example.org")
    engine = make_engine("Alpha")

    letter = sign_up(client, watch=f"engine:{engine.uid.hex}")

    assert not row.watches.exists()
    page = client.get(path_in(letter, "preferences"))
    assert "Watch it" in words_of(page)
    client.post(path_in(letter, "preferences"), {"add": f"engine:{engine.uid.hex}"})
    assert row.watches.get().target_uid == engine.uid


def test_a_broken_row_does_not_keep_the_others_waiting(client, monkeypatch):
    make_pending("known@example.org")
    send(client, "broken@example.org")
    row = AddressRequest.objects.get()
    row.consent_version = "never"
    row.save()
    send(client, "second@example.org")

    assert answer_requests() == 2
    assert Letter.objects.get().address == "second@example.org"
