"""Markdown to sanitised HTML, once, when a document is frozen."""

from importlib.metadata import version
from typing import Any

import nh3
from markdown_it import MarkdownIt

from editorial.pins import put_pins, take_pins

RENDERER = f"markdown-it-py {version('markdown-it-py')}, nh3 {version('nh3')}"

TAGS = {
    *("p", "strong", "em", "ul", "ol", "li", "a", "code", "pre", "blockquote"),
    *("h3", "h4", "br", "hr", "table", "thead", "tbody", "tr", "th", "td"),
}

_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")


def unsanitised(source: str) -> str:
    """What `source` means before anything is taken out: to be judged, never shown."""
    return str(_markdown.render(source))


def rich(source: str) -> dict[str, Any]:
    """The frozen form of a text: its Markdown, its HTML, and the numbers it quotes."""
    source = source.replace("\r\n", "\n").strip()
    marked, pins = take_pins(source)
    html = nh3.clean(_markdown.render(marked), tags=TAGS, link_rel="noopener")
    return {
        "source": source,
        "html": put_pins(html, pins).strip(),
        "renderer": RENDERER,
        "pins": pins,
    }
