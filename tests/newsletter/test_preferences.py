"""What one subscriber gets: the digest, a pause, and what they watch."""

import datetime
import re

import pytest
from django.utils import timezone

from editorial.search.index import rebuild
from newsletter.models import Subscriber
from newsletter.subscriptions import MOST_WATCHES
from newsletter.tokens import PREFERENCES, make_token
from newsletter.watching import target_called
from tests.catalog.factories import make_ai_model, make_engine, make_hardware
from tests.comparisons.factories import make_comparison, make_published_comparison
from tests.newsletter.factories import make_left, make_pending, make_subscriber
from tests.page_words import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader():
    return make_subscriber("reader@example.org")


def path_of(row):
    return f"/newsletter/preferences/{make_token(PREFERENCES, row)}/"


def test_the_digest_can_be_switched_off_and_on(client, reader):
    off = client.post(path_of(reader), {"pause": "no"})
    reader.refresh_from_db()
    assert off.status_code == 302 and not reader.wants_digest
    assert "You get nothing at present" in words_of(client.get(path_of(reader)))

    client.post(path_of(reader), {"pause": "no", "wants_digest": "on"})
    reader.refresh_from_db()
    assert reader.wants_digest


@pytest.mark.parametrize(("pause", "days"), [("1", 30), ("2", 60), ("3", 90)])
def test_a_pause_of_months_leaves_the_digest_out_until_it_ends(
    client, reader, pause, days
):
    client.post(path_of(reader), {"pause": pause, "wants_digest": "on"})

    today = timezone.now().date()
    end = today + datetime.timedelta(days=days)
    reader.refresh_from_db()
    assert reader.paused_until == end
    wanting = Subscriber.objects.wanting_digest
    assert not wanting(end - datetime.timedelta(days=1)).exists()
    assert wanting(end).exists()
    page = client.get(path_of(reader))
    assert page.context["form"]["until"].value() == end


@pytest.mark.parametrize(
    ("until", "sentence"),
    [
        ("", "a day that is still to come"),
        ("2020-01-01", "a day that is still to come"),
        ("2199-01-01", "one year at most"),
        ("soon", "Write the day as"),
    ],
)
def test_a_day_that_cannot_be_is_named(client, reader, until, sentence):
    response = client.post(path_of(reader), {"pause": "until", "until": until})

    assert response.status_code == 422 and sentence in words_of(response)
    reader.refresh_from_db()
    assert reader.paused_until is None and reader.wants_digest


def test_each_kind_of_thing_can_be_watched_and_taken_off(client, reader):
    comparison = make_published_comparison(names=["Alpha", "Beta"])
    make_comparison(names=["Draft one", "Draft two"])
    make_hardware("Card")
    make_ai_model("Model")
    names = ["engine:alpha", "hardware:card", "model:model"]
    names.append("comparison:/compare/engines/alpha-vs-beta/")
    keys = [target_called(name).key for name in names]

    for key in [*keys, keys[0]]:
        assert client.post(path_of(reader), {"add": key}).status_code == 302
    watches = {(row.type, row.target_uid) for row in reader.watches.all()}
    assert len(watches) == 4 and ("comparison", comparison.uid) in watches
    page = client.get(path_of(reader))
    assert "Alpha vs Beta" in words_of(page)

    for key in keys:
        client.post(path_of(reader), {"remove": key})
    assert not reader.watches.exists()


@pytest.mark.parametrize(
    "name",
    [
        *("engine:nothing", "verdict:alpha", "engine", ":", "engine:"),
        "comparison:/compare/engines/draft-one-vs-draft-two/",
        "comparison:00000000-0000-0000-0000-000000000000",
    ],
)
def test_what_is_not_there_cannot_be_watched(client, reader, name):
    make_comparison(names=["Draft one", "Draft two"])

    response = client.post(path_of(reader), {"add": name})

    assert response.status_code == 422 and not reader.watches.exists()


def test_the_search_offers_what_can_be_watched_and_changes_nothing(client, reader):
    make_published_comparison(names=["Alpha", "Beta"])
    rebuild()

    page = client.get(path_of(reader), {"q": "alpha"})

    found = [target.key.partition(":")[0] for target, _ in page.context["found"]]
    assert sorted(found) == ["comparison", "engine"]
    assert not reader.watches.exists()
    nothing = client.get(path_of(reader), {"q": "<b>zzzz"})
    assert "Nothing that can be watched" in words_of(nothing)


def test_the_list_has_an_end(client, reader):
    for number in range(MOST_WATCHES):
        reader.watches.create(type="engine", target_uid=make_engine().uid)
        assert number < MOST_WATCHES
    one_more = target_called(f"engine:{make_engine('More').slug}")

    response = client.post(path_of(reader), {"add": one_more.key})

    assert response.status_code == 422
    assert reader.watches.count() == MOST_WATCHES


def test_number_of_statements_does_not_grow_with_the_list(
    client, reader, django_assert_num_queries
):
    for _ in range(5):
        reader.watches.create(type="engine", target_uid=make_engine().uid)
    client.get(path_of(reader))

    with django_assert_num_queries(4):  # row, watches, names, releases
        client.get(path_of(reader))


@pytest.mark.parametrize("make", [make_pending, make_left])
def test_only_a_subscriber_has_preferences(client, make):
    row = make()

    assert client.get(path_of(row)).status_code == 410
    assert client.post(path_of(row), {"pause": "no"}).status_code == 410


def test_the_page_of_a_fact_leads_to_the_sign_up(client):
    make_engine("Alpha")

    page = client.get("/tools/alpha/").content.decode()

    assert 'href="/newsletter/?watch=engine:alpha"' in page


def test_a_comparison_offers_to_be_watched(client):
    comparison = make_published_comparison(names=["Alpha", "Beta"])

    page = client.get("/compare/engines/alpha-vs-beta/").content.decode()
    (link,) = re.findall(r'href="(/newsletter/\?watch=[^"]*)"', page)

    assert comparison.title in client.get(link).content.decode()
