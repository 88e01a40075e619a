"""Benchmark rows of the database as the estimator's measurements."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from statistics import median
from typing import NamedTuple

from benchmarks.models import Benchmark
from calculators.architectures import architecture_of
from calculators.files import PublishedFile, known_size
from calculators.machines import hardware_of
from catalog import models as facts
from estimator.answers import WeightBytes
from estimator.engines import rules_of
from estimator.inputs import Hardware, KnownSize, ModelArchitecture
from estimator.measurements import Measurement
from estimator.weights import weights_of

ODD_HOST = re.compile(
    r"\b(raspberry|pi \d+\+?|pi cm\d|risc-v|hifive)\b[^()]*host"
    r"|held (far )?back by the host|host holds it",
    re.IGNORECASE,
)
"""A card in a small board: real, but not what the card does in a computer."""
GGUF_SIZE = re.compile(r"\bGGUF (\d+(?:\.\d+)?) (GiB|MiB)")
"""As llama-bench prints it, in the notes of a row."""
FILE_SIZE = re.compile(r"\b(?:model )?file (\d+(?:\.\d+)?) (GB|GiB)", re.IGNORECASE)
BINS = re.compile(r"-(\d+)c$")
"""GPU cores in the source's slug of an Apple chip."""
MOST_CORES = re.compile(r"GPU up to (\d+) cores")
UNIT_BYTES = {"GB": 10**9, "GiB": 2**30, "MiB": 2**20}
Sizes = Mapping[tuple[str, str], float]


class MeasuredModel(NamedTuple):
    """A model as measurements of it need it."""

    slug: str
    family: str
    architecture: ModelArchitecture
    files: Sequence[PublishedFile]


def measurements(
    rows: Iterable[Benchmark],
    cards: Mapping[int | None, tuple[Hardware, str]] | None = None,
    models: Mapping[int | None, MeasuredModel] | None = None,
) -> list[Measurement]:
    """The rows in their order, each with its hardware, its model and its weights.

    `cards` (with their notes) and `models` save statements where the caller has them.
    """
    rows = list(rows)
    if cards is None:
        cards = _cards({row.hardware_id for row in rows if row.hardware_id})
    if models is None:
        models = _models({row.ai_model_id for row in rows if row.ai_model_id})
    printed = _printed_sizes(rows)
    return [
        _measurement(row, cards[row.hardware_id], models[row.ai_model_id], printed)
        for row in rows
        if row.hardware_id in cards and row.ai_model_id in models
    ]


def _cards(keys: set[int]) -> dict[int | None, tuple[Hardware, str]]:
    found = facts.Hardware.objects.for_estimating().filter(pk__in=keys)
    return {row.pk: (hardware_of(row), row.notes) for row in found}


def _models(keys: set[int]) -> dict[int | None, MeasuredModel]:
    found = facts.AIModel.objects.for_estimating().filter(pk__in=keys)
    return {
        row.pk: MeasuredModel(
            row.slug, row.family.name, architecture_of(row), list(row.files.all())
        )
        for row in found.select_related("family")
    }


def _printed_sizes(rows: Iterable[Benchmark]) -> Sizes:
    """Sizes that rows print, by model and quantisation: the middle one of several."""
    seen: dict[tuple[str, str], list[float]] = defaultdict(list)
    for row in rows:
        size = _printed(row.notes, GGUF_SIZE) or _printed(row.notes, FILE_SIZE)
        if size is not None:
            seen[row.model_slug, row.quantization].append(size)
    return {key: median(sizes) for key, sizes in seen.items()}


def _printed(notes: str, pattern: re.Pattern[str]) -> float | None:
    found = pattern.search(notes)
    return float(found[1]) * UNIT_BYTES[found[2]] if found else None


def _measurement(
    row: Benchmark,
    hardware: tuple[Hardware, str],
    model: MeasuredModel,
    printed: Sizes,
) -> Measurement:
    engine = row.engine.slug if row.engine else row.engine_name
    card = _binned(*hardware, row.hardware_slug)
    return Measurement(
        slug=row.slug,
        engine=engine,
        engine_version=row.engine_version,
        backend=row.backend,
        card=card,
        count=row.hardware_count or 1,
        model=model.architecture,
        model_slug=model.slug,
        family=model.family,
        quantization=row.quantization,
        weights=_weights(row, model, engine, printed),
        concurrency=row.concurrency,
        prompt_tokens=row.prompt_tokens,
        output_tokens=row.output_tokens,
        depth_tokens=row.context_depth_tokens,
        measured_year=row.measured_on.year if row.measured_on else None,
        decode=_number(row.decode_tokens_per_second),
        prefill=_number(row.prefill_tokens_per_second),
        is_doubtful=row.is_doubtful,
        is_slower_bin=card != hardware[0],
        has_odd_host=ODD_HOST.search(f"{row.hardware_name}; {row.notes}") is not None,
        confidence=str(row.confidence_on(row.measured_on or date.max).label),
    )


def _binned(card: Hardware, notes: str, source_slug: str) -> Hardware:
    """The catalogue holds the fastest bin; a slower one has fewer cores."""
    cores, most = BINS.search(source_slug), MOST_CORES.search(notes)
    if not cores or not most or card.fp32_tflops is None:
        return card
    share = int(cores[1]) / int(most[1])
    return card if share == 1 else replace(card, fp32_tflops=card.fp32_tflops * share)


def _weights(
    row: Benchmark,
    model: MeasuredModel,
    engine: str,
    printed: Sizes,
) -> WeightBytes | None:
    """None where nobody has printed how large the file is."""
    rules = rules_of(engine, "")
    family = rules.family if rules else "server"
    size = _size(row, model, family, engine, printed)
    if size is None and family == "gguf" and not _has_file(row, model):
        return None
    found = weights_of(model.architecture, row.quantization, family, size)
    return None if isinstance(found, str) else found


def _size(
    row: Benchmark,
    model: MeasuredModel,
    family: str,
    engine: str,
    printed: Sizes,
) -> KnownSize | None:
    """What llama-bench printed; else the catalogue's file; else what rows print."""
    own = _printed(row.notes, GGUF_SIZE)
    if own is not None:
        return KnownSize(size_bytes=round(own), is_exact=False, origin=row.slug)
    files, architecture = model.files, model.architecture
    known = known_size(files, row.quantization, family, architecture, engine=engine)
    if known is not None:
        return known
    seen = printed.get((row.model_slug, row.quantization))
    if family == "gguf" and seen is not None:
        return KnownSize(size_bytes=round(seen), is_exact=False, origin=row.slug)
    return None


def _has_file(row: Benchmark, model: MeasuredModel) -> bool:
    """Then the rule agrees with its rounded size, and knows more digits."""
    return any(
        file.weight_format == "gguf"
        and file.quantization.upper() == row.quantization.upper()
        for file in model.files
    )


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
