"""One mail for everybody, drawn from a frozen issue: HTML and plain text.

The subscribers' own addresses take the place of the marks when it is sent. No images,
no counted links, nothing that tells who has read it.
"""

import re
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from editorial.freezing import Body, lift
from editorial.models import Publication
from editorial.registry import document_kind
from editorial.templatetags.words import known_day
from newsletter.digest.addresses import digest_path
from newsletter.digest.mail_style import with_styles
from newsletter.digest.mail_text import Letter, wrapped
from newsletter.digest.pages import cited, groups_of
from newsletter.marks import LEAVE, PREFERENCES, DrawnMail

OWN_LINK = re.compile(r'(?<=href=")/(?!/)')
BECAUSE = "You get this because you asked for the monthly digest and confirmed it."


def drawn_mail(issue: Publication | Body) -> DrawnMail:
    """The mail of a published issue, or of a frozen draft."""
    body = issue if isinstance(issue, dict) else _body_of(issue)
    context = {
        "doc": body,
        "groups": groups_of(body),
        "note_cited": cited(body, body["note_sources"]),
        "note_html": _absolute(body["note"]["html"]),
        "page_url": f"{settings.SITE_URL}{digest_path(body)}",
        "title": body["title"],
        "preheader": body["description"],
        "because": BECAUSE,
        **frame(),
    }
    html = with_styles(render_to_string("emails/digest_issue.html", context))
    return DrawnMail(one_line(body["title"]), html, _text(body, context["page_url"]))


def _body_of(publication: Publication) -> Body:
    return lift(document_kind(publication.kind), publication.body)


def frame() -> dict[str, Any]:
    """What every mail to subscribers says around its words."""
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "postal_address": settings.NEWSLETTER_POSTAL_ADDRESS,
        "preferences": PREFERENCES,
        "leave": LEAVE,
    }


def one_line(text: str) -> str:
    return " ".join(text.split())[:200]


def _absolute(html: str) -> str:
    return OWN_LINK.sub(f"{settings.SITE_URL}/", html)


def _text(body: Body, page_url: str) -> str:
    letter = Letter()
    letter.heading(body["title"], "=")
    letter.paragraph(body["description"])
    letter.lines("Read it on the site:", page_url, "")
    if body["note"]["source"]:
        letter.heading("From the editor", "-")
        letter.html(_absolute(body["note"]["html"]))
        _sources(letter, cited(body, body["note_sources"]))
    for group in groups_of(body):
        letter.heading(group.label, "-")
        for item in group.items:
            _item(letter, item)
    letter.links()
    close(letter, because=BECAUSE)
    return letter.text()


def _item(letter: Letter, item: Body) -> None:
    own = f"{settings.SITE_URL}{item['path']}" if item["path"] else ""
    number = f" {letter.link(own)}" if own else ""
    day = f", {known_day(item['happened_on'])}" if item["happened_on"] else ""
    letter.lines(*wrapped(f"{item['title']}{day}{number}"))
    letter.lines(*wrapped(item["text"]))
    _sources(letter, item["cited"])
    letter.lines("")


def _sources(letter: Letter, rows: list[Body]) -> None:
    named = [f"{row['title'] or row['url']} {letter.link(row['url'])}" for row in rows]
    if named:
        label = "Source" if len(named) == 1 else "Sources"
        letter.lines(*wrapped(f"{label}: {', '.join(named)}"))


def close(letter: Letter, *, because: str) -> None:
    """Why it came, how to change that, and who sent it."""
    letter.heading(settings.SITE_NAME, "-")
    letter.paragraph(f"{because} Nothing in it tells us whether you read it.")
    letter.lines("Preferences, or a pause:", PREFERENCES, "")
    letter.lines("Leave:", LEAVE, "")
    if settings.NEWSLETTER_POSTAL_ADDRESS:
        letter.paragraph(settings.NEWSLETTER_POSTAL_ADDRESS)
