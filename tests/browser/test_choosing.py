"""Choosing hardware and weighing it against the cloud, as a reader does it."""

import pytest
from playwright.sync_api import expect

from tests.browser.harness import violations_in_every_sight
from tests.calculators.buying_factories import make_card, make_hosted_price, make_llama
from tests.catalog.factories import make_price

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def shop():
    model = make_llama()
    make_hosted_price(model)
    for name, gib, bandwidth, price in (
        ("Small card", 8, 300, 200),
        ("Quick card", 12, 1000, 700),
        ("Dear card", 24, 2000, 1900),
    ):
        card = make_card(name, gib=gib, bandwidth=bandwidth)
        make_price(card, amount=price)
    make_card("Unpriced card")


def is_within(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_reader_chooses_shares_the_address_and_weighs_the_pick(open_page, shop):
    page = open_page("/", scripts=False)
    page.locator("#main").get_by_role("link", name="Choose my GPU").click()
    page.get_by_label("Budget (USD)").fill("800")
    page.get_by_label("Slots for cards").fill("1")
    page.get_by_label("Workstation cards").uncheck()
    page.get_by_role("button", name="Choose").click()

    expect(page.locator(".answer")).to_contain_text("Quick card")
    expect(page.locator(".pick")).to_have_count(2)
    expect(page.locator("#unpriced")).to_be_visible()
    assert "budget=800" in page.url
    assert "allow=workstation" not in page.url
    assert page.url.endswith("#answer")
    shared = open_page(page.url.split("/", 3)[3].join(["/", ""]), width=390)
    expect(shared.get_by_label("Budget (USD)")).to_have_value("800")
    expect(shared.get_by_label("Workstation cards")).not_to_be_checked()
    expect(shared.locator(".answer")).to_contain_text("Quick card")
    assert is_within(shared)

    pick = page.locator(".pick").filter(has_text="Quick card")
    pick.get_by_role("link", name="What it costs").click()

    expect(page.get_by_label("Hardware", exact=True)).to_have_value("quick-card")
    expect(page.locator(".answer")).to_contain_text("USD a million")
    page.get_by_label("Busy (hours a day)").fill("0")
    page.get_by_role("button", name="Work it out").click()
    expect(page.locator(".answer")).to_contain_text("Stay in the cloud.")


def test_what_the_address_says_wrongly_is_shown_where_it_stands(open_page, shop):
    page = open_page("/cost-vs-cloud/?hours=99&hardware=quick-card&months=none")

    notice = page.get_by_role("status").filter(has_text="was not understood")
    expect(notice).to_contain_text("Busy (hours a day)")
    notice.get_by_role("link", name="Kept (months)").click()

    expect(page.get_by_label("Kept (months)")).to_be_visible()
    expect(page.locator(".cost-chart svg")).to_be_visible()
    expect(page.get_by_role("row", name="your use")).to_be_visible()


PAGES = [
    "/choose-my-gpu/?budget=800",
    "/choose-my-gpu/?budget=x&allow=nothing",
    "/best-gpu/?need=chat-8b&budget=1000",
    "/cost-vs-cloud/?hardware=quick-card&hours=99",
    "/methodology/cost/",
]


@pytest.mark.parametrize("path", PAGES)
def test_the_pages_pass_axe_in_both_schemes_and_on_a_phone(open_page, shop, path):
    page = open_page(path)
    assert is_within(page)

    assert violations_in_every_sight(page) == []
    assert is_within(page)
