"""Two editors at one text, what is typed and not saved, and a reader with a link."""

import uuid

import pytest

from editorial.models import Checkpoint, Comment, PreviewLink, Scratch
from tests.browser.harness import violations_in_every_sight
from tests.browser.test_pages import login_cookie
from tests.comparisons.factories import make_comparison, publish_document
from tests.editorial.factories import make_publisher, make_writer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SAVE = '[name="_continue"]'


def saved(page):
    with page.expect_navigation():
        page.locator(SAVE).click()


def words(page):
    return page.locator("#content").inner_text()


def test_two_editors_at_once_lose_no_word(open_page, live_server):
    comparison = make_comparison(
        thesis="As it was.", verdict="The verdict as it was. It has two sentences."
    )
    url = f"/admin/comparisons/comparison/{comparison.pk}/change/"
    anna = open_page(url, cookies=[login_cookie(make_writer("anna"), live_server)])
    bert = open_page(url, cookies=[login_cookie(make_writer("bert"), live_server)])
    bert.locator("[data-present]", has_text="anna has").first.wait_for()

    anna.fill("#id_thesis", "The thesis of Anna.")
    anna.fill("#id_verdict", "The verdict of Anna. It has two sentences.")
    anna.check("#id_rules-1-DELETE")
    saved(anna)
    bert.fill("#id_verdict", "The verdict as it was. Bert has another sentence.")
    bert.fill("#id_rules-0-reason", "The reason of Bert.")
    bert.fill("#id_rules-1-reason", "Bert knew better.")
    saved(bert)

    assert "Anna saved" in words(bert)
    assert bert.locator(".desk-collision").count() == 2
    together = "The verdict of Anna. Bert has another sentence."
    assert bert.locator(".desk-collision textarea").input_value() == together
    assert violations_in_every_sight(bert, narrow=768) == []
    with bert.expect_navigation():
        bert.get_by_text("Save both texts as one").click()
    assert "Decide about" in words(bert)
    bert.get_by_label("Edit together", exact=True).check()
    rule = bert.get_by_role("group", name="You want Beta")
    rule.get_by_label("Take mine").check()
    with bert.expect_navigation():
        bert.get_by_text("Save both texts as one").click()

    assert "Both texts are saved as one." in bert.locator("body").inner_text()
    comparison.refresh_from_db()
    assert comparison.thesis == "The thesis of Anna."
    assert comparison.verdict == together
    reasons = [rule.reason for rule in comparison.rules.all()]
    assert reasons == ["The reason of Bert.", "Bert knew better."]
    theses = {row.body["thesis"] for row in Checkpoint.objects.all()}
    assert {"As it was.", "The thesis of Anna."} <= theses


def test_what_was_typed_is_offered_after_the_tab_was_closed(open_page, live_server):
    comparison = make_comparison(thesis="As it was.")
    url = f"/admin/comparisons/comparison/{comparison.pk}/change/"
    cookie = login_cookie(make_writer("anna"), live_server)
    page = open_page(url, cookies=[cookie])

    page.fill("#id_thesis", "Typed and never saved.")
    page.locator("#rules-group .add-row a").click()
    page.fill("#id_rules-2-situation", "A row that was added")
    page.get_by_text("Kept at").wait_for()
    page.context.close()

    page = open_page(url, cookies=[cookie], scripts=False)
    assert page.locator("#id_thesis").input_value() == "As it was."
    with page.expect_navigation():
        page.get_by_text("Look at the differences").click()
    assert "A row that was added" in words(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Take it up").click()
    assert page.locator("#id_thesis").input_value() == "Typed and never saved."
    assert page.locator("#id_rules-2-situation").input_value() == "A row that was added"
    saved(page)

    comparison.refresh_from_db()
    assert comparison.thesis == "Typed and never saved."
    assert comparison.rules.last().situation == "A row that was added"
    assert "did not save it" not in words(page)


def test_a_reader_opens_a_link_on_a_phone_and_comments(
    open_page, live_server, monkeypatch
):
    monkeypatch.setattr("editorial.preview_forms.LEAST_SECONDS", 0)
    comparison = make_comparison(thesis="Shared words.")
    cookie = login_cookie(make_publisher("paula"), live_server)
    desk = open_page(
        f"/admin/comparisons/comparison/{comparison.pk}/links/", cookies=[cookie]
    )
    desk.fill("#id_purpose", "Rita")
    with desk.expect_navigation():
        desk.get_by_text("Make the link").click()
    address = desk.locator("#new-link").input_value()

    path = address.removeprefix(live_server.url)
    page = open_page(path)
    assert violations_in_every_sight(page, narrow=390) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.fill("#comment-name", "Rita")
    page.fill("#comment-text", "I doubt the second row.")
    page.select_option("#comment-place", label="Verdict")
    with page.expect_navigation():
        page.get_by_text("Send the comment").click()

    assert "Your comment has arrived" in page.locator("#your-comment").inner_text()
    assert Comment.objects.get().field == "verdict"
    assert PreviewLink.objects.get().opened_count >= 2


def test_the_pages_of_preview_have_no_axe_violation(open_page, live_server):
    comparison = make_comparison()
    publish_document(comparison)
    paula = make_publisher("paula")
    cookie = login_cookie(paula, live_server)
    stem = f"/admin/comparisons/comparison/{comparison.pk}"
    scratch = Scratch.objects.create(
        person=paula,
        kind="comparison",
        document_uid=comparison.uid,
        key=uuid.uuid4(),
        fields=[["thesis", "Typed."]],
    )

    for path in (
        f"{stem}/typed/{scratch.key}/",
        f"{stem}/preview/?text=version-1&width=phone",
        "/preview/nothing/",
    ):
        page = open_page(path, cookies=[cookie])
        assert violations_in_every_sight(page, narrow=768) == [], path
        page.context.close()
