"""What is kept about an address: shown, downloaded, erased, by a fresh mail."""

import datetime
import json

import pytest
import time_machine
from django.contrib.auth.models import User
from django.utils import timezone

from editorial.models import EditorialEvent, EventAction
from newsletter.asking import answer_requests
from newsletter.bounces import take_event
from newsletter.models import (
    AddressRequest,
    Consent,
    Letter,
    MailEvent,
    MailEventKind,
    Subscriber,
    Suppression,
    Watch,
)
from newsletter.spelling import address_hash
from newsletter.subscriptions import erase, watch
from newsletter.watching import target_called
from tests.catalog.factories import make_engine
from tests.editorial.factories import make_moderator, make_writer
from tests.newsletter.factories import (
    MY_DATA,
    make_subscriber,
    path_in,
    send,
    sign_up,
)
from tests.page_words import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client):
    """Somebody who signed up, confirmed, and watches a tool."""
    client.post(path_in(sign_up(client), "confirm"))
    row = Subscriber.objects.get()
    make_engine("Alpha")
    watch(row, target_called("engine:alpha"))
    return row


def data_path(client):
    send(client, path=MY_DATA)
    answer_requests()
    return path_in(Letter.objects.filter(kind="export").last(), "my-data/open")


def test_a_link_comes_by_mail_for_known_addresses_alone(client, reader):
    answers = []
    for address in ("reader@example.org", "stranger@example.org"):
        answers.append(send(client, address, path=MY_DATA).url)
    answer_requests()

    assert answers == ["/newsletter/my-data/asked/"] * 2
    assert Letter.objects.get(kind="export").address == "reader@example.org"


def test_such_a_mail_comes_once_a_day(client, reader):
    data_path(client)
    data_path(client)

    assert Letter.objects.filter(kind="export").count() == 1


def test_everything_that_is_kept_can_be_downloaded(client, reader):
    path = data_path(client)
    page = client.get(path)
    assert "r…@example.org" in words_of(page)

    file = client.post(path, {"download": "yes"})

    assert file["Content-Disposition"].startswith("attachment")
    data = json.loads(file.content)
    assert (data["address"], data["state"]) == ("reader@example.org", "subscribed")
    assert [each["step"] for each in data["consents"]] == ["asked", "confirmed"]
    assert data["watched"][0]["name"] == "Alpha"
    assert [each["kind"] for each in data["mails"]] == [
        "confirmation of a sign-up",
        "what we keep, on request",
    ]
    assert all(each["due_at"] for each in data["mails"])


def test_erasing_leaves_a_keyed_hash_and_nothing_else(client, reader):
    path = data_path(client)
    send(client)
    Letter.objects.create(kind="test", address="READER@example.org")
    take_event(MailEventKind.SOFT_BOUNCE, address=reader.address, key="one")
    other = make_subscriber()

    client.get(path)
    assert Subscriber.objects.filter(pk=reader.pk).exists()
    done = client.post(path, {"erase": "yes"})

    assert "Everything is erased" in words_of(done)
    assert Subscriber.objects.get() == other
    for model in (Consent, Watch, Letter, AddressRequest, MailEvent):
        assert not model.objects.exists()
    row = Suppression.objects.get()
    assert (row.address_hash, row.reason) == (
        address_hash(reader.address_key),
        "erased",
    )
    assert "Everything is erased" in words_of(client.post(path, {"erase": "yes"}))
    assert client.get(path).status_code == 410


def test_the_link_is_good_for_an_hour(client, reader):
    path = data_path(client)

    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=61)):
        response = client.post(path, {"erase": "yes"})

    assert response.status_code == 404 and Subscriber.objects.exists()
    assert "Ask for a new link" in words_of(response)


def test_an_address_that_complained_stays_barred_after_it_is_erased():
    row = make_subscriber()
    mark = address_hash(row.address_key)
    Suppression.objects.create(address_hash=mark, reason="complaint")

    erase(row)

    assert Suppression.objects.get().reason == "complaint"


def test_a_moderator_erases_by_a_button_and_it_is_in_the_trail(client, reader):
    client.force_login(make_moderator())
    path = f"/admin/newsletter/subscriber/{reader.pk}/erase/"

    listed = client.get("/admin/newsletter/subscriber/", {"q": "reader@exam"})
    assert "reader@example.org" in words_of(listed)
    change = f"/admin/newsletter/subscriber/{reader.pk}/change/"
    assert path in client.get(change).content.decode()
    assert client.get(path).status_code == 200 and Subscriber.objects.exists()
    assert client.post(path).status_code == 302

    assert not Subscriber.objects.exists()
    event = EditorialEvent.objects.of_action(EventAction.SUBSCRIBER_ERASE).get()
    assert event.actor == User.objects.get() and "reader" not in str(event)


def test_others_of_the_desk_see_no_address(client, reader):
    client.force_login(make_writer())

    for path in ("", f"{reader.pk}/change/", f"{reader.pk}/erase/"):
        response = client.get(f"/admin/newsletter/subscriber/{path}")
        assert response.status_code == 403
