"""From an idea to a page that is gone again: three accounts, one browser, the clock.

Parts whose typing proves nothing are written by functions; every step is pressed, and
found by the words that an editor reads.
"""

import datetime
import re
from decimal import Decimal

import pytest
import time_machine
from django.contrib.auth.models import User
from playwright.sync_api import expect

from comparisons.models import Comparison
from editorial.drafts import record_save
from tests.browser.test_pages import login_cookie
from tests.catalog.factories import make_engine, make_hardware
from tests.comparisons.test_beginning import add_usual_rows
from tests.editorial.factories import (
    make_fact_editor,
    make_publisher,
    make_reviewer,
    make_source,
    make_writer,
)
from tests.editorial.steps import NOON

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PUBLIC = "/compare/engines/alpha-vs-beta/"
PIN = "{hardware:card memory_bandwidth_gb_s}"
WORDS = {
    "Description": "A comparison made for a test, with a description long enough.",
    "Answer": f"**Start with Alpha.** It was tried on a card that moves {PIN}.",
    "Verdict": "Take the first unless the second suits you better.",
    "What would change our mind": "A simpler way to install the second.",
}


@pytest.fixture
def clock():
    """Ticks, for the browser's driver waits by it."""
    with time_machine.travel(NOON, tick=True) as traveller:
        yield traveller


@pytest.fixture
def desk(open_page, live_server, clock):
    """The desk's first page for each account; the fourth corrects facts."""
    add_usual_rows()
    make_engine("Alpha")
    make_engine("Beta")
    make_hardware("Card", memory_bandwidth_gb_s=Decimal(960))
    people = {
        "writer": make_writer("wilma"),
        "reviewer": make_reviewer("rita"),
        "publisher": make_publisher("pat"),
        "fact editor": make_fact_editor("fay"),
    }
    return {
        name: open_page("/admin/", cookies=[login_cookie(person, live_server)])
        for name, person in people.items()
    }


def press(page, name, *, role="button"):
    with page.expect_navigation():
        page.get_by_role(role, name=name, exact=True).click()


def follow(page, name):
    press(page, name, role="link")


def field(page, label):
    """A field of the text's form: the admin puts a colon behind its name."""
    return page.get_by_label(f"{label}:", exact=True)


def panel(page):
    return page.get_by_role("complementary", name="Status of this document")


def save(page):
    press(page, "Save and continue editing")


def go_home(page):
    page.goto(page.url.partition("/admin/")[0] + "/admin/")


def open_text(page):
    """From the desk's first page to the form of the text that waits there."""
    go_home(page)
    page.get_by_role("main").get_by_role("link", name="Alpha vs Beta").first.click()
    page.wait_for_url("**/change/")


def take_step(page, name, **fields):
    """Open a step from the panel, fill its form, confirm it."""
    follow(page, name)
    for label, value in fields.items():
        page.get_by_label(label).fill(value)
    press(page, name)


def read(page, live_server):
    response = page.goto(f"{live_server.url}{PUBLIC}")
    return response.status


def write_the_rows(comparison, writer):
    """What the form asks for besides its texts: sides, rules, ratings, failures."""
    for side in comparison.sides.all():
        side.one_liner = "An engine made for a test."
        side.choose_if = "You like it"
        side.save()
        comparison.rules.create(
            situation=f"You want {side}", choice=side, reason="Made for that."
        )
        mode = comparison.failure_modes.create(
            side=side,
            title="It stops",
            trigger="A bad file",
            symptom="A message",
            mitigation="Take another file",
        )
        mode.sources.add(make_source())
        for dimension in comparison.dimensions.all():
            dimension.ratings.create(side=side, value="strong", reason="So it says.")
    record_save(comparison, by=writer)


def write(page, writer):
    follow(page, "Name its kind and sides")
    page.get_by_label("First side").fill("Alpha")
    page.get_by_label("Second side").fill("Beta")
    press(page, "Start the draft")
    go_home(page)  # the open form writes too, and SQLite lets one write at a time
    page.wait_for_load_state("networkidle")
    write_the_rows(Comparison.objects.get(), writer)
    open_text(page)
    field(page, "Thesis").fill("Alpha is always best.")
    for label, words in WORDS.items():
        field(page, label).fill(words)
    field(page, "Answer sources").fill(
        "https://example.org/card | The card | vendor specification | 2026-11-20"
    )
    field(page, "Verified on").fill("2026-11-20")
    save(page)
    expect(page.get_by_text("Nothing. Every claim has a source")).to_be_visible()
    follow(page, "Send to review")
    page.get_by_label("Reviewer").select_option("rita")
    page.get_by_label("Note").fill("Mind the thesis.")
    press(page, "Send to review")
    expect(panel(page)).to_contain_text("In review")


def comment_and_give_back(page):
    open_text(page)
    field(page, "Thesis").focus()
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Comment on Thesis").click()
    form = opened.value
    field(form, "Comment").fill("Says who? Name the limit.")
    form.get_by_label("Blocking").check()
    press(form, "Add the comment")
    form.close()

    take_step(page, "Approve this version")
    expect(page.get_by_text("rita asks for a change (Thesis)")).to_be_visible()
    follow(page, "Back to the form")
    take_step(page, "Ask for changes", Reason="The thesis claims too much.")
    expect(panel(page)).to_contain_text("Changes requested")


def rewrite_and_answer(page):
    open_text(page)
    expect(page.get_by_text("The thesis claims too much.", exact=True)).to_be_visible()
    field(page, "Thesis").fill("Alpha is quick to start.")
    save(page)
    follow(page, "All comments")
    page.locator("summary", has_text="Answer").click()
    field(page, "Answer").fill("It says less now.")
    press(page, "Send the answer")
    expect(page.get_by_role("button", name="Resolve")).to_have_count(0)
    follow(page, "Back to the form")
    take_step(page, "Send to review")


def resolve_and_approve(page):
    open_text(page)
    follow(page, "All comments")
    press(page, "Resolve the comment on Thesis")
    follow(page, "Back to the form")
    follow(page, "Approve this version")
    press(page, "Approve this version")
    expect(panel(page)).to_contain_text("Approved")


def schedule_for_tomorrow(page):
    open_text(page)
    follow(page, "Schedule")
    tomorrow = (NOON + datetime.timedelta(days=1)).date()
    page.get_by_label("Day (UTC)").fill(tomorrow.isoformat())
    page.get_by_label("Time (UTC)").fill("09:00")
    page.get_by_label("What this version changes").fill("First publication.")
    press(page, "Schedule")
    expect(page.get_by_text("goes live on 25 Nov 2026, 09:00 UTC")).to_be_visible()


def correct_the_fact(page):
    page.get_by_role("main").get_by_role("link", name="Hardware", exact=True).click()
    page.get_by_role("link", name="Card", exact=True).click()
    field(page, "Memory bandwidth (GB/s)").fill("640")
    field(page, "Source of this change").fill(
        "https://example.org/errata | Errata | vendor specification | 2026-11-25"
    )
    save(page)
    expect(page.get_by_text("was changed successfully")).to_be_visible()


def take_the_new_number(page):
    go_home(page)
    page.get_by_role("link", name="1 Texts with numbers that moved").click()
    row = page.get_by_role("row", name="Card")
    expect(row).to_contain_text("by fay")
    expect(row.locator("del")).to_have_text("960 GB/s")
    expect(row.locator("ins")).to_have_text("640 GB/s")
    page.get_by_role("checkbox", name="Alpha vs Beta").check()
    press(page, "Take the new numbers")
    expect(page.get_by_text("has the new numbers and waits for review")).to_be_visible()


def approve_and_publish(reviewer, publisher):
    open_text(reviewer)
    follow(reviewer, "Approve this version")
    expect(reviewer.get_by_role("main").locator("ins")).to_contain_text("640")
    press(reviewer, "Approve this version")
    open_text(publisher)
    follow(publisher, "Publish now")
    note = publisher.get_by_label("What this version changes")
    expect(note).to_have_value(re.compile("960 GB/s, now 640 GB/s"))
    press(publisher, "Publish now")
    expect(panel(publisher)).to_contain_text("version 2 is live")
    expect(panel(publisher)).not_to_contain_text("Needs re-check")


def test_a_text_goes_all_the_way_from_a_draft_to_gone(
    desk, clock, live_server, open_page
):
    writer, reviewer, publisher = desk["writer"], desk["reviewer"], desk["publisher"]
    reader = open_page("/")

    write(writer, User.objects.get(username="wilma"))
    comment_and_give_back(reviewer)
    rewrite_and_answer(writer)
    resolve_and_approve(reviewer)
    schedule_for_tomorrow(publisher)
    read(reader, live_server)
    expect(reader.get_by_text("Generated from the catalogue").first).to_be_visible()

    clock.shift(datetime.timedelta(days=1))
    assert read(reader, live_server) == 200
    expect(reader.get_by_role("main")).to_contain_text("Alpha is quick to start.")
    expect(reader.locator("#answer")).to_contain_text("960 GB/s")

    correct_the_fact(desk["fact editor"])
    read(reader, live_server)
    mark = reader.get_by_text("A fact under this text has changed since")
    expect(mark).to_be_visible()
    expect(reader.locator("#answer")).to_contain_text("now 640 GB/s")
    take_the_new_number(writer)
    approve_and_publish(reviewer, publisher)
    read(reader, live_server)
    expect(mark).to_have_count(0)
    expect(reader.locator("#answer")).to_contain_text("640 GB/s")
    expect(reader.locator("#answer")).not_to_contain_text("960")
    follow(reader, "Compare two versions")
    expect(reader.get_by_role("main")).to_contain_text("960 GB/s, now 640 GB/s")

    take_step(publisher, "Withdraw", Reason="Beta is no longer made.")
    assert read(reader, live_server) == 410
    expect(reader.get_by_role("main")).to_contain_text("Alpha vs Beta")
