"""Leaving: one click of a mail program, or a page with a button."""

import pytest
from django.test import Client

from newsletter.addresses import leave_address, preferences_address
from newsletter.models import Subscriber
from newsletter.subscriptions import watch
from newsletter.tokens import LEAVE, PREFERENCES, make_token
from newsletter.watching import target_called
from tests.catalog.factories import make_engine
from tests.newsletter.factories import make_left, make_pending, make_subscriber
from tests.page_words import words_of

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def path_of(row):
    return f"/newsletter/leave/{make_token(LEAVE, row)}/"


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": "https://mail.example", "Sec-Fetch-Site": "cross-site"}]
)
def test_one_click_needs_no_cookie_no_origin_and_no_second_page(headers):
    row = make_subscriber()
    strict = Client(enforce_csrf_checks=True)

    response = strict.post(path_of(row), ONE_CLICK, headers=headers)

    assert response.status_code == 200 and not response.cookies
    row.refresh_from_db()
    assert row.state == "left" and row.left_at is not None


def test_one_click_is_understood_as_multipart_and_as_a_plain_form(client):
    for kind in (
        "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded",
    ):
        row = make_subscriber()
        body = "List-Unsubscribe=One-Click"
        if kind.startswith("multipart"):
            body = (
                '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\n'
                "One-Click\r\n--x--\r\n"
            )
        client.generic("POST", path_of(row), body, content_type=kind)
        row.refresh_from_db()
        assert row.state == "left"


@pytest.mark.parametrize("method", ["get", "head", "options", "put", "delete"])
def test_opening_the_page_changes_nothing(client, method):
    row = make_subscriber()

    getattr(client, method)(path_of(row))

    row.refresh_from_db()
    assert row.state == "active"


def test_the_button_ends_all_mail_and_takes_a_reason(client):
    row = make_subscriber("reader@example.org")
    make_engine("Alpha")
    watch(row, target_called("engine:alpha"))
    page = client.get(path_of(row))
    assert "r…@example.org" in words_of(page) and "Rather pause" in words_of(page)

    done = client.post(path_of(row), {"reason": "too_much", "remark": "Every day!"})

    row.refresh_from_db()
    assert "You have left" in words_of(done)
    assert (row.state, row.leave_reason) == ("left", "too_much")
    assert row.leave_remark == "Every day!" and not row.watches.exists()


def test_a_reason_may_follow_and_a_wrong_one_keeps_nobody(client):
    row = make_subscriber()

    first = client.post(path_of(row), {"reason": "nonsense", "remark": "x" * 900})
    row.refresh_from_db()
    assert first.status_code == 200 and row.state == "left"
    moment = row.left_at
    client.post(path_of(row), {"reason": "other"})
    client.post(path_of(row), ONE_CLICK)

    row.refresh_from_db()
    assert (row.leave_reason, row.left_at) == ("other", moment)


def test_whoever_never_confirmed_is_erased_by_leaving(client):
    row = make_pending()

    assert client.post(path_of(row), ONE_CLICK).status_code == 200
    assert client.post(path_of(row), ONE_CLICK).status_code == 200
    assert not Subscriber.objects.exists()


def test_links_say_nothing_of_the_address_and_fit_no_other_purpose(client, settings):
    row = make_subscriber("reader@example.org")

    for address in (leave_address(row), preferences_address(row)):
        assert address.startswith(f"{settings.SITE_URL}/newsletter/")
        assert "reader" not in address and str(row.uid) not in address
    wrong = make_token(PREFERENCES, row)
    assert client.post(f"/newsletter/leave/{wrong}/", ONE_CLICK).status_code == 404
    row.refresh_from_db()
    assert row.state == "active"


@pytest.mark.parametrize("name", ["confirm", "leave", "preferences", "my-data/open"])
def test_pages_behind_links_stay_private(client, name):
    purposes = {"my-data/open": "data"}
    token = make_token(purposes.get(name, name), make_subscriber())

    for path in (f"/newsletter/{name}/{token}/", f"/newsletter/{name}/{token[:-2]}/"):
        response = client.get(path)
        assert response["Cache-Control"] == "no-store"
        assert response["Referrer-Policy"] == "no-referrer"
        assert "noindex" in response["X-Robots-Tag"]
        assert token[:20] not in words_of(response)
        assert f"page=/newsletter/{name}" not in response.content.decode()
        assert not response.cookies


def test_a_link_of_somebody_erased_says_what_to_do(client):
    row = make_left()
    path, other = (
        path_of(row),
        f"/newsletter/preferences/{make_token(PREFERENCES, row)}/",
    )
    row.delete()

    assert "You have left" in words_of(client.get(path))
    assert "No subscription belongs to it" in words_of(client.get(other))
