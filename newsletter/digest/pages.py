"""A frozen issue as the page that readers see. The preview calls the same code."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from editorial.freezing import Body
from editorial.pins import pinned_facts, resolve_pins, with_moved_pins
from editorial.reading import Page
from editorial.structured import article_of, breadcrumb, script_json
from newsletter.digest.addresses import ARCHIVE
from newsletter.digest.groups import ItemGroup

CRUMBS = [("Home", "/"), ("Newsletter archive", ARCHIVE)]


@dataclass(frozen=True)
class ShownGroup:
    """One group of an issue that has items."""

    key: str
    label: str
    items: list[Body]


def cited(body: Body, numbers: list[int]) -> list[Body]:
    """The frozen sources that stand under these numbers."""
    return [row for row in body["sources"] if row["number"] in numbers]


def groups_of(body: Body) -> list[ShownGroup]:
    """The groups that have items, each item with the sources it cites."""
    found = []
    for group in ItemGroup:
        items = [
            row | {"cited": cited(body, row["sources"])}
            for row in body["items"]
            if row["group"] == group
        ]
        if items:
            found.append(ShownGroup(group.value, str(group.label), items))
    return found


def digest_context(page: Page) -> dict[str, Any]:
    """Everything the page shows: a statement for each kind of fact that is quoted."""
    body, meta = page.body, page.meta
    facts = resolve_pins(pinned_facts([body["note"]]))
    groups = groups_of(body)
    contents = [(group.key, group.label) for group in groups]
    return {
        "doc": body,
        "meta": meta,
        "groups": groups,
        "note_html": with_moved_pins(
            body["note"], facts, verified_on=body["verified_on"]
        ),
        "crumbs": CRUMBS,
        "contents": [
            *([("note", "From the editor")] if body["note"]["source"] else []),
            *contents,
            *([("sources", "Sources")] if body["sources"] else []),
            ("changes", "Change log"),
        ],
        "history_path": f"{meta.path}history/",
        "json_ld": _json_ld(page),
        "page_path": meta.path,
        "canonical_url": f"{settings.SITE_URL}{meta.path}",
    }


def _json_ld(page: Page) -> Any:
    crumbs = breadcrumb(*CRUMBS, (page.body["title"], page.meta.path))
    graph = [article_of(page), crumbs]
    return script_json({"@context": "https://schema.org", "@graph": graph})


def render_digest(request: HttpRequest, page: Page) -> HttpResponse:
    return render(request, "newsletter/digest_detail.html", digest_context(page))
