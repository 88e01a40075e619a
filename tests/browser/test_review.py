"""Review in a real browser: comments by keyboard, and axe on the pages of a review."""

import datetime

import pytest
from django.utils import timezone

from editorial.comment_mail import link_to_mute
from editorial.comments import add_comment, reply_to, resolve
from editorial.review import submit
from tests.browser.harness import violations_in_every_sight
from tests.browser.test_pages import login_cookie
from tests.comparisons.factories import make_published_comparison
from tests.desk.test_steps import desk_url
from tests.editorial.factories import make_publisher, make_source, make_writer
from tests.editorial.steps import edit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def pat():
    return make_publisher("pat")


@pytest.fixture
def comparison(pat):
    """Published, edited since, in review with somebody, late, and much discussed."""
    wilma = make_writer("wilma")
    comparison = make_published_comparison(names=["Alpha", "Beta", "Gamma"])
    comparison.rules.filter(position=1).update(position=9, situation="You want both")
    edit(comparison, by=wilma, thesis="Words that nobody has read yet.")
    rule = comparison.rules.last()
    rating = comparison.dimensions.first().ratings.first()
    blocking = add_comment(
        comparison, by=pat, place=str(rule.uid), text="Says who?", is_blocking=True
    )
    reply_to(blocking, by=wilma, text="The vendor.\n\nI add it.")
    add_comment(comparison, by=None, author_name="Jo", text="A slip.")
    add_comment(comparison, by=pat, place=f"{rating.uid}.reason", text="Which?")
    resolve(add_comment(comparison, by=pat, place="title", text="Done."), by=pat)
    yesterday = timezone.now().date() - datetime.timedelta(days=1)
    submit(comparison, by=wilma, assignee=pat, due_on=yesterday, note="Mind the rules.")
    return comparison


def test_the_pages_of_a_review_have_no_axe_violation(
    open_page, live_server, comparison, pat
):
    cookie = login_cookie(pat, live_server)
    comments = desk_url(comparison, "comments")
    mute = link_to_mute(comparison, pat).split("/mail/", 1)[1]
    for path in (
        desk_url(comparison, "change"),
        f"{comments}?show=all",
        f"/mail/{mute}",
    ):
        page = open_page(path, cookies=[cookie])
        assert violations_in_every_sight(page, narrow=768) == [], path
        page.context.close()


def test_a_field_is_commented_on_and_settled_with_the_keyboard_alone(
    open_page, live_server, comparison, pat
):
    page = open_page(
        desk_url(comparison, "change"), cookies=[login_cookie(pat, live_server)]
    )
    page.focus("#id_thesis")
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.innerText")
    assert "on Thesis" in focused

    with page.context.expect_page() as opened:
        page.keyboard.press("Enter")
    form = opened.value
    form.wait_for_load_state()
    assert form.input_value("#id_place") == "thesis"
    form.focus("#id_text")
    form.keyboard.type("Too bold.")
    form.keyboard.press("Tab")
    form.keyboard.press("Space")
    form.keyboard.press("Tab")
    form.keyboard.press("Enter")
    form.wait_for_selector("text=Too bold.")
    thread = form.locator(".desk-thread--blocking", has_text="Too bold.")
    assert thread.count() == 1

    page.reload()
    assert page.is_visible("text=Comments: 4 open, 2 blocking")
    assert page.inner_text(".field-thesis .desk-remark").startswith("1 open comment")

    thread.locator("button", has_text="Resolve").focus()
    form.keyboard.press("Enter")
    form.wait_for_selector(".desk-thread--resolved")
    page.reload()
    assert page.is_visible("text=Comments: 3 open, 1 blocking")


def test_a_comment_is_answered_without_scripts(open_page, live_server, comparison, pat):
    page = open_page(
        desk_url(comparison, "comments"),
        scripts=False,
        cookies=[login_cookie(pat, live_server)],
    )
    thread = page.locator(".desk-thread--blocking")

    thread.locator("summary").click()
    thread.locator("textarea").fill("Then I wait.")
    thread.locator("text=Send the answer").click()

    assert page.is_visible("text=Then I wait.")


def test_an_address_is_told_to_be_known_once_its_field_is_left(
    open_page, live_server, comparison, pat
):
    make_source(url="https://known.example/page", title="A known page")
    page = open_page(
        desk_url(comparison, "change"), cookies=[login_cookie(pat, live_server)]
    )
    page.fill("#id_answer_sources", "https://known.example/page\nhttps://new.example/")
    page.focus("#id_thesis")

    told = page.locator(".sources-told p")
    told.nth(1).wait_for()
    assert told.nth(0).inner_text() == "Known: “A known page”."
    assert "https://new.example/ is new here" in told.nth(1).inner_text()
    assert violations_in_every_sight(page, narrow=768) == []
