"""The list of chips and boards."""

import re
from typing import Any

from django.db.models import Q
from django.utils import timezone

from catalog.importing.fields import plain
from catalog.listing.choices import FixedChoice, LinkChoice, NumberChoice, TextChoice
from catalog.listing.declaration import Cell, Column, Listing, Sort
from catalog.listing.filters import Range, Search
from catalog.lists.cells import (
    date_column,
    either_way,
    marked,
    marks_export,
    name_export,
    number_column,
    source_column,
    text_column,
)
from catalog.measures import gib
from catalog.models import GIB, Hardware, HardwareKind, Segment, Vendor
from catalog.prices import (
    CLOUD,
    NEW,
    USD,
    USED,
    PriceRange,
    price_label,
    price_ranges,
    price_unit,
)

SIZE = re.compile(r"(\d{1,5})gi?b", re.IGNORECASE | re.ASCII)
SHARED = {False: "Memory of its own", True: "Shared with the processor"}


def _name_cell(chip: Hardware) -> Cell:
    kind = f"{chip.get_segment_display()} · {chip.get_kind_display()}"
    return Cell(chip.name, url=chip.get_absolute_url(), notes=[kind])


def _name_values(chip: Hardware) -> dict[str, Any]:
    return {
        **name_export(chip),
        "vendor": chip.vendor.name,
        "kind": chip.kind,
        "segment": chip.segment,
        **marks_export(chip),
    }


def _memory_cell(chip: Hardware) -> Cell:
    return Cell(
        text=gib(chip.memory_bytes),
        notes=[chip.memory_type] if chip.memory_type else [],
        tags=marked(chip, "memory_bytes"),
        value=str(chip.memory_bytes),
    )


def _price_column(name: str, group: str, **options: Any) -> Column:
    """A dated range in dollars: a price without its day says nothing."""

    def range_for(chip: Hardware) -> PriceRange | None:
        return price_ranges(chip.seen_prices).get((group, USD))

    def cell(chip: Hardware) -> Cell:
        found = range_for(chip)
        if found is None:
            return Cell()
        is_old = found.is_old(timezone.now().date())
        tags = [("caution", "old")] if is_old else []
        return Cell(found.amount, notes=[found.when], tags=tags)

    def values(chip: Hardware) -> dict[str, Any]:
        found = range_for(chip)
        parts = {"low": None, "high": None, "first_on": None, "last_on": None}
        if found is not None:
            parts = {
                "low": plain(found.low),
                "high": plain(found.high),
                "first_on": found.rows[0].observed_on.isoformat(),
                "last_on": found.rows[-1].observed_on.isoformat(),
            }
        unit = "usd_per_hour" if group == CLOUD else "usd"
        keys = {"low": f"low_{unit}", "high": f"high_{unit}"}
        return {f"{name}_{keys.get(k, k)}": value for k, value in parts.items()}

    return Column(
        name,
        price_label(group),
        cell,
        values,
        unit=price_unit(group),
        is_number=True,
        **options,
    )


def memory_of(word: str) -> Q | None:
    """What "24gb" means: hardware with just so much memory."""
    size = SIZE.fullmatch(word)
    return Q(memory_bytes=int(size[1]) * GIB) if size else None


COLUMNS = [
    Column("name", "Hardware", _name_cell, _name_values, sorts=("name", "-name")),
    Column(
        "memory",
        "Memory",
        _memory_cell,
        lambda chip: {
            "memory_bytes": chip.memory_bytes,
            "memory_gib": gib(chip.memory_bytes),
            "memory_type": chip.memory_type,
        },
        unit="GB",
        is_number=True,
        sorts=("-memory", "memory"),
    ),
    number_column(
        "bandwidth",
        "Bandwidth",
        "memory_bandwidth_gb_s",
        "GB/s",
        sorts=("-bandwidth", "bandwidth"),
    ),
    number_column(
        "fp16",
        "FP16 tensor, dense",
        "fp16_tensor_tflops",
        "TFLOPS",
        sorts=("-fp16", "fp16"),
    ),
    number_column(
        "power", "Board power", "board_power_w", "W", sorts=("power", "-power")
    ),
    _price_column("price_new", NEW, sorts=("price", "-price")),
    _price_column("price_used", USED),
    _price_column("price_cloud", CLOUD, is_shown=False),
    date_column("released", "Released", "released_on", sorts=("-released", "released")),
    number_column("fp8", "FP8, dense", "fp8_tflops", "TFLOPS", is_shown=False),
    number_column("fp4", "FP4, dense", "fp4_tflops", "TFLOPS", is_shown=False),
    number_column("int8", "INT8, dense", "int8_tops", "TOPS", is_shown=False),
    number_column("fp32", "FP32", "fp32_tflops", "TFLOPS", is_shown=False),
    number_column("bus", "Memory bus", "memory_bus_bits", "bit", is_shown=False),
    number_column(
        "launch_price", "Launch price", "launch_price_usd", "USD", is_shown=False
    ),
    text_column("architecture", "Architecture", "architecture", is_shown=False),
    text_column("compute", "Compute capability", "compute_capability", is_shown=False),
    text_column("interface", "Interface", "interface", is_shown=False),
    source_column(),
]


SORTS = [
    *either_way("released", "Released", "released_on", "newest first", "oldest first"),
    *either_way("memory", "Memory", "memory_bytes", "most first", "least first"),
    *either_way(
        "bandwidth", "Bandwidth", "memory_bandwidth_gb_s", "most first", "least first"
    ),
    *either_way(
        "price", "Lowest price", "lowest_price_usd", "dearest first", "cheapest first"
    ),
    *either_way("power", "Board power", "board_power_w", "most first", "least first"),
    *either_way("fp16", "FP16 rate", "fp16_tensor_tflops", "most first", "least first"),
    Sort("name", "Name, A to Z", ("name",)),
    Sort("-name", "Name, Z to A", ("-name",)),
]

HARDWARE_LIST = Listing(
    name="hardware",
    noun="piece of hardware",
    nouns="pieces of hardware",
    path="/hardware/",
    rows=lambda: Hardware.objects.with_lowest_price(),
    for_page=lambda rows: rows.for_list_page(),
    filters=[
        Search(("name", "architecture", "vendor__name", "memory_type"), memory_of),
        FixedChoice("kind", "Kind", "kind", dict(HardwareKind.choices)),
        FixedChoice("segment", "Made for", "segment", dict(Segment.choices)),
        LinkChoice("vendor", "Maker", "vendor", Vendor),
        NumberChoice("size", "Memory size", "memory_bytes", unit="GB", scale=GIB),
        Range("memory", "Memory", "memory_bytes", unit="GB", scale=GIB),
        Range("bandwidth", "Bandwidth", "memory_bandwidth_gb_s", unit="GB/s"),
        Range("price", "Lowest price seen", "lowest_price_usd", unit="USD"),
        Range("power", "Board power", "board_power_w", unit="W"),
        Range("released", "Released", "released_on", is_date=True),
        FixedChoice("shared", "Kind of memory", "has_unified_memory", SHARED),
        TextChoice("architecture", "Architecture", "architecture"),
    ],
    columns=COLUMNS,
    sorts=SORTS,
    compare_folder="hardware",
    export_key="slug",
)
