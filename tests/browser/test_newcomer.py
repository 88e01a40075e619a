"""What a newcomer looks for, found by clicking and by searching, in the real data."""

import re

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from benchmarks.models import Benchmark
from catalog.models import GIB, Engine, Hardware

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def catalogue():
    call_command("load_catalog", verbosity=0)


def tick(page, name):
    """An option's name is followed by the number of its rows."""
    page.wait_for_load_state()  # before its script a tick changes no list
    words = re.compile(f"^{re.escape(name)}( , rows|$)")
    page.get_by_role("checkbox", name=words).check()


def rows_are(page, count):
    expect(page.locator("tbody tr")).to_have_count(count)


def the_bandwidth_is_proved(page):
    """The figure, its unit, and the page that gives it."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Apple M4 Max")
    fact = page.get_by_role("row", name="Memory bandwidth")
    expect(fact).to_contain_text("546")
    expect(fact).to_contain_text("GB/s")
    proof = fact.get_by_role("link").first
    assert proof.get_attribute("href").startswith("https://")


def llama_rows():
    return Benchmark.objects.public().filter(
        ai_model__slug="llama-3-8b-instruct", hardware__slug="rtx-4090"
    )


def test_by_clicking(open_page, catalogue):
    page = open_page("/")
    links = page.get_by_role("navigation", name="Sections")

    # the bandwidth of an M4 Max with its source
    links.get_by_role("link", name="Hardware").click()
    tick(page, "Apple chip")
    page.get_by_role("link", name="Apple M4 Max", exact=True).click()
    the_bandwidth_is_proved(page)

    # all 24 GB cards by price
    links.get_by_role("link", name="Hardware").click()
    tick(page, "GPU")
    tick(page, "24 GB")
    page.get_by_label("Order").select_option("price")
    cards = Hardware.objects.with_lowest_price().filter(
        kind="gpu", memory_bytes=24 * GIB
    )
    rows_are(page, cards.count())
    cheapest = cards.exclude(lowest_price_usd=None).order_by("lowest_price_usd")[0]
    expect(page.locator("tbody tr").first).to_contain_text(cheapest.name)

    # every benchmark of Llama 3 8B on an RTX 4090
    links.get_by_role("link", name="Benchmarks").click()
    tick(page, "Llama 3 8B Instruct")
    tick(page, "NVIDIA GeForce RTX 4090")
    tick(page, "Doubtful rows too")
    tick(page, "Rows older than 24 months too")
    rows_are(page, llama_rows().count())

    # which tools run GGUF on AMD under Windows
    links.get_by_role("link", name="Tools").click()
    tick(page, "Windows")
    tick(page, "AMD ROCm")
    tick(page, "GGUF")
    tools = Engine.objects.filter(
        Engine.objects.supporting("operating_system", ["windows"]),
        Engine.objects.supporting("backend", ["amd_rocm"]),
        Engine.objects.supporting("format", ["gguf"]),
    )
    rows_are(page, tools.count())
    expect(page.get_by_role("rowheader", name="Ollama")).to_be_visible()


def test_by_searching(open_page, catalogue):
    page = open_page("/")
    box = page.get_by_role("combobox", name="Search the site")

    # the bandwidth of an M4 Max with its source
    page.keyboard.press("/")
    expect(box).to_be_focused()
    page.keyboard.type("m4 max bandwidth")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Apple M4 Max").click()
    the_bandwidth_is_proved(page)

    # all 24 GB cards by price
    box.fill("24 GB")
    box.press("Enter")
    page.get_by_role("link", name="Show all 24 of Hardware").click()
    page.get_by_role("link", name="Filter and sort these in the list").click()
    tick(page, "GPU")
    page.get_by_label("Order").select_option("price")
    rows_are(page, Hardware.objects.filter(kind="gpu", memory_bytes=24 * GIB).count())

    # every benchmark of Llama 3 8B on an RTX 4090
    box.fill("llama 3 8b 4090")
    box.press("Enter")
    found = page.get_by_role("region", name="Measured set-ups").get_by_role("link")
    expect(found.first).to_contain_text("on GeForce RTX 4090")

    # which tools run GGUF on AMD under Windows
    box.fill("gguf amd windows")
    box.press("Enter")
    tools = page.get_by_role("region", name="Tools").get_by_role("link")
    expect(tools.filter(has_text="KoboldCpp")).to_be_visible()
