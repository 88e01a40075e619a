"""Every page of the desk under axe, and the way to review by the keyboard alone."""

import pytest

from editorial.vocabularies import ReviewState
from tests.browser.harness import violations_in_every_sight
from tests.browser.test_pages import login_cookie
from tests.comparisons.factories import make_comparison
from tests.desk.test_steps import desk_url
from tests.desk.walked_rows import make_one_of_each, walk_of
from tests.editorial.factories import make_person, make_writer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PARTS = 4
"""Tests that the pages are spread over, so that several workers share them."""
OF_ONE_MODEL = {"changelist", "change"}
"""Views whose page differs from model to model. The others are alike in all, but for
empty forms, which hold what the filled ones hold."""

ASKED = {"diff": "?old=draft&new=draft"}
"""What an address is asked, where nothing would lead to another page."""


def pages_of_the_desk(person):
    """(name, address) of every page of the walk; of pages that are alike the first."""
    pages = {}
    for pair in walk_of(person):
        if pair.is_page:
            name = pair.key if pair.view in OF_ONE_MODEL else pair.view
            pages.setdefault(name, (pair.key, pair.url + ASKED.get(pair.view, "")))
    return list(pages.values())


@pytest.mark.parametrize("start", range(PARTS))
def test_no_page_of_the_desk_has_an_axe_violation(open_page, live_server, start):
    make_one_of_each()
    person = make_person(is_superuser=True)
    pages = pages_of_the_desk(person)
    page = open_page("/admin/", cookies=[login_cookie(person, live_server)])
    found = {}

    for name, url in pages[start::PARTS]:
        answer = page.goto(live_server.url + url)
        assert answer.status == 200, (name, url)
        assert page.url.startswith(live_server.url + url), f"{name} leads elsewhere"
        if wrong := violations_in_every_sight(page, narrow=768):
            found[name] = wrong

    assert len(pages) > 100
    assert found == {}


STOP = """() => {
  const at = document.activeElement, style = getComputedStyle(at);
  const isMarked = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  return {text: (at.innerText || at.value || "").trim(), what: at.id || at.tagName,
          isMarked: isMarked || style.boxShadow !== "none"};
}"""
MOST_STOPS = 30


def tab_to(page, text):
    """Tab until what is focused says `text`; every stop has to show the focus."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        assert stop["isMarked"], stop
        if stop["text"] == text:
            return
    raise AssertionError(f"{MOST_STOPS} presses of Tab do not lead to {text}.")


def test_a_text_is_sent_to_review_with_the_keyboard_alone(open_page, live_server):
    comparison = make_comparison()
    cookie = login_cookie(make_writer(), live_server)
    page = open_page(desk_url(comparison, "change"), cookies=[cookie])

    tab_to(page, "Skip to main content")
    page.keyboard.press("Enter")
    tab_to(page, "Go to status and next steps")
    page.keyboard.press("Enter")
    tab_to(page, "Send to review")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    tab_to(page, "Skip to main content")
    page.keyboard.press("Enter")
    tab_to(page, "Send to review")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    comparison.refresh_from_db()
    assert comparison.review_state == ReviewState.IN_REVIEW
