"""Which facts have a table of their own, and the file whose columns it has."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalog.files import hardware, model_languages, models, writing
from catalog.importing.records import Batch
from catalog.loading import parse_catalog


@dataclass(frozen=True)
class FactTable:
    """One kind of fact as a table.

    `cells(rows)` answers the columns of the file for a queryset. `parse(directory)` is
    the parser of the files, which reads this one beside those that
    `write_others(directory)` writes. With a `key`, other files refer to its rows by
    that column. `after()` runs once rows were written.
    """

    model: str
    file: str
    columns: Sequence[str]
    cells: Callable[[Any], Iterable[dict[str, Any]]]
    parse: Callable[[Path], Batch] = parse_catalog
    key: str = ""
    after: Callable[[], Any] = lambda: None
    write_others: Callable[[Path], None] = writing.write_catalog


_tables: dict[str, FactTable] = {}


def register_table(table: FactTable) -> None:
    _tables[table.model] = table


def tables() -> list[FactTable]:
    return list(_tables.values())


def has_table(model: Any) -> bool:
    return model._meta.label in _tables


def table_of(model: Any) -> FactTable:
    return _tables[model._meta.label]


def register_catalog_tables() -> None:
    for table in (
        FactTable(
            "catalog.Hardware",
            "hardware.csv",
            hardware.COLUMNS,
            writing.hardware_cells,
            key="slug",
        ),
        FactTable(
            "catalog.PriceObservation",
            "hardware_prices.csv",
            hardware.PRICE_COLUMNS,
            writing.price_cells,
        ),
        FactTable(
            "catalog.AIModel",
            "models.csv",
            models.COLUMNS,
            writing.model_cells,
            key="slug",
        ),
        FactTable(
            "catalog.ModelFile",
            "model_files.csv",
            models.FILE_COLUMNS,
            writing.model_file_cells,
        ),
        FactTable(
            "catalog.ModelLanguages",
            "model_languages.csv",
            model_languages.COLUMNS,
            writing.model_language_cells,
        ),
        FactTable(
            "catalog.HostedPrice",
            "api_prices.csv",
            models.PRICE_COLUMNS,
            writing.hosted_price_cells,
        ),
    ):
        register_table(table)
