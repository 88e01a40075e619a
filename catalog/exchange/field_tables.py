"""Facts without a file of rows as tables: the columns are the fields of their form.

A row is known by its uid, so that each of its fields may change; one without is known
by its key, or new. References are read from the database, not from files.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.apps import apps

from catalog.exchange.columns import UID, Names, columns_of
from catalog.exchange.tables import FactTable, register_table
from catalog.files.engines import is_unproven
from catalog.importing.fields import Row, read_csv
from catalog.importing.records import Batch, Record, fact_uid
from catalog.models import ReleaseRole

Values = Mapping[str, Any]
Key = tuple[str, ...]


@dataclass(frozen=True)
class FieldTable:
    """`key` names the fields that tell rows apart, and `told` which part of such a key
    does; `check` notes what a row must not say, beside what its fields allow."""

    model: str
    kind: str
    key: Key
    told: Callable[[Key], Key] = lambda key: key
    check: Callable[[Row, Values, Names], None] = lambda row, values, names: None

    @property
    def file(self) -> str:
        plural = str(apps.get_model(self.model)._meta.verbose_name_plural)
        return f"{plural.replace(' ', '_')}.csv"

    @property
    def columns(self) -> list[str]:
        fields = columns_of(apps.get_model(self.model))
        return [UID, *(column.name for column in fields)]

    def as_fact_table(self) -> FactTable:
        return FactTable(
            self.model,
            self.file,
            self.columns,
            partial(field_cells, self),
            parse=partial(parse_fields, self),
            write_others=lambda directory: None,
        )


def field_cells(table: FieldTable, rows: Any) -> Iterable[dict[str, Any]]:
    columns, names = columns_of(rows.model), Names()
    related = [column.field.name for column in columns if column.field.is_relation]
    for row in rows.select_related(*related) if related else rows:
        cells = {column.name: column.cell(row, names) for column in columns}
        yield {UID: str(row.uid)} | cells


def parse_fields(table: FieldTable, directory: Path) -> Batch:
    """The records of the table's own file, whatever else is in `directory`."""
    batch, names, known = Batch(), Names(), _Known(table)
    columns = columns_of(apps.get_model(table.model))
    for row in read_csv(directory / table.file, batch, table.columns):
        values: dict[str, Any] = {}
        for column in columns:
            values |= column.read(row, names)
        table.check(row, values, names)
        batch.records.append(Record(table.model, known.uid_of(row), values, row.where))
    batch.refuse_repeated_rows()
    return batch


class _Known:
    """The rows there are, by what tells them apart."""

    def __init__(self, table: FieldTable) -> None:
        self._table, self._model = table, apps.get_model(table.model)
        unique = [field.name for field in self._model._meta.fields if field.unique]
        alone = {(name,) for name in unique if name not in {"id", UID}}
        self._keys = [table.key, *sorted(alone - {table.key})]
        self._held = {names: self._by_uid(names) for names in self._keys}
        self._owners = {
            names: {key: uid for uid, key in held.items()}
            for names, held in self._held.items()
        }
        self._uids = {str(uid): uid for uid in self._held[table.key]}
        self._seen: set[tuple[Key, Key]] = set()

    def _by_uid(self, names: Key) -> dict[UUID, Key]:
        fields = [self._model._meta.get_field(name) for name in names]
        paths = [f"{f.name}__slug" if f.is_relation else f.name for f in fields]
        rows = self._model._default_manager.values_list("uid", *paths)
        return {uid: self._told(names, map(str.strip, cells)) for uid, *cells in rows}

    def _told(self, names: Key, cells: Iterable[str]) -> Key:
        key = tuple(cells)
        return self._table.told(key) if names == self._table.key else key

    def uid_of(self, row: Row) -> UUID:
        """Whose row it is; a key that becomes another row's is refused."""
        text, main = row.raw(UID), self._told(self._table.key, self._cells(row))
        given = self._uids.get(text)
        if text and given is None:
            row.fail(UID, "is known of no row here: leave it empty for a new one")
        uid = given or self._owners[self._table.key].get(main)
        for names in self._keys:
            key = self._told(names, map(row.raw, names))
            column = names[len(key) - 1]
            if given and self._held[names][given] == key:
                pass  # it keeps what it has
            elif (names, key) in self._seen:
                row.fail(column, "stands in the file twice")
            elif self._owners[names].get(key, uid) != uid:
                row.fail(column, "is that of another row here")
            self._seen.add((names, key))
        return uid or self._new_uid(main)

    def _cells(self, row: Row) -> Iterable[str]:
        return map(row.raw, self._table.key)

    def _new_uid(self, key: Key) -> UUID:
        """The one that the files would give, unless a row that was called so has it."""
        uid = fact_uid(self._table.kind, *key)
        return uuid4() if str(uid) in self._uids else uid


def _told_of_release(key: Key) -> Key:
    """An engine has one release of each role, and any number of others."""
    return key if key[1] == ReleaseRole.OTHER else key[:2]


def _check_cell(row: Row, values: Values, names: Names) -> None:
    if is_unproven(values["axis"], values["value"], row.raw("source_url")):
        row.fail("source_url", f"is empty, and the row says {values['value']}")


def _check_source(row: Row, values: Values, names: Names) -> None:
    if into := names.merged.get(values["url"]):
        row.fail("url", f"was merged into {into}")


FIELD_TABLES = (
    FieldTable("catalog.Vendor", "vendor", ("slug",)),
    FieldTable("catalog.ModelFamily", "family", ("slug",)),
    FieldTable("catalog.Alias", "alias", ("fact_type", "alias")),
    FieldTable("catalog.Engine", "engine", ("slug",)),
    FieldTable(
        "catalog.EngineRelease",
        "release",
        ("engine", "role", "version"),
        told=_told_of_release,
    ),
    FieldTable(
        "catalog.SupportCell", "cell", ("engine", "axis", "key"), check=_check_cell
    ),
    FieldTable("catalog.EngineStatement", "statement", ("engine", "claim")),
    FieldTable("catalog.FailureMode", "failure_mode", ("engine", "title")),
    FieldTable("editorial.Source", "source", ("url",), check=_check_source),
)


def register_field_tables() -> None:
    for table in FIELD_TABLES:
        register_table(table.as_fact_table())
