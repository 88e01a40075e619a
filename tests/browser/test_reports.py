"""A reader's report, from the claim to the public log, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from editorial import anonymous_forms
from editorial.models import Report
from tests.browser.harness import violations_in_every_sight
from tests.browser.test_pages import login_cookie
from tests.comparisons.factories import publish_document
from tests.editorial.factories import make_publisher
from tests.editorial.steps import edit
from tests.editorial.test_public_pages import COMPARE, make_small_site
from tests.reports.factories import make_correction, make_report

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = "The first sentence names the wrong engine."
DESK = "/admin/editorial/report/"


@pytest.fixture
def no_hurry(monkeypatch):
    """The browser types faster than a person; the clock has tests of its own."""
    monkeypatch.setattr(anonymous_forms, "SHORTEST_SECONDS", -1)


def test_from_the_claim_to_thanks_to_the_fix_to_the_log(
    open_page, live_server, no_hurry
):
    comparison = make_small_site()
    reader = open_page(COMPARE, width=390, scripts=False)
    link = reader.locator("#answer").get_by_role("link", name="Report a mistake")
    link.focus()
    reader.keyboard.press("Enter")
    expect(reader.locator("blockquote")).to_contain_text("Start with the first.")

    # a slip: nothing typed is lost, and the way back leads to the field
    reader.get_by_label("What is wrong").fill("Wrong.")
    reader.get_by_label("Your mail address").fill("reader@example.org")
    reader.get_by_role("button", name="Send the report").click()
    expect(reader.get_by_role("alert")).to_contain_text("at least 10 characters")
    expect(reader.get_by_label("Your mail address")).to_have_value("reader@example.org")
    reader.get_by_label("What is wrong").fill(WORDS)
    reader.get_by_role("button", name="Send the report").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text(
        "Your report has arrived"
    )
    assert reader.context.cookies() == []
    assert Report.objects.get().message == WORDS

    # the desk corrects the text, publishes it, and closes the report with it
    edit(comparison, answer="**Start with the second.** The first pays off later.")
    publish_document(comparison)
    cookie = login_cookie(make_publisher(), live_server)
    desk = open_page("/admin/", cookies=[cookie])
    desk.get_by_role("link", name=re.compile("Reports from readers")).first.click()
    desk.locator("#result_list th a").last.click()
    expect(desk.locator("ins").first).to_contain_text("second. ")
    desk.get_by_role("button", name="Take it").click()
    desk.locator("summary", has_text="Corrected").click()
    desk.get_by_label("What was wrong").fill("The answer named the first engine.")
    desk.get_by_label("What it says now").fill("It names the second.")
    desk.get_by_label("Corrected by").select_option("version-2")
    desk.get_by_role("button", name="Corrected").click()
    expect(desk.get_by_text("Fixed", exact=True)).to_be_visible()

    log = open_page("/corrections/", width=390)
    expect(log.get_by_role("main")).to_contain_text("It names the second.")
    log.get_by_role("link", name="Version 2").click()
    expect(log.get_by_role("heading", name="Corrections")).to_be_visible()


def test_the_desks_pages_of_reports_have_no_findings_of_axe(open_page, live_server):
    make_small_site()
    report, other = make_report(), make_report(mail_address="reader@example.org")
    cookie = login_cookie(make_publisher(), live_server)
    for path in (DESK, f"{DESK}{report.pk}/change/"):
        page = open_page(path, cookies=[cookie])
        for summary in page.locator("details.desk-card > summary").all():
            summary.click()
        assert violations_in_every_sight(page, narrow=768) == []
        page.context.close()
    assert other.is_open


def test_the_form_that_came_back_and_a_full_log_have_no_findings(open_page):
    make_small_site()
    make_correction()
    page = open_page(f"/report/?page={COMPARE}")
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert_fine(page)
    for path in ("/corrections/", f"{COMPARE}history/"):
        assert_fine(open_page(path))


def assert_fine(page):
    assert violations_in_every_sight(page) == []
    page.set_viewport_size({"width": 320, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
