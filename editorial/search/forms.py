"""What a search page is asked for."""

from typing import Any

from django import forms

from editorial.registry import search_sources

HITS_PER_PAGE = 20
LAST_PAGE = 1000
SENTENCES = {
    "kind": "There is no such kind of result, so all kinds are shown.",
    "page": "There is no such page, so the first is shown.",
}
"""What the page says of a parameter that it could not use."""


class AnyText(forms.CharField):
    """Text that is never wrong: what cannot be stored is left out."""

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\0", " ")


def _kinds() -> list[tuple[str, str]]:
    return [(source.kind, source.label) for source in search_sources().values()]


class SearchForm(forms.Form):
    """Words, one kind or all, and the page of a kind. No value is an error."""

    q = AnyText(required=False)
    kind = forms.ChoiceField(required=False, choices=_kinds)
    page = forms.IntegerField(required=False, min_value=1, max_value=LAST_PAGE)

    @property
    def text(self) -> str:
        return self._value("q") or ""

    @property
    def kind_asked(self) -> str:
        return self._value("kind") or ""

    @property
    def page_asked(self) -> int:
        """Only one kind has pages."""
        return (self._value("page") or 1) if self.kind_asked else 1

    @property
    def ignored(self) -> list[str]:
        """A sentence for each parameter that was not used."""
        return [SENTENCES[name] for name in self.errors if name in SENTENCES]

    def _value(self, name: str) -> Any:
        self.is_valid()
        return self.cleaned_data.get(name)
