"""From the foot of a page to the subscription, and out of it, in a real browser."""

import pytest
from playwright.sync_api import expect

from editorial import anonymous_forms
from newsletter.asking import answer_requests
from newsletter.models import AddressRequest, Letter, Subscriber
from newsletter.tokens import CONFIRM, DATA, LEAVE, PREFERENCES, make_token
from tests.browser.harness import violations, violations_in_every_sight
from tests.catalog.factories import make_engine
from tests.newsletter.factories import (
    make_left,
    make_pending,
    make_subscriber,
    path_in,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def no_hurry(monkeypatch):
    """The browser types faster than a person; the clock has tests of its own."""
    monkeypatch.setattr(anonymous_forms, "SHORTEST_SECONDS", -1)
    monkeypatch.setattr(anonymous_forms, "STEP_SECONDS", -1)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_from_the_foot_to_confirmed_to_left(open_page, live_server, scripts):
    page = open_page("/privacy/", width=390, scripts=scripts)
    foot = page.get_by_role("contentinfo")
    field = foot.get_by_label("Mail address for the digest")
    if scripts:
        with page.expect_response("**/newsletter/mark/"):
            field.focus()
        expect(foot.locator("input[name=began]")).not_to_have_value("")
    field.fill("reader@example.org")
    foot.get_by_role("button", name="Sign up").click()
    heading = page.get_by_role("heading", level=1)
    if not scripts:
        expect(heading).to_have_text("One more press")
        expect(page.get_by_label("Your mail address")).to_have_value(
            "reader@example.org"
        )
        page.get_by_role("button", name="Yes, send it").click()
    expect(heading).to_have_text("Look into your mail")
    assert AddressRequest.objects.count() == 1

    answer_requests()
    letter = Letter.objects.get()
    page.goto(f"{live_server.url}{path_in(letter, 'confirm')}")
    page.get_by_role("button", name="Yes, send it to me").click()
    expect(heading).to_have_text("You are subscribed")
    row = Subscriber.objects.get()
    assert row.state == "active"

    page.goto(f"{live_server.url}/newsletter/leave/{make_token(LEAVE, row)}/")
    page.get_by_label("Too much mail").check()
    page.get_by_role("button", name="Send me no more mail").click()
    expect(heading).to_have_text("You have left")
    row.refresh_from_db()
    assert (row.state, row.leave_reason) == ("left", "too_much")
    assert page.context.cookies() == []


def test_pages_have_no_findings_and_fit(open_page, live_server):
    engine = make_engine("Alpha")
    reader, waiting, left = make_subscriber(), make_pending(), make_left()
    reader.watches.create(type="engine", target_uid=engine.uid)
    tokens = {
        "confirm": make_token(CONFIRM, waiting),
        "leave": make_token(LEAVE, reader),
        "preferences": make_token(PREFERENCES, reader),
        "my-data/open": make_token(DATA, reader),
    }
    paths = [f"{page}/{token}/" for page, token in tokens.items()]
    paths += [f"leave/{make_token(LEAVE, left)}/", "confirm/wrong/", "my-data/"]
    paths += ["?watch=engine:alpha", "asked/", "../privacy/"]
    page = open_page("/newsletter/")
    for path in paths:
        page.goto(f"{live_server.url}/newsletter/{path}")
        assert violations_in_every_sight(page, narrow=320) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_a_form_that_came_back_leads_to_its_field(open_page):
    page = open_page("/newsletter/", width=390)
    page.get_by_label("Your mail address").fill("größe@example.org")
    page.get_by_role("button", name="Sign up").click()

    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("plain letters")
    alert.get_by_role("link").click()
    expect(page.get_by_label("Your mail address")).to_be_focused()
    assert violations(page) == []
