"""What the page of one measurement says of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Any

from benchmarks.matching import METRICS, shown_speed
from benchmarks.models import Benchmark, BenchmarkRun
from catalog.cards import FactRow, fact_row
from catalog.details.facts import FactTable
from catalog.importing.fields import plain
from catalog.measures import grouped, known_date
from editorial.models import Citation

METRIC_MEANINGS = {
    "decode_tokens_per_second": "Writing the answer, for one request.",
    "aggregate_tokens_per_second": "All requests together. Not the speed of any one.",
    "prefill_tokens_per_second": "Reading the prompt, for one request.",
}
BACKENDS = {
    "cuda": "CUDA",
    "rocm": "ROCm",
    "metal": "Metal",
    "vulkan": "Vulkan",
    "sycl": "SYCL",
    "cpu": "CPU",
}
MACHINE_NOTE = re.compile(r"^agg=[a-z+ -]+$|^agg=[a-z+ -]+(?= \()")
"""What the file keeps for the loader; the page says it in words."""


@dataclass(frozen=True)
class Speed:
    """One headline figure."""

    metric: str
    label: str
    value: str
    display: str
    meaning: str
    counts: str


@dataclass(frozen=True)
class RunTable:
    """The single runs of one metric, and what they come to."""

    label: str
    speeds: list[tuple[int, str]]
    median: str
    spread: str


def title_of(row: Benchmark) -> str:
    """ "Llama 3 8B Q4_K_M on NVIDIA GeForce RTX 4090 with llama.cpp"."""
    model = f"{row.ai_model or row.model_name} {row.quantization}".strip()
    return f"{model} on {hardware_of(row)} with {row.engine or row.engine_name}"


def hardware_of(row: Benchmark) -> str:
    name = str(row.hardware or row.hardware_name)
    many = row.hardware_count and row.hardware_count > 1
    return f"{row.hardware_count} × {name}" if many else name


def speeds_of(row: Benchmark) -> list[Speed]:
    """The figures that were measured, the more telling first."""
    return [
        Speed(
            metric=metric,
            label=label,
            value=plain(getattr(row, metric)),
            display=shown_speed(getattr(row, metric)),
            meaning=METRIC_MEANINGS[metric],
            counts=_counts(row) if metric == "aggregate_tokens_per_second" else "",
        )
        for metric, label in METRICS.items()
        if getattr(row, metric) is not None
    ]


def _counts(row: Benchmark) -> str:
    return row.get_aggregate_kind_display()


def settings_of(row: Benchmark, citations: Mapping[str, Citation]) -> list[FactTable]:
    """Every column of the row in three titled lists.

    One source stands for all of them, so only a field that an editor corrected names
    its own.
    """

    def setting(label: str, field: str, unit: str = "", **more: Any) -> FactRow:
        display = more.pop("display", None)
        if display is None:
            value = getattr(row, field)
            is_number = isinstance(value, int | Decimal)
            display = grouped(value) if is_number else value or ""
        source = citations[field].source if field in citations else None
        mark = row.mark(field)
        return fact_row(label, display, source, unit=unit, mark=mark, **more)

    setup = [
        _named(setting, "Engine", "engine", row),
        setting("Engine version", "engine_version"),
        setting("Back end", "backend", display=BACKENDS.get(row.backend, row.backend)),
        _named(setting, "Hardware", "hardware", row),
        setting("Number of devices", "hardware_count"),
        _named(setting, "Model", "model", row),
        setting("Quantisation", "quantization"),
    ]
    when = known_date(row.measured_on, row.measured_on_precision)
    workload = [
        setting("Requests at once", "concurrency"),
        setting("Prompt", "prompt_tokens", "tokens"),
        setting("Output", "output_tokens", "tokens"),
        setting("Context depth", "context_depth_tokens", "tokens"),
        setting("Measured on", "measured_on", display=when),
    ]
    result = [
        *(setting(label, metric, "tok/s") for metric, label in METRICS.items()),
        setting("The aggregate counts", "aggregate_kind", display=_counts(row)),
        setting("Time to first token", "time_to_first_token_ms", "ms"),
        setting("Peak memory", "peak_memory_gb", "GB"),
        setting("Power", "power_w", "W"),
    ]
    return [
        FactTable("Set-up", setup),
        FactTable("Workload", workload),
        FactTable("Result", result),
    ]


def _named(setting: Any, label: str, subject: str, row: Benchmark) -> FactRow:
    """The catalogue's name with its page, and the source's own where it is another."""
    link, raw = {
        "engine": (row.engine, row.engine_name),
        "hardware": (row.hardware, row.hardware_name),
        "model": (row.ai_model, row.model_name),
    }[subject]
    field = {"model": "ai_model"}.get(subject, subject)
    if link is None:
        note = "Named so by the source; not tied to one entry of the catalogue."
        return setting(label, field, display=raw, note=note)
    is_same = raw.casefold() in {link.name.casefold(), link.slug}
    note = "" if is_same else f"The source says “{raw}”."
    url = link.get_absolute_url()
    return setting(label, field, display=link.name, link=url, note=note)


def run_tables(runs: Sequence[BenchmarkRun]) -> list[RunTable]:
    """The single runs by metric; none where none are published."""
    tables = []
    for metric, label in METRICS.items():
        speeds = [(run.number, getattr(run, metric)) for run in runs]
        known = [(number, speed) for number, speed in speeds if speed is not None]
        if not known:
            continue
        values = [speed for _, speed in known]
        middle = median(values)
        spread = (max(values) - min(values)) / middle
        tables.append(
            RunTable(
                label=label,
                speeds=[(number, grouped(speed)) for number, speed in known],
                median=shown_speed(middle),
                spread=f"{spread * 100:.1f}\u202f%",
            )
        )
    return tables


def notes_of(row: Benchmark) -> list[str]:
    """The notes, one idea a line, without what is said elsewhere on the page."""
    parts = [MACHINE_NOTE.sub("", part.strip()) for part in row.notes.split(";")]
    return [part.strip() for part in parts if part.strip()]


def doubt_of(row: Benchmark) -> str:
    """What contradicts a doubtful row, in the editor's words; empty when not said."""
    if not row.is_doubtful:
        return ""
    said = [note for note in notes_of(row) if note.lower().startswith("doubtful")]
    return said[0].partition(":")[2].strip() if said else ""
