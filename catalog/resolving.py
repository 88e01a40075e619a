"""Engines, hardware and models as documents refer to them and quote them."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from catalog.importing.fields import plain
from catalog.measures import billions, gib, grouped, known_date
from catalog.models import AIModel, Engine, FailureMode, Hardware
from editorial.registry import FactValue, ResolvedFact

HARDWARE_UNITS = {
    "memory_bandwidth_gb_s": "GB/s",
    "fp32_tflops": "TFLOPS",
    "fp16_tensor_tflops": "TFLOPS",
    "fp8_tflops": "TFLOPS",
    "fp4_tflops": "TFLOPS",
    "int8_tops": "TOPS",
    "board_power_w": "W",
    "memory_bus_bits": "bit",
    "launch_price_usd": "USD",
}


def _resolved(
    type_name: str, row: Any, values: dict[str, FactValue]
) -> tuple[UUID, ResolvedFact]:
    url = row.get_absolute_url()
    return row.uid, ResolvedFact(type_name, row.uid, row.slug, row.name, url, values)


def _value(row: Any, raw: Any, display: str, unit: str = "") -> FactValue:
    return FactValue(
        raw=plain(raw) if isinstance(raw, Decimal) else str(raw),
        display=display,
        unit=unit,
        as_of=row.source.retrieved_on,
        source_url=row.source.url,
    )


def resolve_engines(uids: Iterable[UUID]) -> dict[UUID, ResolvedFact]:
    """Names, addresses and quotable fields, in two statements."""
    rows = Engine.objects.with_uids(uids).for_listing().prefetch_related("releases")
    return dict(_resolved("engine", row, _engine_values(row)) for row in rows)


def _engine_values(engine: Engine) -> dict[str, FactValue]:
    values = {"license": _value(engine, engine.license, engine.license)}
    if engine.default_port:
        port = str(engine.default_port)
        values["default_port"] = _value(engine, port, port)
    for release in engine.releases.all():
        if release.role == "latest_seen" and release.version:
            version = release.version
            values["latest_release"] = _value(engine, version, version)
    return values


def resolve_hardware(uids: Iterable[UUID]) -> dict[UUID, ResolvedFact]:
    """Names, addresses and quotable fields, in one statement."""
    rows = Hardware.objects.with_uids(uids).for_listing()
    return dict(_resolved("hardware", row, _hardware_values(row)) for row in rows)


def _hardware_values(chip: Hardware) -> dict[str, FactValue]:
    values = {
        name: _value(chip, getattr(chip, name), grouped(getattr(chip, name)), unit)
        for name, unit in HARDWARE_UNITS.items()
        if getattr(chip, name) is not None
    }
    memory = chip.memory_bytes
    return values | {"memory_bytes": _value(chip, memory, gib(memory), "GB")}


def resolve_models(uids: Iterable[UUID]) -> dict[UUID, ResolvedFact]:
    """Names, addresses and quotable fields, in one statement."""
    rows = AIModel.objects.with_uids(uids).for_listing()
    return dict(_resolved("model", row, _model_values(row)) for row in rows)


def _model_values(model: AIModel) -> dict[str, FactValue]:
    total = model.total_parameters
    values = {"total_parameters": _value(model, total, billions(total), "B")}
    if tokens := model.context_window_tokens:
        values["context_window_tokens"] = _value(
            model, tokens, grouped(tokens), "tokens"
        )
    if model.released_on:
        shown = known_date(model.released_on, model.released_on_precision)
        values["released_on"] = _value(model, model.released_on, shown)
    return values


def resolve_failure_modes(uids: Iterable[UUID]) -> dict[UUID, ResolvedFact]:
    """A failure mode is read on its engine's page."""
    rows = FailureMode.objects.filter(uid__in=list(uids)).select_related("engine")
    return {
        row.uid: ResolvedFact(
            type="failure_mode",
            uid=row.uid,
            slug=str(row.uid),
            name=row.title,
            url=f"{row.engine.get_absolute_url()}#what-breaks",
        )
        for row in rows
    }
