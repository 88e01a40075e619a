"""The catalogue's files, written from the rows."""

import csv
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml

from catalog.files import hardware as hardware_file
from catalog.files import model_languages as languages_file
from catalog.files import models as models_file
from catalog.files.engine_writing import engine_entries, failure_mode_entries
from catalog.files.notes import InlineSource, join_notes
from catalog.importing.fields import partial_date, plain
from catalog.models import (
    GIB,
    AIModel,
    Alias,
    Hardware,
    HostedPrice,
    ModelFile,
    ModelLanguages,
    PriceObservation,
)
from editorial.models import Citation, Source
from editorial.vocabularies import PriceKind

FILE_PRICE_KINDS = {
    PriceKind.MSRP: "msrp",
    PriceKind.STREET_NEW: "street",
    PriceKind.STREET_USED: "street",
    PriceKind.STREET_UNSTATED: "street",
    PriceKind.CLOUD_HOUR: "cloud_hourly",
    PriceKind.MARKETPLACE_HOUR: "cloud_hourly",
}
Cells = dict[str, Any]


def write_catalog(directory: Path) -> None:
    """Write every file into `directory`, which exists."""
    citations = _citations()
    everything = {
        model: model._default_manager.all()
        for model in (Hardware, PriceObservation, AIModel, ModelFile, HostedPrice)
    }
    _write_yaml(directory / "engines.yaml", "engines", engine_entries(citations))
    _write_yaml(
        directory / "failure_modes.yaml", "failure_modes", failure_mode_entries()
    )
    columns = hardware_file.COLUMNS
    _write_csv(
        directory / "hardware.csv", columns, hardware_cells(everything[Hardware])
    )
    columns = hardware_file.PRICE_COLUMNS
    _write_csv(
        directory / "hardware_prices.csv",
        columns,
        price_cells(everything[PriceObservation]),
    )
    columns = ["benchmark_slug", "hardware_slug"]
    _write_csv(directory / "hardware_aliases.csv", columns, _hardware_aliases())
    columns = models_file.COLUMNS
    _write_csv(directory / "models.csv", columns, model_cells(everything[AIModel]))
    columns = models_file.FILE_COLUMNS
    _write_csv(
        directory / "model_files.csv", columns, model_file_cells(everything[ModelFile])
    )
    columns = languages_file.COLUMNS
    rows = ModelLanguages.objects.all()
    _write_csv(directory / "model_languages.csv", columns, model_language_cells(rows))
    columns = models_file.PRICE_COLUMNS
    _write_csv(
        directory / "api_prices.csv",
        columns,
        hosted_price_cells(everything[HostedPrice]),
    )
    columns = ["benchmark_slug", "model_slug", "note"]
    _write_csv(directory / "model_aliases.csv", columns, _model_aliases())
    columns = ["key", "source_title", "source_url"]
    _write_csv(directory / "model_source_keys.csv", columns, _source_keys())


def _write_csv(path: Path, columns: list[str], rows: Iterable[Cells]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _write_yaml(path: Path, name: str, entries: Iterable[Cells]) -> None:
    text = yaml.dump(
        {name: list(entries)},
        Dumper=yaml.CSafeDumper,
        sort_keys=False,
        width=120,
        allow_unicode=True,
    )
    path.write_text(text, encoding="utf-8")


def _citations() -> dict[UUID, list[Citation]]:
    found = defaultdict(list)
    for citation in Citation.objects.select_related("source").order_by("pk"):
        found[citation.subject_uid].append(citation)
    return found


def _flag(value: bool | None) -> str:
    return {True: "true", False: "false", None: ""}[value]


def _inline(citations: list[Citation]) -> list[InlineSource]:
    labels: dict[int, list[str]] = defaultdict(list)
    sources: dict[int, Source] = {}
    for citation in citations:
        labels[citation.source_id].append(citation.label or citation.field)
        sources[citation.source_id] = citation.source
    return [
        InlineSource(tuple(labels[key]), source.url, source.title)
        for key, source in sources.items()
    ]


def hardware_cells(rows: Any) -> Iterable[Cells]:
    citations = _citations()
    for chip in rows.for_listing().order_by("pk"):
        memory_gb = Decimal(chip.memory_bytes) / GIB
        yield {
            "slug": chip.slug,
            "name": chip.name,
            "vendor": chip.vendor.name,
            "kind": chip.kind,
            "segment": chip.segment,
            "architecture": chip.architecture,
            "compute_capability": chip.compute_capability,
            "release_date": partial_date(chip.released_on, chip.released_on_precision),
            "memory_gb": plain(memory_gb),
            "memory_type": chip.memory_type,
            "memory_bus_bits": chip.memory_bus_bits,
            "memory_bandwidth_gbs": plain(chip.memory_bandwidth_gb_s),
            "unified_memory": _flag(chip.has_unified_memory),
            **{
                column: plain(getattr(chip, name))
                for name, column in hardware_file.RATES.items()
            },
            "tdp_watts": chip.board_power_w,
            "interface": chip.interface,
            "nvlink": _flag(chip.has_nvlink),
            "launch_msrp_usd": plain(chip.launch_price_usd),
            "source_url": chip.source.url,
            "source_title": chip.source.title,
            "accessed": chip.source.retrieved_on.isoformat(),
            "notes": join_notes(chip.notes, _inline(citations[chip.uid])),
        }


def price_cells(rows: Any) -> Iterable[Cells]:
    for price in rows.select_related("hardware", "source").order_by("pk"):
        yield {
            "slug": price.hardware.slug,
            "price_usd": plain(price.amount),
            "condition": price.condition,
            "kind": FILE_PRICE_KINDS[price.kind],
            "provider_or_retailer": price.seller,
            "observed_on": partial_date(price.observed_on, price.observed_on_precision),
            "source_url": price.source.url,
        }


def _hardware_aliases() -> Iterable[Cells]:
    slugs = dict(Hardware.objects.values_list("uid", "slug"))
    for alias in Alias.objects.filter(fact_type="hardware").order_by("pk"):
        yield {
            "benchmark_slug": alias.alias,
            "hardware_slug": slugs[alias.target_uid],
        }


def _dotted_slugs() -> dict[UUID, str]:
    """Every model's slug as the data set writes it."""
    slugs = dict(AIModel.objects.values_list("uid", "slug"))
    rows = Alias.objects.filter(fact_type="model", note=models_file.DOTTED)
    return slugs | dict(rows.values_list("target_uid", "alias"))


def model_cells(rows: Any) -> Iterable[Cells]:
    citations, dotted = _citations(), _dotted_slugs()
    short = {field: name for name, field in models_file.CITED_FIELDS.items()}
    for model in rows.for_listing().order_by("pk"):
        parts = [citation.label for citation in citations[model.uid] if citation.label]
        parts += [
            f"{short[field]}={mark}" for field, mark in model.marks.items() if field
        ]
        words, glue = model.notes, " src: "
        if " src: " in f" {model.notes}":
            glue = "; "
        notes = f"{words}{glue}{'; '.join(parts)}" if parts else words
        yield {
            "slug": dotted[model.uid],
            "name": model.name,
            "family": model.family.name,
            "developer": model.vendor.name,
            "release_date": partial_date(
                model.released_on, model.released_on_precision
            ),
            "license": model.license,
            "license_allows_commercial": model.commercial_use,
            "modality": model.modality,
            "architecture": model.architecture,
            "total_params_b": _billions(model.total_parameters),
            "active_params_b": _billions(model.active_parameters),
            **{
                column: getattr(model, name)
                for name, column in models_file.COUNTS.items()
            },
            "tie_word_embeddings": _flag(model.has_tied_embeddings),
            "native_dtype": model.native_dtype,
            "hf_repo": model.hf_repository,
            "source_url": model.source.url,
            "source_title": model.source.title,
            "accessed": model.source.retrieved_on.isoformat(),
            "notes": notes.strip(),
        }


def _billions(count: int | None) -> str:
    return "" if count is None else plain(Decimal(count) / models_file.BILLION)


def model_file_cells(rows: Any) -> Iterable[Cells]:
    dotted = _dotted_slugs()
    for file in rows.select_related("ai_model", "source").order_by("pk"):
        yield {
            "model_slug": dotted[file.ai_model.uid],
            "format": file.weight_format,
            "quant": file.quantization,
            "file_size_bytes_or_gb": plain(file.printed_size),
            "unit": file.printed_unit,
            "bits_per_weight": plain(file.bits_per_weight),
            "publisher": file.publisher,
            "source_url": file.source.url,
        }


def model_language_cells(rows: Any) -> Iterable[Cells]:
    return languages_file.language_cells(rows, _dotted_slugs())


def hosted_price_cells(rows: Any) -> Iterable[Cells]:
    dotted = _dotted_slugs()
    for price in rows.select_related("ai_model", "source").order_by("pk"):
        yield {
            "provider": price.provider,
            "model_name": price.model_name,
            "model_slug": dotted[price.ai_model.uid] if price.ai_model else "",
            "input_usd_per_mtok": plain(price.input_usd_per_million_tokens),
            "output_usd_per_mtok": plain(price.output_usd_per_million_tokens),
            "observed_on": partial_date(price.observed_on, price.observed_on_precision),
            "source_url": price.source.url,
        }


def _model_aliases() -> Iterable[Cells]:
    dotted = _dotted_slugs()
    rows = Alias.objects.filter(fact_type="model").exclude(note=models_file.DOTTED)
    for alias in rows.order_by("pk"):
        yield {
            "benchmark_slug": alias.alias,
            "model_slug": dotted[alias.target_uid],
            "note": alias.note,
        }


def _source_keys() -> Iterable[Cells]:
    """The legend, from the citations that carry a short key."""
    keys: dict[str, Source] = {}
    rows = Citation.objects.filter(subject_type="model").select_related("source")
    for citation in rows.order_by("pk"):
        _, _, key = citation.label.partition("=")
        keys.setdefault(key.partition("(")[0], citation.source)
    for key, source in keys.items():
        yield {"key": key, "source_title": source.title, "source_url": source.url}
