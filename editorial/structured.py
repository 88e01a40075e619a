"""JSON-LD: pieces that every page's structured data is made of."""

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


def article_of(page: Page) -> dict[str, Any]:
    """A published text as an Article."""
    body, meta = page.body, page.meta
    return {
        "@type": "Article",
        "headline": body["title"],
        "description": body["description"],
        "url": f"{settings.SITE_URL}{meta.path}",
        "datePublished": meta.first_published_at.date().isoformat(),
        "dateModified": meta.published_at.date().isoformat(),
        "author": {"@type": "Organization", "name": body["author_name"]},
        "publisher": {"@type": "Organization", "name": settings.SITE_NAME},
    }
