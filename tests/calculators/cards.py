"""Hardware as the shipped data have it, without a database."""

from decimal import Decimal
from functools import lru_cache

from calculators.machines import hardware_of
from catalog.models import GIB, Hardware, Vendor
from tests.calculators.catalogued import rows_of

RATES = {
    "fp32_tflops": "fp32_tflops",
    "fp16_tensor_tflops": "fp16_tensor_tflops_dense",
}


@lru_cache(maxsize=1)
def hardware_rows():
    return {row["slug"]: row for row in rows_of("hardware.csv")}


def card_called(slug):
    row = hardware_rows()[slug]
    rates = {
        field: Decimal(row[column]) if row[column] else None
        for field, column in RATES.items()
    }
    return hardware_of(
        Hardware(
            slug=slug,
            name=row["name"],
            vendor=Vendor(name=row["vendor"]),
            kind=row["kind"],
            segment=row["segment"],
            architecture=row["architecture"],
            compute_capability=row["compute_capability"],
            memory_bytes=int(Decimal(row["memory_gb"]) * GIB),
            memory_type=row["memory_type"],
            memory_bandwidth_gb_s=Decimal(row["memory_bandwidth_gbs"]),
            has_unified_memory=row["unified_memory"] == "true",
            notes=row["notes"],
            **rates,
        )
    )
