"""The rows of a list in the admin, as a file."""

import json
from collections.abc import Iterable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse

from catalog.exchange.tables import FactTable, table_of
from catalog.exchange.uploads import csv_text

FORMATS = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
UNTOLD = {"id", "imported"}
"""Columns of the machinery."""


def exported(rows: Any, file_format: str) -> HttpResponse:
    """`rows` in the columns of their file; of facts without one every field."""
    table = table_of(rows.model)
    head = list(table.columns) if table else _field_names(rows.model)
    cells = _cells(rows, table)
    if file_format == "csv":
        lines = [[_flat(row.get(name)) for name in head] for row in cells]
        text = csv_text([head, *lines], is_escaped=True)
    else:
        listed = [{name: row.get(name) for name in head} for row in cells]
        text = json.dumps(listed, cls=DjangoJSONEncoder, indent=1, ensure_ascii=False)
    response = HttpResponse(text, content_type=FORMATS[file_format])
    name = table.file.removesuffix(".csv") if table else rows.model._meta.model_name
    response["Content-Disposition"] = f'attachment; filename="{name}.{file_format}"'
    response["Cache-Control"] = "no-store"
    return response


def _cells(rows: Any, table: FactTable | None) -> Iterable[dict[str, Any]]:
    if table is not None:
        return table.cells(rows.model._default_manager.filter(pk__in=rows.values("pk")))
    names = _field_names(rows.model)
    related = [
        field.name for field in rows.model._meta.concrete_fields if field.is_relation
    ]
    found = rows.select_related(*related) if related else rows
    return ({name: _value(getattr(row, name)) for name in names} for row in found)


def _field_names(model: Any) -> list[str]:
    fields = model._meta.concrete_fields
    return [field.name for field in fields if field.name not in UNTOLD]


def _value(value: Any) -> Any:
    return str(value) if hasattr(value, "_meta") else value


def _flat(value: Any) -> Any:
    """A cell of a CSV file: nothing for None, JSON for a list or an object."""
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value
