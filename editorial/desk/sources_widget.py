"""The box of addresses, and under it what is to be said of those that are new."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from editorial.models import Source
from editorial.vocabularies import SourceKind

ANOTHER_PAGE = "another page"


@dataclass(frozen=True)
class AskedSource:
    """One line that is no source yet: what was said of it, and what it may be."""

    url: str
    title: str
    kind: str
    read_on: str
    offered: list[Source]
    is_address: bool
    is_another: bool
    sentence: str


class SourcesWidget(forms.Textarea):
    """Answers one text: what is filled in below is put behind the address it is about.

    `asked` is set by the field when a line cannot be used.
    """

    asked: list[AskedSource] = []

    def __init__(self) -> None:
        super().__init__({"rows": 2, "class": "sources", "spellcheck": "false"})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:
        text = super().value_from_datadict(data, files, name)
        if not text:
            return text
        answers: dict[str, str] = {}
        index = 0
        while (url := data.get(f"{name}-new-{index}-url")) is not None:
            answers[url] = _line(data, f"{name}-new-{index}", url)
            index += 1
        lines = [line.strip() for line in text.splitlines()]
        return "\n".join(answers.get(line, line) for line in lines)

    def render(
        self, name: str, value: Any, attrs: Any = None, renderer: Any = None
    ) -> SafeString:
        """What is asked below stands above as its address alone."""
        heads = {row.url for row in self.asked}
        if heads and isinstance(value, str):
            lines = (_head(line, heads) for line in value.splitlines())
            value = "\n".join(lines)
        known = {"data-known-sources": reverse("admin:editorial_source_known")}
        box = super().render(name, value, known | (attrs or {}), renderer)
        asked = [row for row in self.asked if row.is_address or row.offered]
        if not asked:
            return box
        context = {
            "box": box,
            "name": name,
            "asked": asked,
            "kinds": [str(kind.label) for kind in SourceKind],
            "another": ANOTHER_PAGE,
        }
        return render_to_string("admin/editorial/sources_asked.html", context)


def _head(line: str, heads: set[str]) -> str:
    first = line.split("|")[0].strip()
    return first if first in heads else line


def _line(data: Any, stem: str, url: str) -> str:
    """The line with its columns; a chosen source stands in its place."""
    use = data.get(f"{stem}-use", "")
    if use and use != ANOTHER_PAGE:
        return str(use)
    columns = [data.get(f"{stem}-{part}", "") for part in ("title", "kind", "read_on")]
    if use:
        columns.append(use)
    plain = [column.replace("|", "/").strip() for column in columns]
    return " | ".join([url, *plain])
