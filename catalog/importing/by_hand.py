"""An import that a person made in the admin: what it changes counts as their edit."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from catalog.importing.records import Record


@dataclass(frozen=True)
class FieldChange:
    name: str
    old: Any
    new: Any


@dataclass(frozen=True)
class RowChange:
    """One row that is new, or whose `fields` differ from what the database holds."""

    label: str
    row: str
    where: str
    fields: tuple[FieldChange, ...] = ()

    @property
    def line(self) -> str:
        """The line of the file; nothing for a row that the file only names."""
        return self.where.rpartition(", line ")[2]

    @property
    def is_new(self) -> bool:
        return not self.fields


@dataclass
class Hand:
    """Who imports, and what that did. The rows' copy of the last files stays as it is,
    so that the next load of the files reports a conflict instead of taking it back.

    `before` holds the rows as an export gives them now. What an upload says just as
    they do, or what no column tells, is left alone.
    """

    by: Any
    before: Mapping[tuple[str, UUID], Record] = field(default_factory=dict)
    changes: list[RowChange] = field(default_factory=list)

    @property
    def reason(self) -> str:
        return f"Import by {self.by}"[:100]

    def note_new(self, row: Any, record: Record) -> None:
        label = str(row._meta.verbose_name)
        self.changes.append(RowChange(label, str(row), record.where))

    def apply(
        self,
        row: Any,
        values: Mapping[str, Any],
        record: Record,
        plain: Callable[[Any], Any],
    ) -> bool:
        """Take over what `record` changes. Answers whether that was anything.

        `values` are those of the record by column, with keys for references.
        """
        known = self.before.get((record.model, record.uid))
        fields = []
        for name, value in record.values.items():
            if known is not None and known.values.get(name) == value:
                continue
            column: Any = row._meta.get_field(name)
            old, new = getattr(row, column.attname), values[column.attname]
            if plain(old) == plain(new):
                continue
            shown = getattr(row, name)
            setattr(row, column.attname, new)
            label = str(column.verbose_name)
            fields.append(FieldChange(label, shown, getattr(row, name)))
        if fields:
            label = str(row._meta.verbose_name)
            self.changes.append(RowChange(label, str(row), record.where, tuple(fields)))
        return bool(fields)

    def log(self, model: type[Model], new: list[Any], changed: list[Any]) -> None:
        """What the admin shows as the history of rows that keep none themselves."""
        kind = ContentType.objects.get_for_model(model)
        LogEntry.objects.bulk_create(
            LogEntry(
                user=self.by,
                content_type=kind,
                object_id=row.pk,
                object_repr=str(row)[:200],
                action_flag=flag,
                change_message=self.reason,
            )
            for rows, flag in ((new, ADDITION), (changed, CHANGE))
            for row in rows
        )
