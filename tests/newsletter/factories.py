"""Subscribers for tests, and readers who fill in the forms of the digest."""

import datetime
import itertools

import time_machine
from django.utils import timezone

from newsletter.asking import answer_requests
from newsletter.models import Letter, Subscriber, SubscriberState
from newsletter.spelling import read_address

_numbers = itertools.count(1)
BROWSER = {"Sec-Fetch-Site": "same-origin"}
SIGN_UP, ASKED = "/newsletter/", "/newsletter/asked/"
MY_DATA = "/newsletter/my-data/"


def make_subscriber(address=None, **values):
    """An active subscriber of the digest, unless told otherwise."""
    known = read_address(address or f"reader-{next(_numbers)}@example.org")
    defaults = {
        "address": known.written,
        "address_key": known.key,
        "state": SubscriberState.ACTIVE,
        "confirmed_at": timezone.now(),
    }
    return Subscriber.objects.create(**defaults | values)


def make_pending(address=None, **values):
    until = timezone.now() + datetime.timedelta(days=7)
    waiting = {"state": "pending", "confirmed_at": None, "expires_at": until}
    return make_subscriber(address, **waiting | values)


def make_left(address=None, **values):
    gone = {"state": "left", "left_at": timezone.now()}
    return make_subscriber(address, **gone | values)


def mark(client, path=SIGN_UP, seconds=30):
    """The mark of a form that has been open for so long."""
    earlier = timezone.now() - datetime.timedelta(seconds=seconds)
    with time_machine.travel(earlier, tick=False):
        return client.get(path).context["form"]["began"].value()


def send(client, address="reader@example.org", *, path=SIGN_UP, headers=None, **more):
    """What a reader sends who typed for half a minute."""
    sent = {"mail_address": address, "website": "", **more}
    if "began" not in sent:
        sent["began"] = mark(client, path)
    return client.post(path, sent, headers=BROWSER if headers is None else headers)


def sign_up(client, address="reader@example.org", **more):
    """Sign up, and let the worker answer. The newest letter to the address, if any."""
    response = send(client, address, **more)
    assert response.status_code == 302, response.content.decode()
    answer_requests()
    return Letter.objects.filter(address=address).order_by("pk").last()


def path_in(letter, page):
    """The path of the address in a letter that leads to `page`."""
    lines = letter.text.splitlines()
    address = next(line for line in lines if f"/newsletter/{page}/" in line)
    return "/newsletter/" + address.partition("/newsletter/")[2]
