"""The rows of a filter as CSV and JSON, streamed: a million rows take little memory."""

import csv
import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.http import StreamingHttpResponse

from catalog.exchange.cells import FORMULA_STARTS
from catalog.listing.reading import ListingQuery

ROWS_AT_ONCE = 500
"""Rows fetched, and written, in one go."""


def harmless(cell: Any) -> Any:
    """A cell that no spreadsheet takes for a formula.

    >>> harmless("=1+1")
    "'=1+1"
    """
    is_formula = isinstance(cell, str) and cell.startswith(FORMULA_STARTS)
    return f"'{cell}" if is_formula else cell


def exported_rows(query: ListingQuery) -> Iterator[dict[str, Any]]:
    """Every row that passes the filters, all columns, whatever the page shows.

    In the order of the list's export key, some hundreds at a time, each lot sought
    from where the last ended. A database's own cursor would be kept open for as long
    as a reader takes, and PostgreSQL would first write all rows down for it.
    """
    listing = query.listing
    key = listing.export_key
    rows = listing.for_page(query.narrowed()).order_by(key)
    lot = list(rows[:ROWS_AT_ONCE])
    while lot:
        for record in lot:
            row: dict[str, Any] = {}
            for column in listing.columns:
                row |= column.export(record)
            yield row
        if len(lot) < ROWS_AT_ONCE:
            return
        lot = list(rows.filter(**{f"{key}__gt": getattr(lot[-1], key)})[:ROWS_AT_ONCE])


class _Echo:
    """A file that answers what is written to it."""

    def write(self, text: str) -> str:
        return text


def _csv_lines(query: ListingQuery) -> Iterator[str]:
    writer = csv.writer(_Echo())
    rows = exported_rows(query)
    first = next(rows, None)
    if first is None:
        return
    yield writer.writerow(first)
    lines = [writer.writerow(map(harmless, first.values()))]
    for row in rows:
        lines.append(writer.writerow(map(harmless, row.values())))
        if len(lines) >= ROWS_AT_ONCE:
            yield "".join(lines)
            lines = []
    yield "".join(lines)


def csv_export(query: ListingQuery) -> StreamingHttpResponse:
    response = StreamingHttpResponse(
        _csv_lines(query), content_type="text/csv; charset=utf-8"
    )
    name = query.listing.name
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _json_parts(query: ListingQuery) -> Iterator[str]:
    head = {
        "url": f"{settings.SITE_URL}{query.address()}",
        "filters": dict(query.values),
        "ignored": [
            {"parameter": each.parameter, "value": each.shown, "reason": each.reason}
            for each in query.ignored
        ],
    }
    yield f'{json.dumps(head)[:-1]}, "rows": ['
    lines: list[str] = []
    is_first = True
    for row in exported_rows(query):
        lines.append(json.dumps(row, cls=DjangoJSONEncoder))
        if len(lines) >= ROWS_AT_ONCE:
            yield ("" if is_first else ",\n") + ",\n".join(lines)
            lines, is_first = [], False
    if lines:
        yield ("" if is_first else ",\n") + ",\n".join(lines)
    yield "]}\n"


def json_export(query: ListingQuery) -> StreamingHttpResponse:
    return StreamingHttpResponse(_json_parts(query), content_type="application/json")
