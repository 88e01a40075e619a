"""Every page of the desk under axe, and the way to review by the keyboard alone."""

import itertools

import pytest

from editorial.vocabularies import ReviewState
from tests.browser.harness import violations
from tests.browser.test_pages import login_cookie
from tests.comparisons.factories import make_comparison
from tests.desk.test_steps import desk_url
from tests.desk.walked_rows import make_one_of_each, walk_of
from tests.editorial.factories import make_person, make_writer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIGHTS = list(itertools.product([1280, 768], ["light", "dark"]))
OF_ONE_MODEL = {"changelist", "change"}
"""Views whose page differs from model to model. The others are alike in all, but for
empty forms, which hold what the filled ones hold."""

IN_EVERY_SIGHT = {
    "admin:index",
    "admin:freshness",
    "admin:comparisons_comparison_changelist",
    "admin:comparisons_comparison_change",
    "admin:comparisons_comparison_comments",
    "admin:editorial_editorialevent_changelist",
}
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


@pytest.mark.parametrize("turn", range(len(SIGHTS)), ids=lambda turn: str(SIGHTS[turn]))
def test_no_page_of_the_desk_has_an_axe_violation(open_page, live_server, turn):
    """Each page at one width in one scheme, a few at every width in both."""
    make_one_of_each()
    person = make_person(is_superuser=True)
    pages = pages_of_the_desk(person)
    (width, scheme), cookie = SIGHTS[turn], login_cookie(person, live_server)
    page = open_page("/admin/", width=width, scheme=scheme, cookies=[cookie])
    own = [row for row in pages[turn :: len(SIGHTS)] if row[0] not in IN_EVERY_SIGHT]
    shared = [row for row in pages if row[0] in IN_EVERY_SIGHT]
    found = {}

    for name, url in own + shared:
        answer = page.goto(live_server.url + url)
        assert answer.status == 200, (name, url)
        assert page.url.startswith(live_server.url + url), f"{name} leads elsewhere"
        if wrong := violations(page):
            found[name] = wrong

    assert len(pages) > 100
    assert {name for name, _ in shared} == IN_EVERY_SIGHT
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
