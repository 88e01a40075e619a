"""What the page of one engine, chip or model shows, beside its verdict."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from catalog.cards import (
    BACKEND_NAMES,
    FactRow,
    engine_rows,
    fact_row,
    hardware_rows,
    model_rows,
)
from catalog.importing.fields import plain
from catalog.measures import grouped, known_date
from catalog.models import AIModel, Engine, Hardware, SupportCell
from editorial.models import Citation
from editorial.vocabularies import SEVERITY_ORDER, PriceKind, SupportValue


@dataclass(frozen=True)
class FactTable:
    """A titled list of facts."""

    title: str
    rows: list[FactRow]


def with_citations(
    rows: Iterable[FactRow], fields: dict[str, str], citations: dict[str, Citation]
) -> list[FactRow]:
    """`rows`, proved by a field's own citation where there is one.

    `fields` maps a row's label to the field it shows.
    """
    proved = []
    for row in rows:
        citation = citations.get(fields.get(row.label, ""))
        if citation is not None and row.display:
            row = fact_row(
                row.label,
                row.display,
                citation.source,
                unit=row.unit,
                mark=row.mark,
                note=row.note,
            )
        proved.append(row)
    return proved


def citations_by_field(fact: Any) -> dict[str, Citation]:
    """The newest citation of each field of `fact`, in one statement."""
    rows = Citation.objects.filter(subject_uid=fact.uid).exclude(field="")
    ordered = rows.select_related("source").order_by("retrieved_on", "pk")
    return {citation.field: citation for citation in ordered}


def support_rows(engine: Engine, axis: str) -> list[FactRow]:
    """The cells of one axis; "unknown" is a dash, for nothing was seen either way."""
    cells = [cell for cell in engine.cells.all() if cell.axis == axis]
    return [_support_row(cell) for cell in cells]


def _support_row(cell: SupportCell) -> FactRow:
    label = BACKEND_NAMES.get(cell.key, cell.key.replace("_", " ").capitalize())
    is_known = cell.value != SupportValue.UNKNOWN
    display = cell.get_value_display() if is_known else ""
    return fact_row(label, display, cell.source, note=cell.note)


def engine_tables(engine: Engine) -> list[FactTable]:
    citations = citations_by_field(engine)
    extra = [
        fact_row("Kind", engine.get_kind_display(), engine.source),
        fact_row("Developer", engine.vendor.name, engine.source),
        fact_row("Status", engine.get_status_display(), engine.source),
        fact_row("Default port", str(engine.default_port or ""), engine.source),
        fact_row(
            "Oldest compute capability",
            engine.min_compute_capability,
            engine.source,
            note=engine.min_compute_capability_note,
        ),
    ]
    fields = {"Oldest compute capability": "min_compute_capability"}
    facts = with_citations([*engine_rows(engine), *extra], fields, citations)
    systems = [
        cell.key for cell in engine.cells.all() if cell.axis == "operating_system"
    ]
    facts.append(fact_row("Operating systems", ", ".join(systems), engine.source))
    return [
        FactTable("Facts", facts),
        FactTable("Hardware it runs on", support_rows(engine, "backend")),
        FactTable("Features", support_rows(engine, "feature")),
    ]


def failure_modes(engine: Engine) -> list[Any]:
    """Worst first, then by title."""
    return sorted(
        engine.failure_modes.all(),
        key=lambda mode: (SEVERITY_ORDER[mode.severity], mode.title),
    )


HARDWARE_FIELDS = {
    "Memory": "memory_bytes",
    "Memory bandwidth": "memory_bandwidth_gb_s",
    "FP16 tensor, dense": "fp16_tensor_tflops",
    "FP8, dense": "fp8_tflops",
    "FP4, dense": "fp4_tflops",
    "INT8, dense": "int8_tops",
    "FP32": "fp32_tflops",
    "Board power": "board_power_w",
    "Released": "released_on",
    "Launch price": "launch_price_usd",
    "NVLink": "has_nvlink",
    "Interface": "interface",
    "Memory bus": "memory_bus_bits",
}
YES_NO = {True: "Yes", False: "No", None: ""}


def hardware_tables(chip: Hardware) -> list[FactTable]:
    def extra(label: str, display: str, unit: str = "") -> FactRow:
        mark = chip.mark(HARDWARE_FIELDS.get(label, ""))
        return fact_row(label, display, chip.source, unit=unit, mark=mark)

    rows = [
        *hardware_rows(chip),
        extra("FP4, dense", grouped(chip.fp4_tflops), "TFLOPS"),
        extra("FP32", grouped(chip.fp32_tflops), "TFLOPS"),
        extra("Memory bus", grouped(chip.memory_bus_bits), "bit"),
        extra("NVLink", YES_NO[chip.has_nvlink]),
        extra("Interface", chip.interface),
        extra("Architecture", chip.architecture),
        extra("Compute capability", chip.compute_capability),
        extra("Unified memory", YES_NO[chip.has_unified_memory]),
    ]
    proved = with_citations(rows, HARDWARE_FIELDS, citations_by_field(chip))
    return [FactTable("Facts", proved)]


@dataclass(frozen=True)
class PriceRow:
    """One dated observation."""

    kind: str
    amount: str
    seller: str
    when: str
    source_url: str
    is_old: bool


def price_rows(chip: Hardware, today: Any, volatile_days: int) -> list[PriceRow]:
    """Every observation, by kind, the newest first; old ones are marked, not hidden."""
    order = list(PriceKind.values)
    prices = sorted(
        chip.prices.all(),
        key=lambda row: (order.index(row.kind), -row.observed_on.toordinal()),
    )
    return [
        PriceRow(
            kind=price.get_kind_display(),
            amount=f"{grouped(price.amount)} {price.currency}",
            seller=price.seller,
            when=known_date(price.observed_on, price.observed_on_precision),
            source_url=price.source.url,
            is_old=(today - price.observed_on).days > volatile_days,
        )
        for price in prices
    ]


MODEL_FIELDS = {
    "Parameters": "total_parameters",
    "Active": "active_parameters",
    "Context window": "context_window_tokens",
    "Licence": "license",
    "Released": "released_on",
    "Tied embeddings": "has_tied_embeddings",
    "Native type": "native_dtype",
    "Sliding window": "sliding_window_tokens",
}
MODEL_COUNTS = {
    "Layers": "layers",
    "Hidden size": "hidden_size",
    "Attention heads": "attention_heads",
    "KV heads": "kv_heads",
    "Head size": "head_dim",
    "KV rank": "kv_lora_rank",
    "Sliding window": "sliding_window_tokens",
    "Vocabulary": "vocabulary_size",
}


def model_tables(model: AIModel) -> list[FactTable]:
    counts = [
        fact_row(label, grouped(getattr(model, field)), model.source)
        for label, field in MODEL_COUNTS.items()
    ]
    counts += [
        fact_row(
            "Tied embeddings",
            YES_NO[model.has_tied_embeddings],
            model.source,
            mark=model.mark("has_tied_embeddings"),
        ),
        fact_row("Native type", model.native_dtype, model.source),
    ]
    extra = [
        fact_row("Family", model.family.name, model.source),
        fact_row("Developer", model.vendor.name, model.source),
        fact_row("Modality", model.get_modality_display(), model.source),
    ]
    citations = citations_by_field(model)
    facts = with_citations([*model_rows(model), *extra], MODEL_FIELDS, citations)
    shape = with_citations(counts, MODEL_FIELDS, citations)
    return [FactTable("Facts", facts), FactTable("Architecture", shape)]


@dataclass(frozen=True)
class FileRow:
    """One published file, with how exactly its size is known."""

    quantization: str
    weight_format: str
    size: str
    is_exact: bool
    bits_per_weight: str
    publisher: str
    source_url: str


def file_rows(model: AIModel) -> list[FileRow]:
    return [
        FileRow(
            quantization=file.quantization,
            weight_format=file.weight_format,
            size=f"{grouped(file.printed_size)} {file.printed_unit}"
            if not file.is_exact
            else f"{grouped(file.size_bytes)} bytes",
            is_exact=file.is_exact,
            bits_per_weight=plain(file.bits_per_weight),
            publisher=file.publisher,
            source_url=file.source.url,
        )
        for file in model.files.all()
    ]
