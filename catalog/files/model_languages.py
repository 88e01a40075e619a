"""`model_languages.csv`: the natural languages that publishers state."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from catalog.importing.fields import Row, read_csv, slug_of
from catalog.importing.records import Batch, Record, Reference, fact_uid
from catalog.languages import LANGUAGES

COLUMNS = [
    *("model_slug", "languages", "stated_count", "is_at_least"),
    *("source_url", "source_title", "accessed", "notes"),
]


def parse_model_languages(directory: Path, batch: Batch) -> None:
    """One record a row; the models are those that the batch has already."""
    known = {row.uid for row in batch.records if row.model == "catalog.AIModel"}
    for row in read_csv(directory / "model_languages.csv", batch, COLUMNS):
        batch.records.append(_record(row, known, batch))


def _record(row: Row, known: Iterable[Any], batch: Batch) -> Record:
    slug = slug_of(row.needed("model_slug"))
    model = fact_uid("model", slug)
    if model not in known:
        row.fail("model_slug", f"“{row.raw('model_slug')}” is not in models.csv")
    values = {
        "ai_model": Reference("catalog.AIModel", model),
        **_statement(row),
        "notes": row.text("notes"),
        "source": batch.cite(
            row.url("source_url"), row.text("source_title"), row.day("accessed")
        ),
    }
    uid = fact_uid("model_languages", slug)
    return Record("catalog.ModelLanguages", uid, values, row.where)


def _statement(row: Row) -> dict[str, Any]:
    codes = row.raw("languages").split()
    for code in codes:
        if code not in LANGUAGES:
            row.fail("languages", f"“{code}” is no known code of a language")
    if len(codes) != len(set(codes)):
        row.fail("languages", "a language stands there twice")
    count = row.whole("stated_count", above=0)
    if count is not None and count < len(codes):
        row.fail("stated_count", f"{count} is less than the {len(codes)} named")
    if count is None and not codes:
        row.fail("languages", "neither languages nor a number is stated")
    return {
        "codes": " ".join(codes),
        "stated_count": count,
        "is_at_least": row.boolean("is_at_least", optional=True) or False,
    }


def language_cells(rows: Any, slugs: dict[Any, str]) -> Iterable[dict[str, Any]]:
    """The rows as the file holds them; `slugs` are those of the files by uid."""
    for row in rows.select_related("ai_model", "source").order_by("pk"):
        counted = row.stated_count is not None
        yield {
            "model_slug": slugs[row.ai_model.uid],
            "languages": row.codes,
            "stated_count": row.stated_count,
            "is_at_least": str(row.is_at_least).lower() if counted else "",
            "source_url": row.source.url,
            "source_title": row.source.title,
            "accessed": row.source.retrieved_on.isoformat(),
            "notes": row.notes,
        }
