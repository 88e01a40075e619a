"""The rows of a list in the admin, as a file."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse

from catalog.exchange.tables import FactTable
from catalog.exchange.uploads import csv_text

FORMATS = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


def exported(rows: Any, table: FactTable, file_format: str) -> HttpResponse:
    """`rows` in the columns of their table."""
    chosen = rows.model._default_manager.filter(pk__in=rows.values("pk"))
    cells = table.cells(chosen)
    if file_format == "csv":
        head = list(table.columns)
        lines = [[_flat(row[name]) for name in head] for row in cells]
        text = csv_text([head, *lines], is_escaped=True)
    else:
        listed = [{name: row[name] for name in table.columns} for row in cells]
        text = json.dumps(listed, cls=DjangoJSONEncoder, indent=1, ensure_ascii=False)
    response = HttpResponse(text, content_type=FORMATS[file_format])
    name = table.file.removesuffix(".csv")
    response["Content-Disposition"] = f'attachment; filename="{name}.{file_format}"'
    response["Cache-Control"] = "no-store"
    return response


def _flat(value: Any) -> Any:
    """A cell of a CSV file: nothing for None."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value
