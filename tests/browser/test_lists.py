"""Lists in a real browser: in place with scripts, by plain requests without."""

import pytest
from playwright.sync_api import expect

from catalog.models import GIB
from tests.catalog.factories import make_hardware, make_vendor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cards():
    maker = make_vendor("Maker")
    for number in range(55):
        make_hardware(f"Small {number:02}", vendor=maker, memory_bytes=8 * GIB)
    make_hardware("Big card", vendor=maker, memory_bytes=48 * GIB)
    make_hardware("Big chip", kind="apple_soc", memory_bytes=64 * GIB)


def test_ticking_narrows_in_place_and_the_address_follows(open_page, cards):
    page = open_page("/hardware/")
    page.evaluate("window.isTheSamePage = true")

    page.get_by_label("Apple chip").check()

    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.get_by_role("rowheader", name="Big chip")).to_be_visible()
    expect(page).to_have_url(page.url.split("?")[0] + "?kind=apple_soc")
    expect(page.locator("[data-listing-status]")).to_have_text("1 piece of hardware")
    assert page.evaluate("window.isTheSamePage")


def test_what_was_ticked_before_the_scripts_came_counts(open_page, live_server, cards):
    page, waiting = open_page("/"), []
    page.route("**/listing.js", lambda route: waiting.append(route))

    page.goto(f"{live_server.url}/hardware/", wait_until="commit")
    page.get_by_label("Apple chip").check()
    page.get_by_text("Columns", exact=True).click()
    page.get_by_label("Interface").check()
    expect(page.locator("tbody tr")).to_have_count(50)
    waiting[0].continue_()

    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.get_by_role("columnheader", name="Interface")).to_be_visible()
    assert "kind=apple_soc" in page.url


def test_ticks_in_quick_succession_are_all_kept(open_page, cards):
    make_hardware("Workstation chip", kind="apple_soc", segment="workstation")
    page = open_page("/hardware/")

    page.evaluate(
        "['kind-apple_soc', 'segment-workstation'].forEach("
        "id => document.getElementById(id).click())"
    )

    expect(page.locator("tbody tr")).to_have_count(1)
    assert "kind=apple_soc" in page.url
    assert "segment=workstation" in page.url


def test_the_back_button_brings_the_rows_back(open_page, cards):
    page = open_page("/hardware/")
    page.get_by_label("Apple chip").check()
    expect(page.locator("tbody tr")).to_have_count(1)

    page.go_back()

    expect(page.locator("tbody tr")).to_have_count(50)
    expect(page.get_by_label("Apple chip")).not_to_be_checked()


def test_order_and_columns_are_chosen_without_a_reload(open_page, cards):
    page = open_page("/hardware/")

    page.get_by_label("Order").select_option("-memory")
    expect(page.locator("tbody tr").first).to_contain_text("Big chip")
    page.get_by_text("Columns", exact=True).click()
    page.get_by_label("Interface").check()

    expect(page.get_by_role("columnheader", name="Interface")).to_be_visible()
    assert "sort=-memory" in page.url
    assert "columns=interface" in page.url


def test_a_word_in_the_box_narrows_while_one_types(open_page, cards):
    page = open_page("/hardware/")

    page.get_by_label("Search within").press_sequentially("big", delay=20)

    expect(page.locator("tbody tr")).to_have_count(2)
    expect(page.get_by_label("Search within")).to_be_focused()
    expect(page.get_by_label("Search within")).to_have_value("big")


def test_ticks_last_over_pages_and_filters_and_lead_to_the_comparison(open_page, cards):
    page = open_page("/hardware/?sort=name")
    page.get_by_label("Compare Big card").check()
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_text("Page 2 of 2")).to_be_visible()
    page.get_by_label("Compare Small 54").check()

    expect(page.get_by_text("Big card · Small 54.")).to_be_visible()
    page.get_by_role("button", name="Compare").click()

    page.wait_for_url("**/compare/hardware/big-card-vs-small-54/")


def test_no_more_than_four_rows_can_be_ticked(open_page, cards):
    page = open_page("/hardware/?sort=name")
    boxes = page.locator("tbody input[name=side]")

    for place in range(4):
        boxes.nth(place).check()

    expect(boxes.nth(4)).to_be_disabled()
    page.get_by_role("button", name="Clear").click()
    expect(boxes.nth(4)).to_be_enabled()


def test_without_scripts_the_form_does_the_same(open_page, cards):
    page = open_page("/hardware/", scripts=False)

    page.get_by_label("Apple chip").check()
    page.get_by_role("button", name="Show the rows").click()

    expect(page.locator("tbody tr")).to_have_count(1)
    assert "kind=apple_soc" in page.url


def test_on_a_phone_the_filters_open_and_every_cell_names_its_column(open_page, cards):
    page = open_page("/hardware/?kind=apple_soc", width=390)
    expect(page.get_by_label("Search within")).to_be_hidden()

    page.get_by_text("Filters", exact=True).click()

    expect(page.get_by_label("Search within")).to_be_visible()
    cell = page.locator("tbody td[data-label='Memory (GB)']")
    shown = cell.evaluate("cell => getComputedStyle(cell, '::before').content")
    assert shown == '"Memory (GB)"'
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
