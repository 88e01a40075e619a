"""Nobody can learn from a form whose address is known."""

import re

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from editorial.models import AttemptCount
from newsletter.asking import answer_requests
from newsletter.limits import DATA_LETTERS, LETTERS
from newsletter.models import AddressRequest, Letter, Subscriber, Suppression
from newsletter.spelling import address_hash
from tests.newsletter.factories import (
    MY_DATA,
    SIGN_UP,
    make_left,
    make_pending,
    make_subscriber,
    mark,
    send,
    sign_up,
)

pytestmark = pytest.mark.django_db
ADDRESS = "reader@example.org"


def suppressed():
    make_subscriber(ADDRESS)
    Suppression.objects.create(address_hash=address_hash(ADDRESS), reason="complaint")


SITUATIONS = {
    "unknown": lambda client: None,
    "pending": lambda client: make_pending(ADDRESS),
    "active": lambda client: make_subscriber(ADDRESS),
    "left": lambda client: make_left(ADDRESS),
    "suppressed": lambda client: suppressed(),
    "limit reached": lambda client: (sign_up(client), send(client, path=MY_DATA)),
}
VARYING = {"X-Request-ID", "Date", "Expires"}


def shape_of(sql):
    """A statement without its values, and without the numbers of savepoints."""
    text = re.sub(r"'(?:[^']|'')*'", "?", sql)
    text = re.sub(r'"?s\d+_x\d+"?', "savepoint", text)
    return re.sub(r"\b\d+\b", "?", text)


def seen(client, path, headers):
    """Everything that whoever sends the form can see, and what is done meanwhile."""
    began = mark(client, path)
    with CaptureQueriesContext(connection) as captured:
        answer = send(client, ADDRESS, path=path, headers=headers, began=began)
    shapes = [shape_of(query["sql"]) for query in captured.captured_queries]
    followed = client.get(answer.url).content if answer.status_code == 302 else b""
    kept = {name: text for name, text in answer.headers.items() if name not in VARYING}
    assert mail.outbox == [] and not answer.cookies
    return answer.status_code, kept, answer.content, followed, shapes


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin"},
        {"X-Integration": "test", "Accept": "application/json"},
    ],
    ids=["browser", "program"],
)
@pytest.mark.parametrize("path", [SIGN_UP, MY_DATA])
def test_every_address_gets_the_same_answer_by_the_same_work(client, path, headers):
    found = {}
    for number, (name, prepare) in enumerate(SITUATIONS.items()):
        client.defaults["REMOTE_ADDR"] = f"203.0.{number}.7"
        send(client, "other@example.org", path=path)  # the counters have begun
        prepare(client)
        answer_requests()
        letters = Letter.objects.count()
        found[name] = seen(client, path, headers)
        assert Letter.objects.count() == letters
        clear()

    first = found["unknown"]
    assert first[0] in (202, 302) and len(first[4]) > 5
    for name, each in found.items():
        assert each == first, name


def clear():
    for model in (AddressRequest, Subscriber, Suppression, Letter):
        model.objects.all().delete()
    AttemptCount.objects.filter(purpose__in=[LETTERS, DATA_LETTERS]).delete()


def test_the_worker_answers_each_situation_by_at_most_one_letter(client):
    kinds = {}
    for name, prepare in SITUATIONS.items():
        prepare(client)
        answer_requests()
        before = Letter.objects.count()
        send(client, ADDRESS)
        answer_requests()
        new = Letter.objects.order_by("pk")[before:]
        kinds[name] = [letter.kind for letter in new]
        clear()

    assert kinds == {
        "unknown": ["confirm"],
        "pending": ["confirm"],
        "active": ["links"],
        "left": ["confirm"],
        "suppressed": [],
        "limit reached": [],
    }
