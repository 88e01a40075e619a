"""What a rendered text is made of: headings, links, tables, images, passages."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

HEADINGS = {f"h{level}": level for level in range(1, 7)}
CAPTURED = {*HEADINGS, "a", "th", "strong", "em", "p", "li"}
CODE = {"code", "pre"}


@dataclass(frozen=True)
class Heading:
    level: int
    text: str


@dataclass(frozen=True)
class Link:
    text: str
    target: str


@dataclass(frozen=True)
class Image:
    alternative: str
    address: str


@dataclass
class Outline:
    """In the order of the text. `tables` holds the header cells of each."""

    headings: list[Heading] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    tables: list[list[str]] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    emphasised: list[str] = field(default_factory=list)
    passages: list[str] = field(default_factory=list)


def outline_of(html: str) -> Outline:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.outline


@dataclass
class _Open:
    tag: str
    target: str
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", "".join(self.words)).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.outline = Outline()
        self._open: list[_Open] = []
        self._code_depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in {"ul", "ol", "p"}:
            self._end_passage_above()
        if tag == "table":
            self.outline.tables.append([])
        if tag == "img":
            alternative, address = values.get("alt") or "", values.get("src") or ""
            self.outline.images.append(Image(alternative.strip(), address))
            self.handle_data(alternative)
        if tag in CODE:
            self._code_depth += 1
        if tag in CAPTURED:
            self._open.append(_Open(tag, values.get("href") or ""))

    def _end_passage_above(self) -> None:
        """A list item that holds a paragraph or a list is no passage of its own."""
        for entry in self._open:
            if entry.tag == "li" and entry.text:
                self.outline.passages.append(entry.text)
                entry.words.clear()

    def handle_data(self, data: str) -> None:
        for entry in self._open:
            is_code = self._code_depth and entry.tag in {"p", "li"}
            entry.words.append("code" if is_code else data)

    def handle_endtag(self, tag: str) -> None:
        if tag in CODE:
            self._code_depth -= 1
        if tag in CAPTURED and self._open and self._open[-1].tag == tag:
            self._record(self._open.pop())

    def _record(self, entry: _Open) -> None:
        outline, text = self.outline, entry.text
        if entry.tag in HEADINGS:
            outline.headings.append(Heading(HEADINGS[entry.tag], text))
        elif entry.tag == "a":
            outline.links.append(Link(text, entry.target))
        elif entry.tag == "th" and outline.tables:
            outline.tables[-1].append(text)
        elif entry.tag in {"strong", "em"}:
            outline.emphasised.append(text)
        elif text:
            outline.passages.append(text)
        if entry.tag == "p":  # its words are not its list item's as well
            for above in self._open:
                above.words.clear()
