"""Pieces of hardware, line by line."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from catalog.cards import FactRow, fact_row
from catalog.details.facts import YES_NO
from catalog.importing.fields import plain
from catalog.measures import gib, grouped, known_date
from catalog.models import GIB, Hardware
from catalog.prices import PriceRange, in_order, price_label, price_ranges
from comparisons.generated.proofs import Proofs
from comparisons.generated.table import Figure, Line
from editorial.vocabularies import Direction

FP16_ACCUMULATE = re.compile(r"\bfp16[- ]accumulate", re.IGNORECASE)
ACCUMULATES = re.compile(r"\bfp\d+[- ]accumulate", re.IGNORECASE)
FP32_ACCUMULATE_RATE = re.compile(r"fp16_fp32acc_tflops=([\d.]+)")

RATES = (
    ("FP16 tensor, dense", "fp16_tensor_tflops", "TFLOPS"),
    ("FP8, dense", "fp8_tflops", "TFLOPS"),
    ("FP4, dense", "fp4_tflops", "TFLOPS"),
    ("INT8, dense", "int8_tops", "TOPS"),
)
HIGHER, LOWER = Direction.HIGHER, Direction.LOWER
Show = Callable[[Hardware], str]


def hardware_lines(chips: Sequence[Hardware], proofs: Proofs) -> list[Line]:
    """Memory, rates, power, prices and the rest, as far as sources tell."""

    def number(
        label: str, field: str, unit: str, direction: Direction | None, gloss: str = ""
    ) -> Line:
        figures = [_number(proofs, chip, field, unit) for chip in chips]
        return Line(label, figures, gloss, direction)

    def words(label: str, field: str, show: Show, gloss: str = "") -> Line:
        figures = [Figure(proofs.row(chip, label, field, show(chip))) for chip in chips]
        return Line(label, figures, gloss)

    return [
        Line(
            "Memory",
            [_memory(proofs, chip) for chip in chips],
            "Vendors' gigabytes are binary: 24 GB holds 24 GiB.",
            HIGHER,
        ),
        number("Memory bandwidth", "memory_bandwidth_gb_s", "GB/s", HIGHER),
        *(
            Line(label, [_rate(proofs, chip, *rate) for chip in chips], "", HIGHER)
            for label, *rate in RATES
        ),
        number("FP32, vector", "fp32_tflops", "TFLOPS", HIGHER),
        number("Board power", "board_power_w", "W", LOWER),
        Line(
            "Bandwidth per watt",
            [_bandwidth_per_watt(proofs, chip) for chip in chips],
            "Memory bandwidth divided by board power: of the two rows above.",
            HIGHER,
        ),
        Line(
            "Launch price",
            [_launch_price(proofs, chip) for chip in chips],
            "What the vendor asked on the first day.",
            LOWER,
        ),
        *price_lines(chips),
        words("Kind", "kind", lambda chip: chip.get_kind_display()),
        words("Made for", "segment", lambda chip: chip.get_segment_display()),
        words("Architecture", "architecture", lambda chip: chip.architecture),
        words(
            "Compute capability",
            "compute_capability",
            lambda chip: chip.compute_capability,
            "NVIDIA's number for what a chip can run.",
        ),
        words("Memory type", "memory_type", lambda chip: chip.memory_type),
        number("Memory bus", "memory_bus_bits", "bit", None),
        words(
            "Unified memory",
            "has_unified_memory",
            lambda chip: YES_NO[chip.has_unified_memory],
            "Processor and GPU share one memory.",
        ),
        words("Interface", "interface", lambda chip: chip.interface),
        words("NVLink", "has_nvlink", lambda chip: YES_NO[chip.has_nvlink]),
        words(
            "Released",
            "released_on",
            lambda chip: known_date(chip.released_on, chip.released_on_precision),
        ),
    ]


def _number(proofs: Proofs, chip: Hardware, field: str, unit: str) -> Figure:
    value = getattr(chip, field)
    shown = proofs.row(chip, field, field, grouped(value), unit=unit)
    return Figure(shown, None if value is None else Decimal(value))


def _memory(proofs: Proofs, chip: Hardware) -> Figure:
    shown = proofs.row(
        chip, "Memory", "memory_bytes", gib(chip.memory_bytes), unit="GB"
    )
    return Figure(shown, Decimal(chip.memory_bytes) / GIB)


def _rate(proofs: Proofs, chip: Hardware, field: str, unit: str) -> Figure:
    """A rate, and with which accumulate it was counted where the notes say so."""
    figure = _number(proofs, chip, field, unit)
    if figure.amount is None or not counts_fp16_accumulate(chip.notes, field):
        return figure
    note = "counted with FP16 accumulate"
    slower = FP32_ACCUMULATE_RATE.search(chip.notes)
    if slower and field == "fp16_tensor_tflops":
        note += f"; {slower[1]} {unit} with FP32 accumulate"
    return replace(figure, shown=replace(figure.shown, note=note), basis="FP16")


def counts_fp16_accumulate(notes: str, field: str) -> bool:
    """Whether the notes say that a rate was counted with FP16 accumulate.

    >>> counts_fp16_accumulate("fp8 figure is FP16-accumulate", "fp8_tflops")
    True
    """
    name = field.split("_")[0]
    clauses = [clause for clause in notes.split(";") if FP16_ACCUMULATE.search(clause)]
    subjects = [ACCUMULATES.sub("", clause).lower() for clause in clauses]
    return any(name in words or "tensor figures" in words for words in subjects)


def _bandwidth_per_watt(proofs: Proofs, chip: Hardware) -> Figure:
    label = "Bandwidth per watt"
    if not chip.board_power_w:
        return Figure(FactRow(label, ""))
    amount = chip.memory_bandwidth_gb_s / chip.board_power_w
    marks = {chip.mark("memory_bandwidth_gb_s"), chip.mark("board_power_w")}
    shown = fact_row(
        label,
        plain(round(amount, 2)),
        chip.source,
        unit="GB/s per W",
        mark="doubtful" if "doubtful" in marks else "derived",
    )
    return Figure(shown, amount)


def _launch_price(proofs: Proofs, chip: Hardware) -> Figure:
    figure = _number(proofs, chip, "launch_price_usd", "USD")
    released = known_date(chip.released_on, chip.released_on_precision)
    note = f"asked in {released}" if released else "the day of release is not known"
    if figure.amount is None:
        return figure
    return replace(figure, shown=replace(figure.shown, note=note))


def price_lines(chips: Sequence[Hardware]) -> list[Line]:
    """A line for each sort and currency of prices that any of the chips has."""
    seen = [price_ranges(chip.prices.all()) for chip in chips]
    keys = sorted({key for known in seen for key in known}, key=in_order)
    return [
        Line(
            price_label(key[0]),
            [Figure(price_row(price_label(key[0]), known.get(key))) for known in seen],
            PRICE_GLOSS,
        )
        for key in keys
    ]


PRICE_GLOSS = "A range of what was seen. Prices age: look at the days."


def price_row(label: str, found: PriceRange | None, count: str = "") -> FactRow:
    """What was asked, with the days it was seen; the source is that of the newest."""
    if found is None:
        return FactRow(label, "")
    return fact_row(
        label,
        found.amount,
        found.rows[-1].source,
        unit=found.unit,
        note=f"{count or found.observations}, {found.when}",
    )
