"""`benchmarks.csv`: parsed, and written back."""

import csv
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from benchmarks.models import AggregateKind, Benchmark
from catalog.importing.fields import Row, partial_date, plain, read_csv, slug_of
from catalog.importing.records import Batch, Record, Reference, fact_uid
from catalog.loading import parse_catalog
from editorial.vocabularies import BenchmarkSource, BenchmarkState

COLUMNS = [
    *("benchmark_id", "engine", "engine_version_or_commit", "backend"),
    *("hardware_name", "hardware_slug", "hardware_count", "model_name", "model_slug"),
    *("quant", "batch_or_concurrency", "prompt_tokens", "output_tokens"),
    *("context_depth", "prefill_tok_s", "decode_tok_s", "total_throughput_tok_s"),
    *("ttft_ms", "peak_memory_gb", "power_w", "command", "measured_on"),
    *("source_kind", "source_url", "source_title", "accessed", "notes"),
]
SPEEDS = {
    "prefill_tokens_per_second": "prefill_tok_s",
    "decode_tokens_per_second": "decode_tok_s",
    "aggregate_tokens_per_second": "total_throughput_tok_s",
    "time_to_first_token_ms": "ttft_ms",
    "peak_memory_gb": "peak_memory_gb",
    "power_w": "power_w",
}
COUNTS = {
    "hardware_count": "hardware_count",
    "concurrency": "batch_or_concurrency",
    "prompt_tokens": "prompt_tokens",
    "output_tokens": "output_tokens",
    "context_depth_tokens": "context_depth",
}
TEXTS = {
    "engine_version": "engine_version_or_commit",
    "backend": "backend",
    "hardware_name": "hardware_name",
    "hardware_slug": "hardware_slug",
    "model_name": "model_name",
    "model_slug": "model_slug",
    "quantization": "quant",
    "command": "command",
    "notes": "notes",
}
AGGREGATE = re.compile(r"agg=([a-z+ -]+)")
AGGREGATE_KINDS = {
    "output": AggregateKind.OUTPUT,
    "prompt+output": AggregateKind.PROMPT_AND_OUTPUT,
    "decode-phase": AggregateKind.DECODE_PHASE,
    "not stated": AggregateKind.NOT_STATED,
}


class Names:
    """The catalogue's slugs and aliases, as its files in the same folder give them."""

    def __init__(self, directory: Path) -> None:
        self._uids: dict[tuple[str, str], UUID] = {}
        records = parse_catalog(directory).records
        for record in records:
            if record.model == "catalog.Alias":
                values = record.values
                key = (values["fact_type"], slug_of(values["alias"]))
                self._uids[key] = values["target_uid"]
        for record in records:
            if record.model in LINKED:
                key = (LINKED[record.model], record.values["slug"])
                self._uids[key] = record.uid

    def find(self, fact_type: str, name: str) -> Reference | None:
        """A link, or None: a form factor or a generation is never guessed."""
        uid = self._uids.get((fact_type, slug_of(name)))
        return Reference(MODEL_OF[fact_type], uid) if uid else None


LINKED = {
    "catalog.Engine": "engine",
    "catalog.Hardware": "hardware",
    "catalog.AIModel": "model",
}
MODEL_OF = {fact_type: model for model, fact_type in LINKED.items()}


def parse_benchmarks(directory: Path) -> Batch:
    """Every row of the file; bad cells are in `errors`."""
    batch = Batch()
    names = Names(directory)
    seen: set[str] = set()
    for row in read_csv(directory / "benchmarks.csv", batch, COLUMNS):
        slug = row.needed("benchmark_id", longest=_room("slug"))
        if slug in seen:
            row.fail("benchmark_id", f"“{slug}” stands in the file twice")
        seen.add(slug)
        uid = fact_uid("benchmark", slug)
        values = _values(row, slug, names, batch)
        batch.records.append(Record("benchmarks.Benchmark", uid, values, row.where))
    return batch


def _values(row: Row, slug: str, names: Names, batch: Batch) -> dict[str, Any]:
    measured_on, precision = row.date("measured_on")
    speeds = {name: row.number(column, above=0) for name, column in SPEEDS.items()}
    _check_speeds(row, speeds)
    source = batch.cite(
        row.url("source_url"), row.text("source_title"), row.day("accessed")
    )
    return {
        "slug": slug,
        "engine_name": row.needed("engine", longest=60),
        "engine": names.find("engine", row.raw("engine")),
        "hardware": names.find("hardware", row.needed("hardware_slug")),
        "ai_model": names.find("model", row.needed("model_slug")),
        **{
            name: row.text(column, longest=_room(name))
            for name, column in TEXTS.items()
        },
        **{name: row.whole(column, above=-1) for name, column in COUNTS.items()},
        **speeds,
        "aggregate_kind": _aggregate_kind(row),
        "measured_on": measured_on,
        "measured_on_precision": precision,
        "source_kind": row.choice("source_kind", BenchmarkSource.values),
        "state": BenchmarkState.PUBLISHED.value,
        "is_doubtful": "doubtful" in row.raw("notes").lower(),
        "source": source,
    }


def _room(name: str) -> int:
    """How many characters a column holds; 0 for any number."""
    return getattr(Benchmark._meta.get_field(name), "max_length", None) or 0


def _check_speeds(row: Row, speeds: Mapping[str, Decimal | None]) -> None:
    single = speeds["decode_tokens_per_second"]
    aggregate = speeds["aggregate_tokens_per_second"]
    if single is not None and aggregate is not None:
        row.fail("total_throughput_tok_s", "stands beside a single-stream speed")
    if not any((single, aggregate, speeds["prefill_tokens_per_second"])):
        row.fail("decode_tok_s", "no speed is given at all")


def _aggregate_kind(row: Row) -> str:
    if not row.raw("total_throughput_tok_s"):
        return ""
    match = AGGREGATE.search(row.raw("notes"))
    kind = AGGREGATE_KINDS.get(match.group(1).strip()) if match else None
    if kind is None:
        row.fail("notes", "does not say what the aggregate counts (agg=…)")
        return ""
    return kind.value


def write_benchmarks(directory: Path) -> None:
    """Write the file from the rows, so that parsing it gives the same records."""
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / "benchmarks.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(benchmark_cells(Benchmark.objects.all()))


def benchmark_cells(rows: Any) -> Iterator[dict[str, Any]]:
    for row in rows.select_related("source").order_by("pk"):
        yield {
            "benchmark_id": row.slug,
            "engine": row.engine_name,
            **{column: getattr(row, name) for name, column in TEXTS.items()},
            **{column: getattr(row, name) for name, column in COUNTS.items()},
            **{column: plain(getattr(row, name)) for name, column in SPEEDS.items()},
            "measured_on": partial_date(row.measured_on, row.measured_on_precision),
            "source_kind": row.source_kind,
            "source_url": row.source.url,
            "source_title": row.source.title,
            "accessed": row.source.retrieved_on.isoformat(),
        }
