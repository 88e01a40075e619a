"""Models and files as the shipped data have them, without a database."""

import csv
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from calculators.architectures import architecture_of
from catalog.importing.fields import slug_of
from catalog.models import AIModel

DATA = Path(__file__).resolve().parents[2] / "data"
UNITS = {"bytes": 1, "GB": 10**9, "GiB": 2**30, "MB": 10**6, "MiB": 2**20}
COLUMNS = {
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


def rows_of(name):
    with (DATA / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@lru_cache(maxsize=1)
def model_rows():
    return {row["slug"]: row for row in rows_of("models.csv")}


def catalogued(slug):
    """The architecture of a model of models.csv, by its dotted slug."""
    row = model_rows()[slug]
    counts = {
        name: int(row[column]) if row[column] else None
        for name, column in COLUMNS.items()
    }
    active = row["active_params_b"]
    return architecture_of(
        AIModel(
            slug=slug_of(slug),
            name=row["name"],
            architecture=row["architecture"],
            total_parameters=int(Decimal(row["total_params_b"]) * 10**9),
            active_parameters=int(Decimal(active) * 10**9) if active else None,
            has_tied_embeddings={"true": True, "false": False}.get(
                row["tie_word_embeddings"]
            ),
            native_dtype=row["native_dtype"],
            **counts,
        )
    )


def exact_files():
    """(slug, format, quantisation, bytes) of every file whose bytes are known."""
    for row in rows_of("model_files.csv"):
        if row["unit"] == "bytes":
            size = int(row["file_size_bytes_or_gb"])
            yield row["model_slug"], row["format"], row["quant"], size
