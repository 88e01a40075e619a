"""Links from published texts to pages of this site, resolved without a request."""

from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve

from editorial.consistency.findings import Finding
from editorial.consistency.texts import LiveText, live_texts
from editorial.reading import Gone, Moved, whereabouts
from editorial.vocabularies import Severity

Destination = Callable[..., str | None]
"""From the arguments of a view to the address of its page; None for a missing one."""

_destinations: dict[str, Destination] = {}


def register_destination(view_name: str, destination: Destination) -> None:
    """Say how to tell whether the view called `view_name` has a page."""
    _destinations[view_name] = destination


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [v for k, v in attrs if tag == "a" and k == "href" and v]


def links_of(text: LiveText) -> Iterator[tuple[str, str]]:
    """(anchor, address) of each link to this site."""
    for field, rich in text.rich_texts():
        parser = _Links()
        parser.feed(rich["html"])
        for link in parser.found:
            if (path := internal_path(link)) is not None:
                yield field, path
    for page in text.body.get("related", []):
        if (path := internal_path(page["path"])) is not None:
            yield page["uid"], path


def internal_path(link: str) -> str | None:
    """The path of an address of this site; None for a link that leads elsewhere.

    >>> internal_path("/tools/vllm/?a=1#speed")
    '/tools/vllm/'
    >>> internal_path("//example.org/") is internal_path("#speed") is None
    True
    """
    try:
        parts = urlsplit(link)
    except ValueError:
        return None
    if parts.netloc and parts.netloc != urlsplit(settings.SITE_URL).netloc:
        return None
    return unquote(parts.path) if parts.path.startswith("/") else None


def objection_to(path: str, live_paths: set[str]) -> tuple[Severity, str] | None:
    """What is wrong with a link to `path`; None where it leads straight to a page."""
    if path in live_paths:
        return None
    if path.startswith(f"/{settings.ADMIN_PATH}"):
        return Severity.HIGH, "leads into the desk, which readers cannot open"
    try:
        match = resolve(path)
    except Resolver404:
        if not path.endswith("/") and objection_to(f"{path}/", live_paths) is None:
            return Severity.LOW, f"redirects to {path}/"
        return Severity.HIGH, "leads to no page of this site"
    return _fate(path) or _missing(path, match.view_name, match.kwargs)


def _fate(path: str) -> tuple[Severity, str] | None:
    fate = whereabouts(path)
    if isinstance(fate, Moved):
        return Severity.LOW, f"redirects to {fate.path}"
    if isinstance(fate, Gone) and path.startswith("/compare/"):
        return Severity.HIGH, f"leads to “{fate.title}”, which was withdrawn"
    return None


def _missing(
    path: str, view_name: str, arguments: Mapping[str, Any]
) -> tuple[Severity, str] | None:
    """Views nobody has registered are taken at their word."""
    if view_name not in _destinations:
        return None
    target = _destinations[view_name](**arguments)
    if target is None:
        return Severity.HIGH, "leads to something that the site does not have"
    return None if target == path else (Severity.LOW, f"redirects to {target}")


def dead_internal_links() -> Iterator[Finding]:
    """Links that answer 404 or 410, or redirect."""
    texts = live_texts()
    live_paths = {text.path for text in texts if text.path.startswith("/compare/")}
    judged: dict[str, tuple[Severity, str] | None] = {}
    for text in texts:
        for anchor, path in links_of(text):
            if path not in judged:
                judged[path] = objection_to(path, live_paths)
            objection = judged[path]
            if objection is not None:
                severity, words = objection
                yield Finding(
                    severity,
                    text.place(anchor),
                    f"The link to {path} {words}.",
                    "Correct the address or take the link out, then publish.",
                )
