"""`models.csv`, `model_files.csv`, `api_prices.csv` and `model_aliases.csv`."""

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

from catalog.files.hardware import alias_record, vendor_reference
from catalog.importing.fields import Row, read_csv, slug_of
from catalog.importing.records import Batch, CitationNote, Record, Reference, fact_uid
from catalog.models import Architecture, CommercialUse, Modality, SizeUnit

COLUMNS = [
    *("slug", "name", "family", "developer", "release_date", "license"),
    *("license_allows_commercial", "modality", "architecture", "total_params_b"),
    *("active_params_b", "num_layers", "hidden_size", "num_attention_heads"),
    *("num_kv_heads", "head_dim", "kv_lora_rank", "qk_rope_head_dim"),
    *("sliding_window", "global_layer_every_n", "vocab_size", "tie_word_embeddings"),
    *("native_context_tokens", "native_dtype", "hf_repo", "source_url"),
    *("source_title", "accessed", "notes"),
]
FILE_COLUMNS = [
    *("model_slug", "format", "quant", "file_size_bytes_or_gb", "unit"),
    *("bits_per_weight", "publisher", "source_url"),
]
PRICE_COLUMNS = [
    *("provider", "model_name", "model_slug", "input_usd_per_mtok"),
    *("output_usd_per_mtok", "observed_on", "source_url"),
]
COUNTS = {
    "layers": "num_layers",
    "hidden_size": "hidden_size",
    "attention_heads": "num_attention_heads",
    "kv_heads": "num_kv_heads",
    "head_dim": "head_dim",
    "kv_lora_rank": "kv_lora_rank",
    "qk_rope_head_dim": "qk_rope_head_dim",
    "sliding_window_tokens": "sliding_window",
    "global_layer_every_n": "global_layer_every_n",
    "vocabulary_size": "vocab_size",
    "context_window_tokens": "native_context_tokens",
}
CITED_FIELDS = {
    "params": "total_parameters",
    "active": "active_parameters",
    "date": "released_on",
    "licence": "license",
    "ctx": "context_window_tokens",
    "tie": "has_tied_embeddings",
    "window": "sliding_window_tokens",
    "dtype": "native_dtype",
}
UNIT_BYTES = {
    SizeUnit.BYTES: 1,
    SizeUnit.GB: 10**9,
    SizeUnit.GIB: 2**30,
    SizeUnit.MB: 10**6,
    SizeUnit.MIB: 2**20,
}
BILLION = 10**9
CITED = re.compile(r"(?:^|\s)src: (.*)$", re.DOTALL)


def parse_models(directory: Path, batch: Batch) -> None:
    """Models, their files, hosted prices and aliases."""
    keys = _source_keys(directory, batch)
    rows = list(read_csv(directory / "models.csv", batch, COLUMNS))
    vendors = {
        name: vendor_reference(batch, name)
        for name in dict.fromkeys(row.needed("developer") for row in rows)
    }
    families = {
        name: _family(batch, name)
        for name in dict.fromkeys(row.needed("family") for row in rows)
    }
    seen: set[str] = set()
    for row in rows:
        slug = slug_of(row.needed("slug"))
        if slug in seen:
            row.fail("slug", f"“{slug}” stands in the file twice")
        seen.add(slug)
        values = _model_values(row, slug, batch) | {
            "vendor": vendors[row.raw("developer")],
            "family": families[row.raw("family")],
        }
        values |= _cited(row, fact_uid("model", slug), keys, batch)
        uid = fact_uid("model", slug)
        batch.records.append(Record("catalog.AIModel", uid, values, row.where))
    for row in read_csv(directory / "model_files.csv", batch, FILE_COLUMNS):
        batch.records.append(_model_file(row, seen, batch))
    for row in read_csv(directory / "api_prices.csv", batch, PRICE_COLUMNS):
        batch.records.append(_hosted_price(row, seen, batch))
    _parse_aliases(directory, rows, seen, batch)


def _source_keys(directory: Path, batch: Batch) -> dict[str, tuple[str, str]]:
    """The legend of the short source keys in `notes`: key to address and title."""
    columns = ["key", "source_title", "source_url"]
    keys = {}
    for row in read_csv(directory / "model_source_keys.csv", batch, columns):
        keys[row.needed("key")] = (row.url("source_url"), row.text("source_title"))
    return keys


def _family(batch: Batch, name: str) -> Reference:
    slug = slug_of(name)
    uid = fact_uid("family", slug)
    values = {"slug": slug, "name": name}
    batch.records.append(Record("catalog.ModelFamily", uid, values))
    return Reference("catalog.ModelFamily", uid)


def _parameters(row: Row, column: str) -> int | None:
    """A count in billions as an integer."""
    number = row.number(column, above=0)
    return None if number is None else int(number * BILLION)


def _model_values(row: Row, slug: str, batch: Batch) -> dict[str, Any]:
    released_on, precision = row.date("release_date")
    url, title = row.url("source_url"), row.text("source_title")
    commercial = row.choice(
        "license_allows_commercial", CommercialUse.values, optional=True
    )
    total = _parameters(row, "total_params_b")
    active = _parameters(row, "active_params_b")
    if total is None:
        row.fail("total_params_b", "is empty")
    elif active is not None and active > total:
        row.fail("active_params_b", "is more than total_params_b")
    return {
        "slug": slug,
        "name": row.needed("name", longest=120),
        "released_on": released_on,
        "released_on_precision": precision,
        "license": row.text("license", longest=60),
        "commercial_use": commercial,
        "modality": row.choice("modality", Modality.values),
        "architecture": row.choice("architecture", Architecture.values),
        "total_parameters": total or 0,
        "active_parameters": active,
        **{name: row.whole(column, above=0) for name, column in COUNTS.items()},
        "has_tied_embeddings": row.boolean("tie_word_embeddings", optional=True),
        "native_dtype": row.text("native_dtype", longest=12),
        "hf_repository": row.needed("hf_repo", longest=120),
        "source": batch.cite(url, title, row.day("accessed")),
    }


def _cited(
    row: Row, uid: Any, keys: dict[str, tuple[str, str]], batch: Batch
) -> dict[str, Any]:
    """Notes and marks; `src: field=key` parts become citations or marks.

    A part that is neither stays in the notes, word for word.
    """
    text = row.text("notes")
    match = CITED.search(text)
    words = text[: match.start()].strip() if match else text
    marks, kept = {}, []
    for part in match.group(1).split(";") if match else []:
        name, _, key = part.strip().partition("=")
        base, _, _label = key.partition("(")
        field = CITED_FIELDS.get(name)
        if field and base in keys:
            url, title = keys[base]
            batch.cite(url, title)
            label = f"{name}={key}"
            batch.citations.append(CitationNote(url, "model", uid, field, label))
        elif field and key == "derived":
            marks[field] = "derived"
        elif part.strip():
            kept.append(part.strip())
    if "derived" in words.lower():
        marks[""] = "derived"
    if kept:
        words = f"{words} src: {'; '.join(kept)}".strip()
    return {"notes": words, "marks": marks}


def _known(row: Row, column: str, slugs: set[str]) -> Reference | None:
    text = row.raw(column)
    if not text:
        return None
    slug = slug_of(text)
    if slug not in slugs:
        row.fail(column, f"“{text}” is not in models.csv")
    return Reference("catalog.AIModel", fact_uid("model", slug))


def _model_file(row: Row, slugs: set[str], batch: Batch) -> Record:
    row.needed("model_slug")
    unit = row.choice("unit", SizeUnit.values)
    size = row.number("file_size_bytes_or_gb", above=0, is_needed=True) or Decimal(0)
    quantization = row.needed("quant", longest=20)
    publisher = row.needed("publisher", longest=80)
    weight_format = row.needed("format", longest=12)
    values = {
        "ai_model": _known(row, "model_slug", slugs),
        "weight_format": weight_format,
        "quantization": quantization,
        "size_bytes": int(size * UNIT_BYTES.get(unit, 1)),
        "printed_size": size,
        "printed_unit": unit,
        "bits_per_weight": row.number("bits_per_weight", above=0),
        "publisher": publisher,
        "source": batch.cite(row.url("source_url")),
    }
    slug = slug_of(row.raw("model_slug"))
    uid = fact_uid("model_file", slug, weight_format, quantization, publisher)
    return Record("catalog.ModelFile", uid, values, row.where)


def _hosted_price(row: Row, slugs: set[str], batch: Batch) -> Record:
    observed_on, precision = row.date("observed_on")
    if observed_on is None:
        row.fail("observed_on", "is empty")
    provider = row.needed("provider", longest=60)
    name = row.needed("model_name", longest=80)
    asked = row.number("input_usd_per_mtok", is_needed=True)
    answered = row.number("output_usd_per_mtok")
    for column, price in (
        ("input_usd_per_mtok", asked),
        ("output_usd_per_mtok", answered),
    ):
        if price is not None and price < 0:
            row.fail(column, f"{price} is below 0")
    values = {
        "ai_model": _known(row, "model_slug", slugs),
        "provider": provider,
        "model_name": name,
        "input_usd_per_million_tokens": asked,
        "output_usd_per_million_tokens": answered,
        "observed_on": observed_on,
        "observed_on_precision": precision,
        "source": batch.cite(row.url("source_url")),
    }
    uid = fact_uid("hosted_price", provider, name, row.raw("observed_on"))
    return Record("catalog.HostedPrice", uid, values, row.where)


DOTTED = "the slug as the data set writes it"


def _parse_aliases(
    directory: Path, rows: list[Row], slugs: set[str], batch: Batch
) -> None:
    """The data set's own slugs where ours differ, then those of the benchmarks."""
    found: dict[str, Record] = {}
    for row in rows:
        original = row.raw("slug")
        if slug_of(original) != original:
            uid = fact_uid("model", slug_of(original))
            found[original] = alias_record("model", original, uid, DOTTED, row.where)
    columns = ["benchmark_slug", "model_slug", "note"]
    for row in read_csv(directory / "model_aliases.csv", batch, columns):
        reference = _known(row, "model_slug", slugs)
        alias = row.needed("benchmark_slug")
        if alias in found:
            row.fail("benchmark_slug", f"“{alias}” stands for a model already")
        elif reference is not None:
            note = row.text("note", longest=200)
            uid = reference.uid
            found[alias] = alias_record("model", alias, uid, note, row.where)
    batch.records.extend(found.values())
