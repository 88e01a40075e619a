"""An uploaded table into the facts: a dry run, then the very same thing for good.

The upload takes the place of its file in a folder with the files of everything else,
and the parsers of the files read that folder: nothing here knows a column.
"""

import csv
import hashlib
import io
import json
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import DatabaseError, transaction
from django.utils import timezone

from catalog.exchange.tables import FactTable
from catalog.exchange.uploads import csv_text, row_numbers
from catalog.importing.by_hand import Hand, RowChange
from catalog.importing.records import Batch, Record, RowError
from catalog.importing.sync import sync_batch
from catalog.models import FactUpload

PARENTS = {"catalog.Vendor", "catalog.ModelFamily"}
"""Rows that a file makes by naming them."""


class PlanChangedError(Exception):
    """The facts, or the rules, are no longer those of the dry run."""


@dataclass(frozen=True)
class ImportPlan:
    """What an import would do. With `refusals` it does nothing."""

    changes: list[RowChange]
    unchanged: int
    refusals: list[RowError]

    @property
    def digest(self) -> str:
        """Names exactly these changes, so that nothing else is confirmed."""
        told = [
            [row.label, row.row, [[f.name, str(f.old), str(f.new)] for f in row.fields]]
            for row in self.changes
        ]
        text = json.dumps([told, self.unchanged, list(map(str, self.refusals))])
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def new_count(self) -> int:
        return sum(row.is_new for row in self.changes)

    @property
    def changed_count(self) -> int:
        return len(self.changes) - self.new_count

    @property
    def is_possible(self) -> bool:
        return bool(self.changes) and not self.refusals


@dataclass(frozen=True)
class Refusal:
    """What is wrong with one cell. `row` is counted as a spreadsheet does, with the
    head as row 1; 0 where it is the whole file."""

    row: int
    column: str
    reason: str


def told(refusals: Iterable[RowError], text: str) -> list[Refusal]:
    """Refusals of the upload `text`, by its rows: a row may take many lines."""
    rows = row_numbers(text)
    return [
        Refusal(rows.get(error.line, 0), error.column, error.reason)
        for error in refusals
    ]


class _DryRun(Exception):
    pass


def plan_import(upload: FactUpload, table: FactTable, *, by: Any) -> ImportPlan:
    """What importing `upload` would do now: it is done, and undone."""
    parsed = parse_upload(upload.text, table)
    if parsed.refusals:
        return ImportPlan([], 0, parsed.refusals)
    try:
        with transaction.atomic():
            plan = _write(parsed, table, by)
            raise _DryRun
    except _DryRun:
        return plan
    except DatabaseError as error:
        reason = f"does not fit with what is there ({str(error).splitlines()[0]})"
        return ImportPlan([], 0, [RowError(table.file, 0, "row", reason)])


@transaction.atomic
def import_upload(
    upload: FactUpload, table: FactTable, *, by: Any, digest: str
) -> ImportPlan:
    """Write what the dry run with `digest` showed, as an edit by `by`.

    Raises PlanChangedError when it would do anything else by now.
    """
    parsed = parse_upload(upload.text, table)
    if parsed.refusals:
        plan = ImportPlan([], 0, parsed.refusals)
    else:
        plan = _write(parsed, table, by)
    if not plan.is_possible or plan.digest != digest:
        transaction.set_rollback(True)
        raise PlanChangedError(
            "The facts have changed since the dry run, so nothing was written. Look at "
            "the new one."
        )
    table.after()
    upload.imported_at = timezone.now()
    upload.save(update_fields=["imported_at"])
    return plan


def _write(parsed: "ParsedUpload", table: FactTable, by: Any) -> ImportPlan:
    hand = Hand(by, parsed.before)
    sync_batch(parsed.batch, hand=hand)
    own = [row for row in parsed.batch.records if row.model == table.model]
    label = str(apps.get_model(table.model)._meta.verbose_name)
    touched = sum(change.label == label for change in hand.changes)
    return ImportPlan(hand.changes, len(own) - touched, [])


@dataclass(frozen=True)
class ParsedUpload:
    """The records of an upload, the same rows as an export gives them now, and what is
    wrong with the upload's cells."""

    batch: Batch
    before: dict[tuple[str, UUID], Record]
    refusals: list[RowError]


def parse_upload(text: str, table: FactTable) -> ParsedUpload:
    rows = apps.get_model(table.model)._default_manager.all()
    cells = [[row[name] for name in table.columns] for row in table.cells(rows)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        table.write_others(folder)
        path = folder / table.file
        present = csv_text([list(table.columns), *cells])
        path.write_text(present, encoding="utf-8", newline="")
        before = table.parse(folder).records
        last_line = _put(text, table, path)
        whole = table.parse(folder)

    def is_own(where: str) -> bool:
        file, _, line = where.rpartition(", line ")
        return file == table.file and int(line) <= last_line

    errors = [
        error
        for error in whole.errors
        if error.file == table.file and error.line <= last_line
    ]
    known = {(record.model, record.uid): record for record in before}
    return ParsedUpload(_own_part(whole, is_own), known, errors)


def _own_part(whole: Batch, is_own: Callable[[str], bool]) -> Batch:
    records: list[Record] = [
        record
        for record in whole.records
        if record.model in PARENTS or is_own(record.where)
    ]
    uids = {record.uid for record in records}
    return Batch(
        records=records,
        sources=whole.sources,
        citations=[note for note in whole.citations if note.subject_uid in uids],
    )


def _put(text: str, table: FactTable, path: Path) -> int:
    """Write the upload, and behind it the rows that others refer to and it lacks.

    Answers the last line of the upload.
    """
    reader = csv.reader(io.StringIO(text, newline=""))
    rows = list(reader)
    last_line = reader.line_num
    if not table.key:
        path.write_text(text, encoding="utf-8", newline="")
        return last_line
    with path.open(newline="", encoding="utf-8") as file:
        present = list(csv.DictReader(file))
    head = rows[0]
    place = head.index(table.key)
    sent = {row[place].strip() for row in rows[1:]}
    kept = [
        [row[name] for name in head] for row in present if row[table.key] not in sent
    ]
    path.write_text(text + csv_text(kept), encoding="utf-8", newline="")
    return last_line
