"""`hardware.csv`, `hardware_prices.csv` and `hardware_aliases.csv`."""

from pathlib import Path
from typing import Any

from django.utils.text import slugify

from catalog.files.notes import HARDWARE_LABELS, marks_in, split_notes
from catalog.importing.fields import Row, read_csv, slug_of
from catalog.importing.records import Batch, CitationNote, Record, Reference, fact_uid
from catalog.models import GIB, HardwareKind, Segment
from editorial.vocabularies import PriceKind

COLUMNS = [
    *("slug", "name", "vendor", "kind", "segment", "architecture"),
    *("compute_capability", "release_date", "memory_gb", "memory_type"),
    *("memory_bus_bits", "memory_bandwidth_gbs", "unified_memory", "fp32_tflops"),
    *("fp16_tensor_tflops_dense", "fp8_tflops_dense", "fp4_tflops_dense"),
    *("int8_tops_dense", "tdp_watts", "interface", "nvlink", "launch_msrp_usd"),
    *("source_url", "source_title", "accessed", "notes"),
]
PRICE_COLUMNS = [
    *("slug", "price_usd", "condition", "kind", "provider_or_retailer"),
    *("observed_on", "source_url"),
]
RATES = {
    "fp32_tflops": "fp32_tflops",
    "fp16_tensor_tflops": "fp16_tensor_tflops_dense",
    "fp8_tflops": "fp8_tflops_dense",
    "fp4_tflops": "fp4_tflops_dense",
    "int8_tops": "int8_tops_dense",
}
MARKETPLACE_WORDS = ("spot", "marketplace", "community")


def vendor_reference(batch: Batch, name: str, where: str = "") -> Reference:
    """The vendor called `name`, noted once."""
    slug = slugify(name)[:80]
    uid = fact_uid("vendor", slug)
    record = Record("catalog.Vendor", uid, {"slug": slug, "name": name[:120]}, where)
    if record not in batch.records:
        batch.records.append(record)
    return Reference("catalog.Vendor", uid)


def alias_record(fact_type: str, alias: str, target: Any, note: str, where: str):
    values = {
        "fact_type": fact_type,
        "alias": alias,
        "target_uid": target,
        "note": note,
    }
    return Record("catalog.Alias", fact_uid("alias", fact_type, alias), values, where)


def parse_hardware(directory: Path, batch: Batch) -> None:
    """Chips, their prices and their aliases. Prices of unknown chips are errors."""
    rows = list(read_csv(directory / "hardware.csv", batch, COLUMNS))
    vendors = {name: vendor_reference(batch, name) for name in _vendors(rows)}
    seen: set[str] = set()
    for row in rows:
        slug = slug_of(row.needed("slug"))
        if slug in seen:
            row.fail("slug", f"“{slug}” stands in the file twice")
        seen.add(slug)
        batch.records.append(_hardware(row, slug, vendors, batch))
    for row in read_csv(directory / "hardware_prices.csv", batch, PRICE_COLUMNS):
        batch.records.append(_price(row, seen, batch))
    columns = ["benchmark_slug", "hardware_slug"]
    for row in read_csv(directory / "hardware_aliases.csv", batch, columns):
        target = _known(row, "hardware_slug", seen)
        alias = row.needed("benchmark_slug")
        uid = fact_uid("hardware", target)
        batch.records.append(alias_record("hardware", alias, uid, "", row.where))


def _vendors(rows: list[Row]) -> list[str]:
    return list(dict.fromkeys(row.needed("vendor") for row in rows))


def _known(row: Row, column: str, slugs: set[str]) -> str:
    slug = slug_of(row.needed(column))
    if slug not in slugs:
        row.fail(column, f"“{slug}” is not in hardware.csv")
    return slug


def _hardware(
    row: Row, slug: str, vendors: dict[str, Reference], batch: Batch
) -> Record:
    released_on, precision = row.date("release_date")
    memory_gb = row.number("memory_gb", above=0, is_needed=True)
    words, inline = split_notes(row.text("notes"))
    uid = fact_uid("hardware", slug)
    url, title = row.url("source_url"), row.text("source_title")
    values = {
        "slug": slug,
        "name": row.needed("name", longest=120),
        "vendor": vendors[row.raw("vendor")],
        "kind": row.choice("kind", HardwareKind.values),
        "segment": row.choice("segment", Segment.values),
        "architecture": row.text("architecture", longest=40),
        "compute_capability": row.text("compute_capability", longest=8),
        "released_on": released_on,
        "released_on_precision": precision,
        "memory_bytes": int(memory_gb * GIB) if memory_gb else 0,
        "memory_type": row.text("memory_type", longest=12),
        "memory_bus_bits": row.whole("memory_bus_bits", above=0),
        "memory_bandwidth_gb_s": row.number(
            "memory_bandwidth_gbs", above=0, is_needed=True
        ),
        "has_unified_memory": row.boolean("unified_memory"),
        **{name: row.number(column, above=0) for name, column in RATES.items()},
        "board_power_w": row.whole("tdp_watts", above=0),
        "interface": row.text("interface", longest=40),
        "has_nvlink": row.boolean("nvlink", optional=True),
        "launch_price_usd": row.number("launch_msrp_usd", above=0),
        "notes": words,
        "source": batch.cite(url, title, row.day("accessed")),
    }
    filled = [name for name, value in values.items() if value not in (None, "")]
    labels = [label for source in inline for label in source.labels]
    values["marks"] = marks_in("; ".join([words, *labels]), filled)
    for source in inline:
        batch.cite(source.url, source.title, row.day("accessed"))
        for label in source.labels:
            field = HARDWARE_LABELS.get(label, "")
            batch.citations.append(
                CitationNote(source.url, "hardware", uid, field, label)
            )
    return Record("catalog.Hardware", uid, values, row.where)


def price_kind(row: Row, kind: str, condition: str, seller: str) -> PriceKind:
    """The vocabulary's kind of a price that the file calls msrp, street or cloud."""
    if kind == "msrp":
        return PriceKind.MSRP
    if kind == "street":
        return {"new": PriceKind.STREET_NEW, "used": PriceKind.STREET_USED}.get(
            condition, PriceKind.STREET_UNSTATED
        )
    if kind != "cloud_hourly":
        row.fail("kind", f"“{kind}” is not msrp, street or cloud_hourly")
    is_market = any(f"({word}" in seller.lower() for word in MARKETPLACE_WORDS)
    return PriceKind.MARKETPLACE_HOUR if is_market else PriceKind.CLOUD_HOUR


def _price(row: Row, slugs: set[str], batch: Batch) -> Record:
    slug = _known(row, "slug", slugs)
    observed_on, precision = row.date("observed_on")
    if observed_on is None:
        row.fail("observed_on", "is empty")
    condition = row.choice("condition", ["new", "used"], optional=True)
    seller = row.needed("provider_or_retailer", longest=120)
    amount = row.number("price_usd", above=0, is_needed=True)
    kind = price_kind(row, row.raw("kind"), condition, seller)
    key = (slug, kind, condition, seller, row.raw("observed_on"), amount)
    values = {
        "hardware": Reference("catalog.Hardware", fact_uid("hardware", slug)),
        "kind": kind.value,
        "amount": amount,
        "currency": "USD",
        "condition": condition,
        "region": "",
        "seller": seller,
        "observed_on": observed_on,
        "observed_on_precision": precision,
        "source": batch.cite(row.url("source_url")),
    }
    uid = fact_uid("price", *key)
    return Record("catalog.PriceObservation", uid, values, row.where)
