"""The mail of an issue: two parts from one frozen text, readable anywhere."""

import re
from html.parser import HTMLParser

import pytest

from newsletter.digest.freezing import freeze_digest
from newsletter.digest.mail import drawn_mail
from newsletter.digest.mail_style import dark_element, light_sheet
from newsletter.digest.mail_text import Letter
from newsletter.marks import LEAVE, PREFERENCES
from tests.comparisons.factories import publish_document
from tests.editorial.factories import make_source
from tests.newsletter.digest_factories import make_issue, make_item

SITE = "https://site.example"


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_URL = SITE


class _Outline(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.links, self.headings = [], [], []

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.tags.append(tag)
        if tag == "a":
            self.links.append(values["href"])
        if re.fullmatch(r"h\d", tag):
            self.headings.append(int(tag[1]))


def outline(html):
    parser = _Outline()
    parser.feed(html)
    return parser


@pytest.fixture
def mail(db):
    issue = make_issue(
        items=0,
        title="November & more",
        note="See [the log](/corrections/) and [a page](https://example.org/x).\n\n"
        "- one thing\n- another",
    )
    source = make_source(url="https://example.org/sheet", title="A sheet")
    make_item(issue, group="prices", title="A card", text="Less.", sources=[source])
    make_item(issue, group="new", title="A page", text="It is <new>.")
    return drawn_mail(freeze_digest(issue))


def test_every_link_is_whole_and_nothing_is_loaded(mail):
    page = outline(mail.html)

    marks = {PREFERENCES, LEAVE}
    assert all(link.startswith("https://") for link in page.links if link not in marks)
    assert marks <= set(page.links)
    assert not {"img", "script", "link", "iframe", "form"} & set(page.tags)
    assert "url(" not in mail.html


def test_headings_go_down_one_level_at_a_time(mail):
    levels = outline(mail.html).headings

    assert levels[0] == 1
    assert levels.count(1) == 1
    pairs = zip(levels, levels[1:], strict=False)
    assert all(after <= before + 1 for before, after in pairs)


def test_the_html_says_its_language_and_knows_dark_mode(mail):
    assert '<html lang="en">' in mail.html
    assert '<meta name="color-scheme" content="light dark">' in mail.html
    assert mail.html.count("<style>") == 1
    assert "@media (prefers-color-scheme:dark)" in mail.html
    assert "var(" not in mail.html


def test_styles_stand_on_the_elements(mail):
    assert re.search(r'<h1 style="[^"]*color|<h1 style="[^"]*font', mail.html)
    assert re.search(r'<div class="sheet"[^>]*style="[^"]*max-width: 600px', mail.html)


def test_what_editors_typed_is_escaped(mail):
    assert "It is &lt;new&gt;." in mail.html
    assert "November &amp; more" in mail.html
    assert mail.subject == "November & more"


def test_both_parts_say_the_same(mail):
    for words in ("From the editor", "A page", "A card", "Prices seen", "A sheet"):
        assert words in mail.html
        assert words in mail.text
    assert mail.text.index("A page") < mail.text.index("A card")
    assert "It is <new>." in mail.text


def test_the_text_is_wrapped_and_lists_its_links(mail):
    lines = mail.text.splitlines()

    assert all(len(line) <= 72 for line in lines if "://" not in line)
    assert f"[1] {SITE}/corrections/" in lines
    assert "[2] https://example.org/x" in lines
    assert "- another" in lines
    assert {PREFERENCES, LEAVE} <= set(lines)


def test_a_published_issue_and_its_frozen_draft_make_one_mail(db):
    issue = make_issue()
    draft = drawn_mail(freeze_digest(issue))

    assert drawn_mail(publish_document(issue)) == draft


def test_the_sender_is_named_where_the_operator_says_so(db, settings):
    issue = make_issue()
    address = "Example Ltd, 1 Street, Town"
    assert address not in drawn_mail(freeze_digest(issue)).html

    settings.NEWSLETTER_POSTAL_ADDRESS = address

    mail = drawn_mail(freeze_digest(issue))
    assert address in mail.html
    assert address in mail.text


@pytest.mark.once
def test_a_long_address_is_never_broken():
    letter = Letter()
    address = "https://example.org/" + "a" * 90
    letter.html(f'<p>See <a href="{address}">it</a>.</p>')
    letter.links()

    assert f"[1] {address}" in letter.text().splitlines()
    assert "See it [1]." in letter.text()


@pytest.mark.static
def test_the_sheet_takes_its_colours_from_the_tokens():
    assert "#fbfaf7" in light_sheet()
    assert "#0f1114 !important" in dark_element()
    assert "var(" not in light_sheet() + dark_element()
