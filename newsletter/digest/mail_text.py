"""The plain-text part of a mail: 72 columns, links by number and listed at the end."""

import re
import textwrap
from html.parser import HTMLParser

WIDTH = 72
BLOCKS = {"p", "h3", "h4", "pre", "blockquote", "tr", "ul", "ol"}


class Letter:
    """Lines of a text that is being written, and the links it has met."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._links: dict[str, int] = {}

    def link(self, address: str) -> str:
        """`[3]`: the number under which an address is listed at the end."""
        number = self._links.setdefault(address, len(self._links) + 1)
        return f"[{number}]"

    def heading(self, text: str, mark: str) -> None:
        lines = wrapped(text)
        rule = mark * min(WIDTH, max(map(len, lines)))
        self.lines("", *lines, rule, "")

    def paragraph(self, text: str) -> None:
        self.lines(*wrapped(text), "")

    def point(self, text: str) -> None:
        self.lines(*wrapped(text, first="- ", rest="  "))

    def lines(self, *lines: str) -> None:
        """As they are: an address is never broken."""
        self._lines += lines

    def html(self, html: str) -> None:
        """A frozen text: its paragraphs and list items, its links by number."""
        reader = _Reader(self)
        reader.feed(html)
        reader.close()
        reader.end_block()
        self.lines("")

    def links(self) -> None:
        """The addresses behind the numbers, a line each."""
        if self._links:
            self.heading("Links", "-")
            self.lines(*(f"[{n}] {address}" for address, n in self._links.items()))
            self.lines("")

    def text(self) -> str:
        text = "\n".join(line.rstrip() for line in self._lines)
        return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def wrapped(text: str, *, first: str = "", rest: str = "") -> list[str]:
    """
    >>> wrapped("a b", first="- ")
    ['- a b']
    """
    return textwrap.wrap(
        " ".join(text.split(" ")),
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest or (" " * len(first)),
        break_long_words=False,
        break_on_hyphens=False,
    ) or [""]


class _Reader(HTMLParser):
    def __init__(self, letter: Letter) -> None:
        super().__init__()
        self._letter = letter
        self._words: list[str] = []
        self._targets: list[str] = []
        self._is_point = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS or tag == "li":
            self.end_block()
        if tag == "li":
            self._is_point = True
        if tag == "a":
            self._targets.append(dict(attrs).get("href") or "")
        if tag == "br":
            self._words.append(" ")

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._targets and (target := self._targets.pop()):
            self._words.append(f" {self._letter.link(target)}")
        if tag in {"td", "th"}:
            self._words.append(" ")
        if tag in BLOCKS or tag == "li":
            self.end_block()
        if tag in {"ul", "ol"}:
            self._letter.lines("")

    def end_block(self) -> None:
        text = " ".join("".join(self._words).split())
        self._words = []
        if text and self._is_point:
            self._letter.point(text)
        elif text:
            self._letter.paragraph(text)
        self._is_point = False
