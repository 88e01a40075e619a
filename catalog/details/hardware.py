"""The facts of one chip or board, its summary in words, and its key figures."""

import re
from collections.abc import Mapping
from decimal import Decimal

from catalog.cards import FactRow, fact_row, hardware_rows
from catalog.details.facts import (
    YES_NO,
    FactTable,
    KeyFigure,
    key_figures,
    with_proof,
)
from catalog.measures import gib, grouped, known_date
from catalog.models import Hardware, HardwareKind, Segment
from editorial.models import Citation

HARDWARE_FIELDS = {
    "Memory": "memory_bytes",
    "Memory bandwidth": "memory_bandwidth_gb_s",
    "Memory bus": "memory_bus_bits",
    "FP16 tensor, dense": "fp16_tensor_tflops",
    "FP16 tensor, FP32 accumulate": "fp16_tensor_tflops",
    "FP8, dense": "fp8_tflops",
    "FP4, dense": "fp4_tflops",
    "INT8, dense": "int8_tops",
    "FP32": "fp32_tflops",
    "Board power": "board_power_w",
    "Released": "released_on",
    "Launch price": "launch_price_usd",
    "NVLink": "has_nvlink",
    "Interface": "interface",
    "Compute capability": "compute_capability",
}
TABLES = {
    "Memory": ("Memory", "Memory bandwidth", "Memory bus", "Unified memory"),
    "Rates": (
        *("FP32", "FP16 tensor, dense", "FP16 tensor, FP32 accumulate"),
        *("FP8, dense", "FP4, dense", "INT8, dense"),
    ),
    "Chip and board": (
        *("Architecture", "Compute capability", "Board power", "Interface"),
        *("NVLink", "Released", "Launch price"),
    ),
}
NVIDIA = "NVIDIA"
NVIDIA_ONLY = {"Compute capability", "NVLink"}
"""What the chips of others cannot have: no dash and no "no"."""

FP32_ACCUMULATE = re.compile(r"fp16_fp32acc_tflops=([\d.]+)")
ARTICLES = {
    Segment.CONSUMER: "A consumer",
    Segment.WORKSTATION: "A workstation",
    Segment.DATACENTER: "A data-centre",
    Segment.LAPTOP: "A laptop",
    Segment.MINI_PC: "A mini-PC or module",
}
NOUNS = {HardwareKind.APPLE_SOC: "chip", HardwareKind.ACCELERATOR: "accelerator"}


def fp32_accumulate_tflops(notes: str) -> str:
    """The tensor rate with FP32 accumulation, where the notes hold it apart.

    >>> fp32_accumulate_tflops("kept; fp16_fp32acc_tflops=165 (GeForce runs …)")
    '165'
    """
    match = FP32_ACCUMULATE.search(notes)
    return match[1].rstrip(".") if match else ""


def tensor_tflops(chip: Hardware) -> Decimal | None:
    """The dense FP16 tensor rate that compares: with FP32 accumulation if known."""
    halved = fp32_accumulate_tflops(chip.notes)
    return Decimal(halved) if halved else chip.fp16_tensor_tflops


def hardware_tables(
    chip: Hardware, citations: Mapping[str, Citation]
) -> list[FactTable]:
    def extra(label: str, display: str, unit: str = "", note: str = "") -> FactRow:
        field = HARDWARE_FIELDS.get(label)
        mark = chip.mark(field) if field else ""
        return fact_row(label, display, chip.source, unit=unit, mark=mark, note=note)

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
    if halved := fp32_accumulate_tflops(chip.notes):
        note = "What most inference code uses."
        rows.append(extra("FP16 tensor, FP32 accumulate", halved, "TFLOPS", note))
    if chip.vendor.name != NVIDIA:
        rows = [row for row in rows if row.label not in NVIDIA_ONLY]
    by_label = {
        row.label: row for row in with_proof(rows, chip, HARDWARE_FIELDS, citations)
    }
    return [
        FactTable(title, [by_label[label] for label in labels if label in by_label])
        for title, labels in TABLES.items()
    ]


def hardware_figures(chip: Hardware) -> list[KeyFigure]:
    power = "GPU power, at most" if chip.segment == Segment.LAPTOP else "board power"
    accumulate = fp32_accumulate_tflops(chip.notes)
    tensor = accumulate or grouped(chip.fp16_tensor_tflops)
    rate = "FP16 tensor, FP32 accumulate" if accumulate else "FP16 tensor, dense"
    vector = "" if tensor else grouped(chip.fp32_tflops)
    return key_figures(
        ("memory", gib(chip.memory_bytes), "GB"),
        ("bandwidth, peak", grouped(chip.memory_bandwidth_gb_s), "GB/s"),
        (rate, tensor, "TFLOPS"),
        ("FP32", vector, "TFLOPS"),
        (power, grouped(chip.board_power_w), "W"),
    )


def hardware_summary(chip: Hardware) -> str:
    """The row in two sentences: what it holds, and what it is."""
    kind = f"{gib(chip.memory_bytes)} GB"
    if chip.memory_type:
        kind += f" of {chip.memory_type}"
    if chip.has_unified_memory:
        kind += ", shared with the processor,"
    figures = f"{kind} at {grouped(chip.memory_bandwidth_gb_s)} GB/s"
    if chip.board_power_w:
        limit = "up to " if chip.segment == Segment.LAPTOP else ""
        figures += f" and {limit}{grouped(chip.board_power_w)} W"
    noun = NOUNS.get(HardwareKind(chip.kind), HardwareKind(chip.kind).label)
    what = f"{ARTICLES[Segment(chip.segment)]} {noun} by {chip.vendor.name}"
    if chip.architecture and not chip.architecture.startswith(chip.vendor.name):
        what += f", {chip.architecture}"
    if released := known_date(chip.released_on, chip.released_on_precision):
        what += f", launched {released}"
    return f"{figures}. {what}."
