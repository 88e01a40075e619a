"""Names that a reader picks or types, for one page."""

from difflib import get_close_matches
from typing import Any

from catalog.importing.fields import slug_of
from catalog.lookup import find_uid, named
from estimator.engines import RULES

KINDS = {"model": "model", "hardware": "hardware", "engine": "engine"}
Pair = tuple[str, str]


class KnownNames:
    """The catalogue's names, each kind read once. Keep one for a request."""

    def __init__(self) -> None:
        self._found: dict[str, list[Any]] = {}

    @property
    def models(self) -> list[Pair]:
        """(slug, name) of every model, by name."""
        return [(slug, name) for _, slug, name in self._rows("model")]

    @property
    def pieces(self) -> list[Pair]:
        """(slug, name) of every piece of hardware, by name."""
        return [(slug, name) for _, slug, name in self._rows("hardware")]

    @property
    def engines(self) -> list[Pair]:
        """(slug, name) of the engines that have rules, by name."""
        rows = self._rows("engine")
        return [(slug, name) for _, slug, name in rows if slug in RULES]

    def slug(self, kind: str, text: str) -> str:
        """The slug behind a name, a slug or an alias; "" for an unknown one."""
        word = text.strip().replace("\x00", "")
        short, low = slug_of(word), word.lower()
        rows = self._rows(kind)
        for _, slug, name in rows:
            if slug == short or name.lower() == low:
                return str(slug)
        uid = find_uid(kind, word) or find_uid(kind, low)
        return next((str(slug) for found, slug, _ in rows if found == uid), "")

    def engine(self, text: str) -> str:
        """The slug of an engine; a slug with rules need not be in the catalogue."""
        short = slug_of(text.strip())
        return short if short in RULES else self.slug("engine", text)

    def name(self, kind: str, slug: str) -> str:
        names: dict[str, str] = {found: name for _, found, name in self._rows(kind)}
        return names.get(slug, slug)

    def unknown(self, kind: str, text: str) -> str:
        """A sentence that says so, and which names are near."""
        known = {}
        for _, slug, name in self._rows(kind):
            known[slug] = known[name.lower()] = name
        near = get_close_matches(text.lower(), known, n=3, cutoff=0.55)
        names = " or ".join(dict.fromkeys(known[each] for each in near))
        hint = f" Did you mean {names}?" if names else ""
        return f"is no {KINDS[kind]} of the catalogue.{hint}"

    def _rows(self, kind: str) -> list[Any]:
        if kind not in self._found:
            self._found[kind] = named(kind)
        return self._found[kind]
