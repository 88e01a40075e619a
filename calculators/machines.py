"""Hardware of the catalogue as the estimator needs it."""

from decimal import Decimal

from catalog import models as facts
from estimator.inputs import Hardware

HALVED_MARK = "fp16_fp32acc_tflops="
"""In the notes of cards whose FP16 figure is the FP16-accumulate peak."""


def hardware_of(row: facts.Hardware) -> Hardware:
    """`row` with plain numbers."""
    return Hardware(
        slug=row.slug,
        name=row.name,
        vendor=row.vendor.name,
        kind=row.kind,
        memory_bytes=row.memory_bytes,
        bandwidth_gb_s=float(row.memory_bandwidth_gb_s),
        segment=row.segment,
        architecture=row.architecture,
        compute_capability=row.compute_capability,
        memory_type=row.memory_type,
        has_unified_memory=row.has_unified_memory,
        fp32_tflops=_number(row.fp32_tflops),
        fp16_tensor_tflops=_number(row.fp16_tensor_tflops),
        fp16_is_fp32_accumulate=HALVED_MARK not in row.notes,
        fp8_tflops=_number(row.fp8_tflops),
        fp4_tflops=_number(row.fp4_tflops),
        int8_tops=_number(row.int8_tops),
        board_power_w=row.board_power_w,
        interface=row.interface,
        has_nvlink=row.has_nvlink,
        released_year=row.released_on.year if row.released_on else None,
    )


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
