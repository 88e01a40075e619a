"""From “New comparison” to “in review” with the keyboard alone, and axe on the way."""

import pytest

from comparisons.models import Comparison
from editorial.vocabularies import ReviewState
from tests.browser.test_pages import login_cookie
from tests.catalog.factories import make_engine
from tests.comparisons.test_beginning import add_usual_rows
from tests.editorial.factories import make_writer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_PRESSES = 12
MOST_TABS = 400
WORDS = {
    "thesis": "One is quick to start, the other quick to run.",
    "description": "A comparison made for a test, with a description long enough.",
    "answer": "**Start with the first.** The second pays off later.",
    "verdict": "Take the first unless the second suits you better.",
    "what_would_change": "A simpler way to install the second.",
    "verified_on": "11202026",
    "one_liner": "An engine made for a test.",
    "choose_if": "You like it",
    "situation": "You want a quiet life",
    "reason": "So the page says.",
    "title": "It stops",
    "trigger": "A bad file",
    "symptom": "A message",
    "mitigation": "Take another file",
    "value": "Strong",
}
FOCUSED = """() => {
  const at = document.activeElement;
  return {name: at.name || "", text: at.innerText || at.value || "", tag: at.tagName,
          value: at.value || ""};
}"""


def tab_to(page, is_wanted):
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if is_wanted(focused):
            return focused
    raise AssertionError("The keyboard does not reach it.")


def enter(page):
    """Press what is focused; one of the presses that are counted."""
    with page.expect_navigation():
        page.keyboard.press("Enter")
    return 1


def press(page, text):
    """Go to what says `text`, and press it."""
    tab_to(page, lambda at: at["text"].strip() == text)
    return enter(page)


def fill_until(page, text, second_side):
    """Type what each empty field asks for, up to the button that says `text`."""

    def is_button(at):
        word = WORDS.get(at["name"].rsplit("-", 1)[-1].rsplit("_", 1)[-1])
        word = WORDS.get(at["name"].rsplit("-", 1)[-1], word)
        if at["name"] == "failure_modes-0-side":
            word = "Alpha"
        if at["name"] == "failure_modes-1-side":
            word = second_side
        if word and not at["value"]:
            page.keyboard.type(word)
        return at["text"].strip() == text

    tab_to(page, is_button)
    return enter(page)


def test_a_new_pair_is_sent_to_review_in_few_presses_and_no_click(
    open_page, live_server
):
    add_usual_rows()
    make_engine("Alpha")
    make_engine("Beta")
    cookie = login_cookie(make_writer(), live_server)
    page = open_page("/admin/", cookies=[cookie])

    tab_to(page, lambda at: "Name its kind" in at["text"])
    presses = enter(page)
    page.wait_for_function("document.activeElement.tagName === 'INPUT'")
    page.keyboard.type("Alpha")
    page.keyboard.press("Tab")
    page.keyboard.type("Beta")
    presses += press(page, "Start the draft")
    presses += fill_until(page, "Save and continue editing", "Beta")
    presses += press(page, "Send to review")
    owed = page.locator(".desk-problems li").all_inner_texts()
    presses += press(page, "Send to review")

    assert owed == []
    assert presses <= MOST_PRESSES
    comparison = Comparison.objects.get()
    assert comparison.review_state == ReviewState.IN_REVIEW
