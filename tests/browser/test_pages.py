"""Pages in a real browser: axe, widths, scripts and no scripts."""

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from tests.browser.harness import violations, violations_in_every_sight
from tests.comparisons.factories import make_comparison
from tests.editorial.factories import make_publisher
from tests.editorial.test_public_pages import COMPARE, GENERATED, make_small_site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = [
    "/",
    "/methodology/",
    "/compare/",
    "/compare/engines/",
    "/compare/hardware/?side=card&side=nothing",
    GENERATED,
    COMPARE,
    f"{COMPARE}embed/",
    f"{COMPARE}history/",
    "/hardware/",
    "/hardware/?kind=apple_soc&memory_min=x",
    "/models/",
    "/tools/",
    "/tools/alpha/",
    "/hardware/card/",
    "/models/model/",
    "/methodology/confidence/",
    "/methodology/accuracy/",
    "/methodology/speed/",
    "/methodology/will-it-run/",
    "/will-it-run/",
    "/will-it-run/card/",
    "/will-it-run/card/model/",
    "/will-it-run/model/model/",
    "/benchmarks/test-row/",
    "/benchmarks/test-aggregate/",
    "/tools/alpha/changes/",
    "/hardware/card/changes/",
    "/models/model/changes/",
    "/compare/engines/beta-vs-nothing/",
    f"/report/?page={COMPARE}",
    f"/report/?page={COMPARE}&place=answer",
    "/report/thanks/",
    "/corrections/",
    "/nothing/",
]
PARTS = 4
"""Tests that the pages are spread over, so that several workers share them."""


def login_cookie(person, live_server):
    """The cookie of a session that `person` has begun."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": session.session_key,
        "url": live_server.url,
    }


@pytest.mark.parametrize("start", range(PARTS))
def test_public_pages_have_no_axe_violation_and_fit_a_phone(
    open_page, live_server, start
):
    make_small_site()
    page = open_page("/")

    for path in PAGES[start::PARTS]:
        page.goto(live_server.url + path)
        assert violations_in_every_sight(page) == [], path
        page.set_viewport_size({"width": 320, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_the_login_page_has_no_axe_violation(open_page):
    assert violations(open_page("/admin/login/")) == []


def test_ticked_rules_are_added_up_as_they_are_ticked(open_page):
    make_small_site()
    page = open_page(COMPARE)

    page.check("input[name=situation] >> nth=0")

    assert "speaks for Alpha" in page.inner_text("[data-rules-tally]")
    assert "situation=" in page.url


def test_rules_are_added_up_by_a_button_without_scripts(open_page):
    make_small_site()
    page = open_page(COMPARE, scripts=False)

    page.check("input[name=situation] >> nth=1")
    page.click("text=Add them up")

    assert "speaks for Beta" in page.inner_text("[data-rules-tally]")


def test_differences_only_hides_equal_rows_and_the_address_says_so(open_page):
    comparison = make_small_site()
    assert comparison.dimensions.count() == 3
    page = open_page(COMPARE)

    page.click("[data-matrix-differences]")

    assert "rows=differences" in page.url
    assert page.locator(".matrix--differences").count() == 1


def test_generated_facts_fold_to_the_differences_with_and_without_scripts(open_page):
    make_small_site()
    for scripts in (True, False):
        page = open_page(GENERATED, scripts=scripts)
        page.click("text=Differences only")

        assert "rows=differences" in page.url
        assert not page.is_visible("text=The same on every side")
        page.context.close()


def test_sides_typed_by_name_are_compared_without_scripts(open_page):
    make_small_site()
    page = open_page("/compare/engines/", scripts=False)

    page.fill("#side-1", "Draft one")
    page.fill("#side-2", "alpha")
    page.click(".choose button")

    assert page.url.endswith(GENERATED)
    assert page.is_visible("text=Generated from the catalogue")


def test_a_readers_choice_of_colours_is_kept(open_page):
    make_small_site()
    page = open_page(COMPARE)

    page.click("[data-theme-choice=dark]")
    page.reload()

    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_a_badge_explains_itself_without_scripts(open_page):
    make_small_site()
    page = open_page(COMPARE, scripts=False)

    page.click(".provenance .badge__name")

    assert page.is_visible("text=holds each claim against its source")


@pytest.mark.parametrize("width", [320, 1280])
def test_a_mark_explains_itself_without_scripts_and_fits(open_page, width):
    make_small_site()
    page = open_page("/hardware/card/", width=width, scripts=False)

    page.click(".fact-table .mark__name")

    meaning = page.locator(".fact-table .mark__meaning").first
    assert "INT8 derived = 2x FP16" in meaning.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_picker_offers_names_while_one_types(open_page, live_server):
    make_comparison(names=["Alpha", "Beta"])
    cookie = login_cookie(make_publisher(), live_server)
    page = open_page("/admin/comparisons/comparison/add/", cookies=[cookie])

    page.type("#id_sides-0-engine", "Alp")
    page.wait_for_selector("datalist option", state="attached")

    values = page.eval_on_selector_all(
        "datalist option", "all => all.map(o => o.value)"
    )
    assert values == ["Alpha"]
