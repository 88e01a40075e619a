"""JSON-LD that says what the page shows, and nothing else."""

import json
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from editorial.reading import Page

ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def script_json(data: Any) -> SafeString:
    """JSON that can stand inside a script element whatever its strings hold."""
    text = json.dumps(data, ensure_ascii=False).translate(ESCAPES)
    return mark_safe(text)  # noqa: S308 - the three characters that matter are escaped


def breadcrumb(*steps: tuple[str, str]) -> dict[str, Any]:
    """(name, path) pairs as a BreadcrumbList."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": name,
                "item": f"{settings.SITE_URL}{path}",
            }
            for position, (name, path) in enumerate(steps, start=1)
        ],
    }


def comparison_json_ld(page: Page) -> SafeString:
    body, meta = page.body, page.meta
    organisation = {"@type": "Organization", "name": settings.SITE_NAME}
    article = {
        "@type": "Article",
        "headline": body["title"],
        "description": body["description"],
        "url": f"{settings.SITE_URL}{meta.path}",
        "datePublished": meta.first_published_at.date().isoformat(),
        "dateModified": meta.published_at.date().isoformat(),
        "author": {"@type": "Organization", "name": body["author_name"]},
        "publisher": organisation,
        "about": [
            {"@type": "SoftwareApplication", "name": side["name"]}
            if body["subject"] == "engine"
            else {"@type": "Thing", "name": side["name"]}
            for side in body["sides"]
        ],
        "citation": [
            {"@type": "CreativeWork", "name": source["title"], "url": source["url"]}
            for source in body["sources"]
        ],
    }
    crumbs = breadcrumb(
        ("Home", "/"), ("Compare", "/compare/"), (body["title"], meta.path)
    )
    return script_json({"@context": "https://schema.org", "@graph": [article, crumbs]})
