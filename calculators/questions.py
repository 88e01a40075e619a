"""The address of a calculator's page as a question, and what of it means nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

from calculators.known_names import KnownNames
from catalog.listing.filters import Ignored
from catalog.listing.reading import FOREIGN
from catalog.models import GIB
from estimator.cache import UnknownCacheTypeError, element_bytes
from estimator.engines import RULES
from estimator.inputs import SplitMode

ENGINE = "llama-cpp"
MOST_CARDS = 64
MOST_KINDS_OF_CARDS = 4
OPERATING_SYSTEMS = {"linux": "Linux", "windows": "Windows", "macos": "macOS"}
REPEATED = ("hardware", "count")
Card = tuple[str, int]


class QuestionForm(forms.Form):
    """What an address may ask, a field at a time. Empty means the usual."""

    model = forms.CharField(max_length=120)
    quantization = forms.CharField(max_length=40)
    engine = forms.CharField(max_length=60)
    version = forms.RegexField(
        r"^[\w.+-]+$",
        max_length=20,
        error_messages={"invalid": "Write a version as b6900, 0.22.0 or 2026-04."},
    )
    context = forms.IntegerField(min_value=1, max_value=10_000_000)
    cache = forms.CharField(max_length=20)
    parallel = forms.IntegerField(min_value=1, max_value=1024)
    os = forms.ChoiceField(choices=list(OPERATING_SYSTEMS.items()))
    ram = forms.IntegerField(min_value=1, max_value=8192)
    split = forms.ChoiceField(choices=[(mode, mode) for mode in SplitMode])

    def __init__(self, parameters: QueryDict):
        super().__init__(parameters)
        for field in self.fields.values():
            field.required = False


@dataclass(frozen=True)
class Asked:
    """A question in the words of the catalogue. Empty, 0 and None mean the usual."""

    model: str = ""
    cards: tuple[Card, ...] = ()
    quantization: str = ""
    engine: str = ENGINE
    version: str = ""
    context_tokens: int | None = None
    cache_type: str = ""
    parallel: int = 1
    operating_system: str = ""
    ram_gib: int | None = None
    split: str = ""

    @property
    def hardware(self) -> str:
        return self.cards[0][0] if self.cards else ""

    @property
    def count(self) -> int:
        return sum(count for _, count in self.cards)

    @property
    def is_complete(self) -> bool:
        return bool(self.model and self.cards)

    def parameters(self) -> list[tuple[str, str]]:
        """The question as an address holds it, without what is usual anyway."""
        found = [("model", self.model)]
        for slug, count in self.cards:
            found.append(("hardware", slug))
            if count > 1 or len(self.cards) > 1:
                found.append(("count", str(count)))
        found += [
            ("quantization", self.quantization),
            ("engine", "" if self.engine == ENGINE else self.engine),
            ("version", self.version),
            ("context", str(self.context_tokens or "")),
            ("cache", self.cache_type),
            ("parallel", str(self.parallel) if self.parallel > 1 else ""),
            ("os", self.operating_system),
            ("ram", str(self.ram_gib or "")),
            ("split", self.split),
        ]
        return [(name, value) for name, value in found if value]

    def query(self, **changes: Any) -> str:
        """The same question with `changes`, as the part of an address after "?"."""
        return urlencode(replace(self, **changes).parameters())

    def question(self) -> dict[str, Any]:
        """For `calculators.estimating.answer`. Needs a complete question."""
        names = [slug for slug, count in self.cards for _ in range(count)]
        found: dict[str, Any] = {
            "model": self.model,
            "quantization": self.quantization,
            "hardware": ",".join(names),
            "engine": self.engine,
            "engine_version": self.version,
            "context_tokens": self.context_tokens,
            "kv_cache_type": self.cache_type,
            "parallel_sequences": self.parallel,
            "operating_system": self.operating_system,
            "host_ram_bytes": self.ram_gib * GIB if self.ram_gib else None,
            "split": self.split,
        }
        return {name: value for name, value in found.items() if value}


def read_question(
    parameters: QueryDict, names: KnownNames
) -> tuple[Asked, list[Ignored]]:
    """What `parameters` ask, and which of them mean nothing. Never raises an error."""
    form = QuestionForm(parameters)
    form.is_valid()
    values: Mapping[str, Any] = form.cleaned_data
    ignored = list(_unreadable(form, parameters))
    model, engine, cache = values.get("model"), values.get("engine"), ""
    slug = names.slug("model", model) if model else ""
    if model and not slug:
        ignored.append(Ignored("model", model, names.unknown("model", model)))
    found_engine = names.engine(engine) if engine else ENGINE
    if found_engine not in RULES:
        reason = "is no engine that the estimator has rules for."
        ignored.append(Ignored("engine", engine or "", reason))
        found_engine = ENGINE
    if values.get("cache"):
        cache, problems = _cache(values["cache"])
        ignored += problems
    cards, problems = _cards(parameters, names)
    asked = Asked(
        model=slug,
        cards=cards,
        quantization=values.get("quantization") or "",
        engine=found_engine,
        version=values.get("version") or "",
        context_tokens=values.get("context"),
        cache_type=cache,
        parallel=values.get("parallel") or 1,
        operating_system=values.get("os") or "",
        ram_gib=values.get("ram"),
        split=values.get("split") or "",
    )
    return asked, [*ignored, *problems]


def _unreadable(form: QuestionForm, parameters: QueryDict) -> Iterator[Ignored]:
    for name, errors in form.errors.items():
        yield Ignored(name, parameters.get(name, ""), str(errors[0]))
    for name in parameters:
        known = name in form.fields or name in REPEATED
        if not known and not name.startswith(FOREIGN):
            value = parameters.get(name, "")
            yield Ignored(name, value, "This page asks no such thing.")


def _cache(text: str) -> tuple[str, list[Ignored]]:
    try:
        element_bytes(text)
    except UnknownCacheTypeError as error:
        return "", [Ignored("cache", text, str(error))]
    return ("" if text == "f16" else text), []


def _cards(
    parameters: QueryDict, names: KnownNames
) -> tuple[tuple[Card, ...], list[Ignored]]:
    """Each piece of hardware with its number, the same one counted together."""
    found: dict[str, int] = {}
    ignored = []
    counts = parameters.getlist("count")
    for place, text in enumerate(parameters.getlist("hardware")):
        if not text.strip():
            continue
        slug = names.slug("hardware", text[:120])
        if not slug or len(found) == MOST_KINDS_OF_CARDS:
            reason = f"Give at most {MOST_KINDS_OF_CARDS} kinds of hardware."
            reason = reason if slug else names.unknown("hardware", text[:120])
            ignored.append(Ignored("hardware", text, reason))
            continue
        written = counts[place] if place < len(counts) else ""
        count, problems = _count(written)
        ignored += problems
        found[slug] = min(MOST_CARDS, found.get(slug, 0) + count)
    return tuple(found.items()), ignored


def _count(text: str) -> tuple[int, list[Ignored]]:
    word = text.strip()
    if not word:
        return 1, []
    if word.isascii() and word.isdigit() and 0 < int(word[:6]) <= MOST_CARDS:
        return int(word[:6]), []
    return 1, [Ignored("count", text, f"Give a number from 1 to {MOST_CARDS}.")]
