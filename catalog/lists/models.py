"""The list of open-weight models."""

from typing import Any

from django.db.models import F

from catalog.languages import stated_of
from catalog.listing.choices import FixedChoice, LinkChoice, TextChoice
from catalog.listing.declaration import Cell, Column, Listing, Sort, Source
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
from catalog.lists.languages import LanguageChoice
from catalog.measures import billions, gigabytes
from catalog.models import (
    AIModel,
    Architecture,
    CommercialUse,
    Modality,
    ModelFile,
    Vendor,
)

BILLION = 10**9
GIGABYTE = 10**9
SHORT_WORDS = {
    Architecture.DENSE: "Dense",
    Architecture.MOE: "MoE",
    Architecture.HYBRID: "Hybrid",
    Architecture.MLA: "MoE, latent attention",
}
"""Architectures as a narrow column says them; the model's page says them in full."""

USES = {**dict(CommercialUse.choices), "": "Not decided"}


def _name_cell(model: AIModel) -> Cell:
    task = f"{model.get_modality_display()} · {model.vendor.name}"
    return Cell(model.name, url=model.get_absolute_url(), notes=[task])


def _name_values(model: AIModel) -> dict[str, Any]:
    return {
        **name_export(model),
        "developer": model.vendor.name,
        "family": model.family.name,
        "task": model.modality,
        "architecture": model.architecture,
        **marks_export(model),
    }


def _size_column(name: str, label: str, field: str) -> Column:
    def cell(model: AIModel) -> Cell:
        count = getattr(model, field)
        shown = billions(count)
        return Cell(shown, tags=marked(model, field), value=str(count or ""))

    return Column(
        name,
        label,
        cell,
        lambda model: {field: getattr(model, field)},
        unit="B",
        is_number=True,
        sorts=(f"-{name}", name),
    )


def four_bit_file(model: AIModel) -> ModelFile | None:
    """The file by which the list says what a model takes at four bits."""
    files = model.four_bit_files  # type: ignore[attr-defined] - a prefetch
    return files[0] if files else None


def _four_bit_cell(model: AIModel) -> Cell:
    file = four_bit_file(model)
    if file is None:
        return Cell()
    return Cell(
        text=gigabytes(file.size_bytes),
        notes=[file.quantization],
        tags=[] if file.is_exact else [("", "rounded")],
        source=Source(file.source.url, file.source.title, file.source.retrieved_on),
        value=str(file.size_bytes),
    )


def _four_bit_values(model: AIModel) -> dict[str, Any]:
    file = four_bit_file(model)
    return {
        "four_bit_file_bytes": file.size_bytes if file else None,
        "four_bit_file_is_exact": file.is_exact if file else None,
        "four_bit_file_quantization": file.quantization if file else None,
        "four_bit_file_publisher": file.publisher if file else None,
        "four_bit_file_source_url": file.source.url if file else None,
    }


def _licence_cell(model: AIModel) -> Cell:
    use = model.get_commercial_use_display()
    notes = [f"Commercial use: {use.lower()}"] if use else []
    return Cell(model.license, notes=notes)


def _licence_values(model: AIModel) -> dict[str, Any]:
    return {"license": model.license, "commercial_use": model.commercial_use or None}


def _languages_cell(model: AIModel) -> Cell:
    row: Any = model
    stated = stated_of(model)
    if not stated:
        return Cell()
    apart = stated.names_apart()
    return Cell(
        text=stated.in_words(),
        notes=[apart] if apart else [],
        source=Source(
            row.languages_source_url,
            row.languages_source_title,
            row.languages_read_on,
        ),
    )


def _languages_values(model: AIModel) -> dict[str, Any]:
    row: Any = model
    return {
        "languages": row.language_codes,
        "languages_stated_count": row.language_count,
        "languages_count_is_lower_bound": row.language_count_is_least,
        "languages_source_url": row.languages_source_url,
    }


COLUMNS = [
    Column("name", "Model", _name_cell, _name_values, sorts=("name", "-name")),
    _size_column("parameters", "Parameters", "total_parameters"),
    _size_column("active", "Active", "active_parameters"),
    Column(
        "four_bit",
        "File at 4 bits",
        _four_bit_cell,
        _four_bit_values,
        unit="GB",
        is_number=True,
        sorts=("four_bit", "-four_bit"),
    ),
    number_column(
        "context",
        "Context",
        "context_window_tokens",
        "tokens",
        sorts=("-context", "context"),
    ),
    text_column(
        "architecture",
        "Architecture",
        "architecture",
        shown=lambda model: SHORT_WORDS[model.architecture],
    ),
    Column("licence", "Licence", _licence_cell, _licence_values),
    date_column("released", "Released", "released_on", sorts=("-released", "released")),
    text_column(
        "family",
        "Family",
        "family_id",
        shown=lambda model: model.family.name,
        exported=False,
        is_shown=False,
    ),
    number_column("layers", "Layers", "layers", "", is_shown=False),
    number_column("kv_heads", "KV heads", "kv_heads", "", is_shown=False),
    number_column("head_dim", "Head size", "head_dim", "", is_shown=False),
    number_column(
        "window",
        "Sliding window",
        "sliding_window_tokens",
        "tokens",
        is_shown=False,
    ),
    text_column("dtype", "Native type", "native_dtype", is_shown=False),
    Column(
        "languages",
        "Languages",
        _languages_cell,
        _languages_values,
        is_shown=False,
        is_wide=True,
    ),
    source_column(),
]

SORTS = [
    *either_way("released", "Released", "released_on", "newest first", "oldest first"),
    *either_way(
        "parameters", "Parameters", "total_parameters", *("most first", "fewest first")
    ),
    *either_way(
        "active",
        "Active parameters",
        "active_parameters",
        *("most first", "fewest first"),
    ),
    *either_way(
        "four_bit",
        "File at 4 bits",
        "four_bit_bytes",
        *("largest first", "smallest first"),
    ),
    *either_way(
        "context",
        "Context",
        "context_window_tokens",
        *("longest first", "shortest first"),
    ),
    Sort("name", "Name, A to Z", (F("name").asc(),)),
    Sort("-name", "Name, Z to A", (F("name").desc(),)),
]

MODEL_LIST = Listing(
    name="models",
    noun="model",
    nouns="models",
    path="/models/",
    rows=lambda: AIModel.objects.with_four_bit_size(),
    for_page=lambda rows: rows.for_list_page(),
    filters=[
        Search(
            ("name", "family__name", "vendor__name", "hf_repository"),
            also=lambda word: AIModel.objects.with_file_called(word),
        ),
        FixedChoice("task", "Task", "modality", dict(Modality.choices)),
        LanguageChoice("language", "Language"),
        Range("parameters", "Parameters", "total_parameters", "billions", BILLION),
        Range("four_bit", "File at 4 bits", "four_bit_bytes", "GB", GIGABYTE),
        Range("context", "Context", "context_window_tokens", "tokens"),
        FixedChoice("use", "Commercial use", "commercial_use", USES),
        FixedChoice(
            "architecture", "Architecture", "architecture", dict(Architecture.choices)
        ),
        TextChoice("licence", "Licence", "license"),
        LinkChoice("developer", "Developer", "vendor", Vendor),
        Range("active", "Active parameters", "active_parameters", "billions", BILLION),
        Range("released", "Released", "released_on", is_date=True),
    ],
    columns=COLUMNS,
    sorts=SORTS,
    compare_folder="models",
    export_key="slug",
)
