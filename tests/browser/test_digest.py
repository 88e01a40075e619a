"""An issue in a real browser: the archive, the desk, and the mail."""

import pytest
from playwright.sync_api import expect

from newsletter.digest.mail import drawn_mail
from newsletter.models import Letter, Mailing
from tests.browser.harness import violations, violations_in_every_sight
from tests.browser.test_pages import login_cookie
from tests.comparisons.factories import publish_document
from tests.editorial.factories import make_publisher, make_source
from tests.newsletter.digest_factories import make_issue, make_item, make_subscriber

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DESK = "/admin/newsletter/digestissue/"
NOTE = "See [the log](/corrections/).\n\n- `one`\n- two"


def make_full_issue():
    """An issue with an item in every group, published."""
    issue = make_issue(items=0, slug="full", note=NOTE)
    for group in ("new", "updated", "corrected", "added", "prices"):
        make_item(issue, group=group, sources=[make_source()])
    return issue, publish_document(issue)


def test_the_archive_has_no_findings_and_fits(open_page):
    make_full_issue()
    for path in ("", "full/", "full/history/"):
        page = open_page(f"/newsletter/archive/{path}")
        assert violations_in_every_sight(page) == []
        page.set_viewport_size({"width": 320, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 700])
def test_the_mail_has_no_findings_and_needs_no_images(chromium, width, scheme):
    _, publication = make_full_issue()
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme
    )
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    page.set_content(drawn_mail(publication).html)

    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == {"light": "rgb(251, 250, 247)", "dark": "rgb(15, 17, 20)"}[scheme]
    assert asked == []
    context.close()


def test_the_desks_pages_of_a_full_issue_have_no_findings(open_page, live_server):
    issue, _ = make_full_issue()
    cookie = login_cookie(make_publisher(), live_server)
    for view in ("change", "mail"):
        page = open_page(f"{DESK}{issue.pk}/{view}/", cookies=[cookie])
        assert violations_in_every_sight(page, narrow=768) == []


def test_from_the_list_to_a_draft_to_its_test_and_its_mailing(open_page, live_server):
    issue, _ = make_full_issue()
    make_subscriber()
    publisher = make_publisher()
    cookie = login_cookie(publisher, live_server)
    desk = open_page(DESK, cookies=[cookie])
    desk.get_by_role("link", name="Begin the next issue").click()
    desk.get_by_role("button", name="Begin the next issue").click()
    expect(desk.get_by_text("is begun. Only the desk sees it.")).to_be_visible()

    desk.goto(f"{live_server.url}{DESK}{issue.pk}/change/")
    desk.get_by_role("link", name="As mail").click()
    phone = desk.frame_locator("iframe").first
    expect(phone.get_by_role("heading", level=1)).to_have_text(issue.title)
    desk.get_by_label("Addresses").fill("me@example.org")
    desk.get_by_role("button", name="Send a test").click()
    expect(desk.get_by_text("A test is on its way to me@example.org.")).to_be_visible()
    assert Letter.objects.get().address == "me@example.org"

    desk.get_by_role("link", name="Send to 1 subscriber").click()
    desk.get_by_label("I have read the mail").check()
    desk.get_by_role("button", name="Send to 1 subscriber").click()
    expect(desk.get_by_text("is on its way").first).to_be_visible()
    assert Mailing.objects.get().started_by == publisher
