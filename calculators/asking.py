"""Names and numbers that a person or a file gives, as a request to the estimator."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any
from uuid import UUID

from calculators.architectures import architecture_of
from calculators.files import known_size
from calculators.machines import hardware_of
from catalog import models as facts
from catalog.importing.fields import slug_of
from catalog.lookup import find_uid, named
from estimator.engines import RULES, rules_of
from estimator.inputs import (
    EngineChoice,
    Hardware,
    Host,
    KnownSize,
    Machine,
    ModelArchitecture,
    Request,
    SplitMode,
    WeightsChoice,
)
from estimator.quantizations import Scheme, read_quantization

FIELDS = frozenset(
    (
        *("id", "model", "quantization", "engine", "engine_version", "hardware"),
        *("hardware_count", "context_tokens", "kv_cache_type", "parallel_sequences"),
        *("micro_batch", "weights_bytes", "split", "formula_only", "flash_attention"),
        *("full_size_window_cache", "unified_cache", "memory_utilization"),
        *("max_batched_tokens", "host_ram_bytes", "host_ram_bandwidth_gb_s"),
        *("operating_system", "operating_system_version", "filled_tokens"),
        *("prompt_tokens", "backend"),
    )
)
TUNED_SUFFIXES = ("-instruct", "-it", "-chat", "-instruct-2507")
"""What data sets leave out of the names of models."""
NEEDED = ("model", "quantization", "engine", "hardware")


class QuestionError(ValueError):
    """The question cannot be answered; the sentence says what to change."""


@dataclass(frozen=True)
class KnownModel:
    architecture: ModelArchitecture
    files: tuple[facts.ModelFile, ...]


class Names:
    """Looks names up once. Keep one for a batch or a request, not for a process."""

    def __init__(self) -> None:
        self._models: dict[str, KnownModel] = {}
        self._hardware: dict[str, Hardware] = {}
        self._engines: dict[str, str] = {}

    def model(self, name: str) -> KnownModel:
        """A model with its files, by slug, dotted slug or alias."""
        if name not in self._models:
            uid = _uid_of("model", name)
            row = facts.AIModel.objects.for_estimating().get(uid=uid)
            files = tuple(row.files.all())
            self._models[name] = KnownModel(architecture_of(row), files)
        return self._models[name]

    def hardware(self, name: str) -> Hardware:
        """A card or chip, by slug, dotted slug or alias."""
        if name not in self._hardware:
            uid = _uid_of("hardware", name)
            row = facts.Hardware.objects.for_estimating().get(uid=uid)
            self._hardware[name] = hardware_of(row)
        return self._hardware[name]

    def engine(self, name: str) -> str:
        """The slug of an engine that the estimator has rules for."""
        if name not in self._engines:
            self._engines[name] = _engine_called(name)
        return self._engines[name]


def _engine_called(name: str) -> str:
    slug = slug_of(name.strip()).replace(" ", "-")
    if slug in RULES:
        return slug
    found = facts.Engine.objects.only("slug").get(uid=_uid_of("engine", name)).slug
    if found not in RULES:
        raise QuestionError(
            f"No memory rules for the engine {found!r}. Use one of "
            f"{', '.join(sorted(RULES))}."
        )
    return found


def _uid_of(fact_type: str, name: str) -> UUID:
    """By slug, dotted slug or alias, whatever the case; models also without suffix."""
    short = slug_of(name.strip())
    forms = [name, name.strip().lower(), short]
    if fact_type == "model":
        forms += [f"{short}{suffix}" for suffix in TUNED_SUFFIXES]
    for form in forms:
        uid = find_uid(fact_type, form)
        if uid is not None:
            return uid
    raise QuestionError(_unknown(fact_type, name))


def _unknown(fact_type: str, name: str) -> str:
    slugs = [slug for _, slug, _ in named(fact_type)]
    near = get_close_matches(name.lower().replace(".", "-"), slugs, n=3, cutoff=0.5)
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    return f"No {fact_type} called {name!r} in the catalogue.{hint}"


def request_from(question: Mapping[str, Any], names: Names) -> Request:
    """The request behind a question. Raises QuestionError with a sentence."""
    for name in NEEDED:
        if not isinstance(question.get(name), str) or not question[name].strip():
            raise QuestionError(f"Give {name!r} as a text.")
    if strange := sorted(set(question) - FIELDS):
        raise QuestionError(f"Unknown field {strange[0]!r}. {_known_fields()}")
    known = names.model(question["model"])
    engine = _engine(question, names)
    rules = rules_of(engine.slug, engine.version)
    if rules is None:
        raise QuestionError(f"No memory rules for the engine {engine.slug!r}.")
    size = _given_size(question) or known_size(
        known.files,
        question["quantization"],
        rules.family,
        known.architecture,
        engine=engine.slug,
    )
    quantization = read_quantization(question["quantization"], rules.family)
    if size is None and quantization.scheme is Scheme.UNKNOWN:
        because = quantization.unknown_because
        raise QuestionError(f"{because[0].upper()}{because[1:]}")
    return Request(
        model=known.architecture,
        weights=WeightsChoice(quantization=question["quantization"], size=size),
        engine=engine,
        machine=_machine(question, names),
        context_tokens=_whole(question, "context_tokens"),
        filled_tokens=_whole(question, "filled_tokens", least=0),
        prompt_tokens=_whole(question, "prompt_tokens") or 1024,
        parallel_sequences=_whole(question, "parallel_sequences") or 1,
        kv_cache_type=str(question.get("kv_cache_type") or "f16"),
        micro_batch=_whole(question, "micro_batch"),
    )


def _known_fields() -> str:
    return f"Known are {', '.join(sorted(FIELDS))}."


def _given_size(question: Mapping[str, Any]) -> KnownSize | None:
    size = _whole(question, "weights_bytes")
    if size is None:
        return None
    return KnownSize(size_bytes=size, is_exact=True, origin="given with the question")


def _engine(question: Mapping[str, Any], names: Names) -> EngineChoice:
    return EngineChoice(
        slug=names.engine(question["engine"]),
        version=str(question.get("engine_version") or ""),
        backend=str(question.get("backend") or ""),
        flash_attention=_truth(question, "flash_attention", default=True),
        full_size_window_cache=_truth(question, "full_size_window_cache"),
        unified_cache=_truth(question, "unified_cache", default=True),
        memory_utilization=_share(question, "memory_utilization"),
        max_batched_tokens=_whole(question, "max_batched_tokens"),
    )


def _machine(question: Mapping[str, Any], names: Names) -> Machine:
    count = _whole(question, "hardware_count") or 1
    if count > 1024:
        raise QuestionError("Give 'hardware_count' as a number up to 1024.")
    asked = [name.strip() for name in question["hardware"].split(",")]
    cards = tuple(names.hardware(name) for name in asked) * count
    host = Host(
        ram_bytes=_whole(question, "host_ram_bytes"),
        ram_bandwidth_gb_s=_number(question, "host_ram_bandwidth_gb_s"),
        operating_system=str(question.get("operating_system") or ""),
        operating_system_version=str(question.get("operating_system_version") or ""),
    )
    if host.ram_bytes:
        # The catalogue has the largest version; the reader says which one it is.
        cards = tuple(
            replace(card, memory_bytes=host.ram_bytes)
            if card.has_unified_memory
            else card
            for card in cards
        )
    return Machine(cards=cards, split=_split(question), host=host)


def _split(question: Mapping[str, Any]) -> SplitMode | None:
    value = question.get("split")
    if value in (None, ""):
        return None
    word = str(value).lower()
    word = {"tp": "tensor", "pp": "layer", "pipeline": "layer"}.get(word, word)
    try:
        return SplitMode(word)
    except ValueError as error:
        modes = ", ".join(SplitMode)
        raise QuestionError(f"No split mode {value!r}. Use one of {modes}.") from error


def _number(question: Mapping[str, Any], name: str) -> float | None:
    value = question.get(name)
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        raise QuestionError(f"Give {name!r} as a number above zero.")
    try:
        number = float(value)
    except (TypeError, ValueError) as error:
        raise QuestionError(f"Give {name!r} as a number above zero.") from error
    if not 0 < number < 1e18:
        raise QuestionError(f"Give {name!r} as a number above zero.")
    return number


def _whole(question: Mapping[str, Any], name: str, *, least: int = 1) -> int | None:
    if least == 0 and question.get(name) == 0:
        return 0
    number = _number(question, name)
    if number is None:
        return None
    if number != int(number):
        raise QuestionError(f"Give {name!r} as a whole number.")
    return int(number)


def _share(question: Mapping[str, Any], name: str) -> float | None:
    number = _number(question, name)
    if number is not None and number > 1:
        raise QuestionError(f"Give {name!r} as a share between 0 and 1.")
    return number


def _truth(question: Mapping[str, Any], name: str, *, default: bool = False) -> bool:
    value = question.get(name)
    if value is None:
        return default
    if not isinstance(value, bool):
        raise QuestionError(f"Give {name!r} as true or false.")
    return value
