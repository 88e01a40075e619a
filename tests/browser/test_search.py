"""The search in a real browser: keys, a screen reader's view, a phone, no scripts."""

import re

import pytest

from editorial.search.index import rebuild
from tests.browser.harness import violations, violations_in_every_sight
from tests.catalog.factories import make_hardware
from tests.editorial.test_public_pages import make_small_site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BOX = "#site-search-text"
OPTIONS = "#site-search-options"


@pytest.fixture
def cards():
    make_small_site()
    for name in ("Quokka 4090", "Quokka 4090 Ti", "Wombat 3090"):
        make_hardware(name)
    rebuild()


def suggested(page, text):
    """Type `text` into the box of the header, and wait for its suggestions."""
    page.type(BOX, text)
    page.wait_for_selector(f"{OPTIONS} [role=option]")


def state(page, name):
    return page.get_attribute(BOX, name)


@pytest.mark.parametrize("path", ["/search/?q=quokka", "/search/?q=quokak", "/search/"])
def test_the_page_has_no_axe_violation_and_fits_a_phone(open_page, cards, path):
    page = open_page(path)

    assert violations_in_every_sight(page) == []
    page.set_viewport_size({"width": 320, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("width", [390, 1280])
def test_open_suggestions_have_no_axe_violation(open_page, cards, width):
    page = open_page("/", width=width)

    suggested(page, "quokka")
    page.keyboard.press("ArrowDown")

    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_keys_alone_lead_from_any_page_to_what_was_meant(open_page, cards):
    page = open_page("/methodology/")
    page.keyboard.press("/")
    suggested(page, "quokka 40")

    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = page.inner_text(f"#{state(page, 'aria-activedescendant')}")
    page.keyboard.press("Enter")

    page.wait_for_url(re.compile("/hardware/quokka-4090-ti/"))
    assert "Quokka 4090 Ti" in chosen


def test_a_screen_reader_is_told_what_is_offered(open_page, cards):
    page = open_page("/")
    assert (state(page, "role"), state(page, "aria-expanded")) == ("combobox", "false")

    suggested(page, "quokka")

    assert state(page, "aria-expanded") == "true"
    assert state(page, "aria-controls") == OPTIONS.removeprefix("#")
    assert page.inner_text("[data-search-status]") == (
        "2 suggestions. Use the arrow keys."
    )


def test_the_arrows_go_round_through_the_box(open_page, cards):
    page = open_page("/")
    suggested(page, "quokka")

    page.keyboard.press("ArrowUp")
    last = state(page, "aria-activedescendant")
    page.keyboard.press("ArrowDown")

    assert last == "site-search-option-2"
    assert state(page, "aria-activedescendant") is None


def test_escape_closes_the_suggestions_and_keeps_the_words(open_page, cards):
    page = open_page("/")
    suggested(page, "quokka")

    page.keyboard.press("Escape")

    assert not page.is_visible(OPTIONS)
    assert page.input_value(BOX) == "quokka"


def test_enter_without_a_choice_opens_the_search_page(open_page, cards):
    page = open_page("/")
    suggested(page, "quokka")

    page.keyboard.press("Enter")

    page.wait_for_url(re.compile(r"/search/\?q=quokka"))
    assert page.locator("mark").first.inner_text() == "Quokka"


def test_a_suggestion_can_be_clicked(open_page, cards):
    page = open_page("/")
    suggested(page, "wombat")

    page.click(f"{OPTIONS} [role=option]")

    page.wait_for_url(re.compile("/hardware/wombat-3090/"))


def test_a_slash_in_a_field_stays_a_slash(open_page, cards):
    page = open_page("/search/")

    page.click("#search-text")
    page.keyboard.type("a/b")

    assert page.input_value("#search-text") == "a/b"


def test_the_box_works_without_scripts_on_a_phone(open_page, cards):
    page = open_page("/", width=390, scripts=False)

    page.fill(BOX, "gefroce quokka")
    page.press(BOX, "Enter")

    assert "/search/" in page.url
    assert page.is_visible("text=Quokka 4090")
