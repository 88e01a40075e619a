"""JSON-LD that says what a compare page shows, and nothing else."""

from django.utils.safestring import SafeString

from editorial.reading import Page
from editorial.structured import article_of, breadcrumb, script_json


def comparison_json_ld(page: Page) -> SafeString:
    body, meta = page.body, page.meta
    article = article_of(page) | {
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
