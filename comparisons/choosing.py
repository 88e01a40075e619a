"""What a reader wants compared: names in an address or a form, as facts."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.utils.text import slugify

from catalog.importing.fields import slug_of
from catalog.lookup import find_uids, named
from comparisons.addresses import SUBJECT_FOLDERS, canonical_slug
from comparisons.models import Subject

FEWEST, MOST = 2, 4
READ_AT_MOST = 8
"""Names beyond these are not looked up: four are the most that fit side by side."""

OFFERED = 5
CUTOFF = 0.5
WORD_CUTOFF = 0.7
WORDS_READ = 5


class FactName(NamedTuple):
    """A fact that can be a side."""

    uid: UUID
    slug: str
    name: str


@dataclass(frozen=True)
class UnknownName:
    """A name that the catalogue does not know, and those that look like it."""

    text: str
    nearest: list[FactName]


@dataclass(frozen=True)
class Choice:
    """The sides that were asked for, each once, in the order asked."""

    subject: Subject
    texts: list[str]
    chosen: list[FactName]
    repeated: list[FactName]
    unknown: list[UnknownName]
    all_names: list[FactName]

    @property
    def is_comparable(self) -> bool:
        return not self.unknown and FEWEST <= len(self.chosen) <= MOST

    @property
    def slug(self) -> str:
        return canonical_slug(fact.slug for fact in self.chosen)

    @property
    def index_path(self) -> str:
        return f"/compare/{SUBJECT_FOLDERS[self.subject]}/"

    @property
    def path(self) -> str:
        return f"{self.index_path}{self.slug}/"

    @property
    def suggestions(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """For each unknown name the nearest, with the address that takes it instead."""
        return [
            (
                name.text,
                [(fact.name, self._instead(name, fact)) for fact in name.nearest],
            )
            for name in self.unknown
        ]

    def _instead(self, unknown: UnknownName, fact: FactName) -> str:
        others = [name.text for name in self.unknown if name is not unknown]
        sides = [*(side.slug for side in self.chosen), fact.slug, *others]
        return f"{self.index_path}?{urlencode([('side', side) for side in sides])}"

    @property
    def problems(self) -> list[str]:
        """What stands in the way of a comparison, in sentences."""
        if not self.texts:
            return []
        sentences = [f"“{name.text}” is not in the catalogue." for name in self.unknown]
        sentences += [f"{fact.name} was named twice." for fact in self.repeated]
        if len(self.chosen) < FEWEST and not self.unknown:
            sentences.append("A comparison needs at least two sides.")
        if len(self.texts) > MOST and len(self.chosen) + len(self.unknown) > MOST:
            sentences.append(f"At most {MOST} can stand side by side.")
        return sentences


def choose(subject: Subject, texts: Sequence[str]) -> Choice:
    """The facts behind slugs, dotted slugs, aliases or names, in two statements."""
    asked = list(texts)[:READ_AT_MOST]
    names = [FactName(*row) for row in named(subject)]
    by_uid = {fact.uid: fact for fact in names}
    known = {fact.slug: fact for fact in names}
    known |= {fact.name.casefold(): fact for fact in names}
    missing = [text for text in asked if _plain(text, known) is None]
    aliases = find_uids(subject, [*missing, *map(slug_of, missing)]) if missing else {}
    chosen: dict[UUID, FactName] = {}
    repeated: list[FactName] = []
    unknown: list[UnknownName] = []
    for text in asked:
        uid = aliases.get(text) or aliases.get(slug_of(text))
        fact = _plain(text, known) or (by_uid.get(uid) if uid else None)
        if fact is None:
            unknown.append(UnknownName(text, nearest_names(text, names)))
        elif fact.uid in chosen:
            repeated.append(fact)
        else:
            chosen[fact.uid] = fact
    return Choice(subject, asked, list(chosen.values()), repeated, unknown, names)


def _plain(text: str, known: dict[str, FactName]) -> FactName | None:
    """The fact with this slug or name."""
    return known.get(slug_of(text)) or known.get(text.casefold())


def form_fields(choice: Choice) -> list[tuple[int, str]]:
    """The inputs of the form, as many as were filled and never fewer than four.

    A known side stands there by its name; what is not known, as it was typed.
    """
    texts = [fact.name for fact in choice.chosen]
    texts += [name.text for name in choice.unknown]
    texts += [""] * (MOST - len(texts))
    return list(enumerate(texts, start=1))


def nearest_names(text: str, names: Sequence[FactName]) -> list[FactName]:
    """Those with a like word for every word of `text`, then those spelled much like it.

    Of several that have them, the one with the most equal and the fewest other words
    comes first.
    """
    key = slugify(text.replace(".", "-"))
    if not key:
        return []
    words = key.split("-")[:WORDS_READ]
    spelled = {fact.slug: fact for fact in names}
    spelled |= {slugify(fact.name): fact for fact in names}
    known = {word for slug in spelled for word in slug.split("-")}
    alike = [
        {word, *difflib.get_close_matches(word, known, n=OFFERED, cutoff=WORD_CUTOFF)}
        for word in words
    ]
    holding = [
        slug for slug in spelled if all(set(slug.split("-")) & near for near in alike)
    ]
    holding.sort(key=lambda slug: _distance(words, slug))
    close = difflib.get_close_matches(key, spelled, n=OFFERED, cutoff=CUTOFF)
    found = dict.fromkeys(spelled[slug] for slug in (*holding, *close))
    return list(found)[:OFFERED]


def _distance(words: Sequence[str], slug: str) -> tuple[int, int, str]:
    parts = slug.split("-")
    return (-len(set(words) & set(parts)), len(parts), slug)
