"""Fields of a model as columns of a table: how a cell is written, and read."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from catalog.files.hardware import vendor_reference
from catalog.importing.fields import Row, partial_date
from catalog.importing.records import Reference
from catalog.lookup import MODELS
from catalog.models import Engine, Vendor
from editorial.models import MergedSource

UID = "uid"
PRECISION = "_precision"
ENGINE, SOURCE, VENDOR = "catalog.Engine", "editorial.Source", "catalog.Vendor"
TARGET = "target_uid"


@dataclass
class Names:
    """What cells call the rows that they refer to, each asked for once."""

    @cached_property
    def engines(self) -> dict[str, UUID]:
        return dict(Engine.objects.values_list("slug", "uid"))

    @cached_property
    def vendors(self) -> dict[str, UUID]:
        return dict(Vendor.objects.values_list("name", "uid"))

    @cached_property
    def targets(self) -> dict[str, dict[str, UUID]]:
        """The slugs of each type of fact that an alias may lead to."""
        return {
            name: dict(model._default_manager.values_list("slug", "uid"))
            for name, model in MODELS.items()
        }

    @cached_property
    def merged(self) -> dict[str, str]:
        """The addresses that sources had before they were merged, and have now."""
        return dict(MergedSource.objects.values_list("url", "into__url"))

    @cached_property
    def slugs(self) -> dict[UUID, str]:
        """Those same slugs, by the fact."""
        return {
            uid: slug for known in self.targets.values() for slug, uid in known.items()
        }


@dataclass(frozen=True)
class Column:
    """One field as one column, with the precision of a date in the same cell."""

    field: Any

    @property
    def name(self) -> str:
        if self._remote == SOURCE:
            return f"{self.field.name}_url"
        return "target" if self.field.name == TARGET else str(self.field.name)

    @property
    def _remote(self) -> str:
        return self.field.related_model._meta.label if self.field.is_relation else ""

    @property
    def _precision(self) -> str:
        """The field that says how exactly the date is known; empty without one."""
        name = f"{self.field.name}{PRECISION}"
        names = {field.name for field in self.field.model._meta.concrete_fields}
        return name if name in names else ""

    def cell(self, row: Any, names: Names) -> Any:
        """What an export says of `row`."""
        value = getattr(row, self.field.name)
        if value is None:
            return ""
        if self._remote:
            told = {ENGINE: "slug", SOURCE: "url", VENDOR: "name"}[self._remote]
            return getattr(value, told)
        if self.field.name == TARGET:
            return names.slugs.get(value, str(value))
        if isinstance(self.field, models.JSONField):
            return json.dumps(value, ensure_ascii=False) if value else ""
        if self._precision:
            return partial_date(value, getattr(row, self._precision))
        return value.isoformat() if isinstance(self.field, models.DateField) else value

    def read(self, row: Row, names: Names) -> Mapping[str, Any]:
        """Values by field; what is wrong with the cell is noted in the row's batch."""
        if self._precision:
            day, precision = row.date(self.name)
            return {self.field.name: day, self._precision: precision}
        complaints = len(row.batch.errors)
        value = self._value(row, names)
        if len(row.batch.errors) == complaints and not isinstance(value, Reference):
            try:
                self.field.run_validators(value)
            except ValidationError as error:
                reason = " ".join(error.messages).rstrip(".")
                row.fail(self.name, f"is refused: {reason}")
        return {self.field.name: value}

    def _value(self, row: Row, names: Names) -> Any:
        field, optional = self.field, self.field.blank
        if self._remote:
            return self._reference(row, names)
        if field.name == TARGET:
            return self._target(row, names)
        if field.choices:
            return row.choice(self.name, dict(field.choices), optional=optional)
        if isinstance(field, models.JSONField):
            return self._marks(row)
        if isinstance(field, models.DateField):
            return row.day(self.name)
        if isinstance(field, models.IntegerField):
            return row.whole(self.name)
        if isinstance(field, models.URLField):
            return row.url(self.name, optional=optional)
        longest = field.max_length or 0
        if optional:
            return row.text(self.name, longest=longest)
        return row.needed(self.name, longest=longest)

    def _reference(self, row: Row, names: Names) -> Reference | None:
        if self._remote == SOURCE:
            url = row.url(self.name, optional=self.field.null)
            return row.batch.cite(url, retrieved_on=timezone.now().date())
        text = row.needed(self.name)
        if self._remote == ENGINE:
            if text and text not in names.engines:
                row.fail(self.name, f"“{text}” is the slug of no engine")
            return Reference(ENGINE, names.engines.get(text))
        if text in names.vendors:
            return Reference(VENDOR, names.vendors[text])
        return vendor_reference(row.batch, text)

    def _target(self, row: Row, names: Names) -> UUID | None:
        """A slug of the row's type of fact; of one that is gone its uid."""
        text, fact_type = row.needed(self.name), row.raw("fact_type")
        if uid := names.targets.get(fact_type, {}).get(text):
            return uid
        try:
            return UUID(text)
        except ValueError:
            if text:
                row.fail(self.name, f"“{text}” is the slug of no {fact_type}")
            return None

    def _marks(self, row: Row) -> Any:
        text = row.raw(self.name)
        try:
            marks = json.loads(text) if text else {}
        except (json.JSONDecodeError, RecursionError):
            marks = None
        known = {field.name for field in self.field.model._meta.concrete_fields}
        is_object = isinstance(marks, dict)
        if not is_object or any(mark not in MARKS for mark in marks.values()):
            row.fail(self.name, 'is not written as {"field": "derived"} or "doubtful"')
            return {}
        for name in sorted(set(marks) - known - {""}):
            row.fail(self.name, f"“{name}” is the name of no field")
        return marks


MARKS = ("derived", "doubtful")


def columns_of(model: type[models.Model]) -> list[Column]:
    """One for each field that somebody may edit."""
    fields = [field for field in model._meta.concrete_fields if field.editable]
    told = [field for field in fields if not field.primary_key]
    return [Column(field) for field in told if not _is_precision(field.name, told)]


def _is_precision(name: str, fields: Iterable[Any]) -> bool:
    return any(name == f"{field.name}{PRECISION}" for field in fields)
