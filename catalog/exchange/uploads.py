"""What somebody sent, as the text of a CSV file, or a sentence that says why not."""

import csv
import hashlib
import io
import json
from typing import Any

from catalog.exchange.cells import escaped, unescaped
from catalog.exchange.tables import FactTable

MAX_BYTES = 5_000_000
MAX_ROWS = 20_000


class UploadError(Exception):
    """The file cannot be read as a table; the sentence says why."""


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def read_upload(content: bytes, name: str, table: FactTable) -> str:
    """`content` as CSV in the columns of `table`. Raises UploadError."""
    if len(content) > MAX_BYTES:
        raise UploadError(f"The file is larger than {MAX_BYTES // 1_000_000} MB.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise UploadError(
            f"Line {line} is not UTF-8. Save the file as “CSV UTF-8” and send it again."
        ) from None
    if "\x00" in text:
        raise UploadError("The file holds NUL characters: it is no text.")
    is_json = name.lower().endswith(".json") or text.lstrip()[:1] in ("[", "{")
    rows = _json_rows(text) if is_json else _csv_rows(text)
    _check_columns(rows[0], table)
    if len(rows) < 2:
        raise UploadError("The file has a head but no rows.")
    if len(rows) - 1 > MAX_ROWS:
        raise UploadError(f"The file has more than {MAX_ROWS} rows. Split it.")
    return csv_text(rows)


def _check_columns(head: list[str], table: FactTable) -> None:
    missing = [name for name in table.columns if name not in head]
    unknown = [name for name in head if name not in table.columns]
    twice = sorted({name for name in head if head.count(name) > 1})
    complaints = [
        f"{label}: {', '.join(names)}."
        for label, names in (
            ("These columns are missing", missing),
            ("These columns are not known", unknown),
            ("These columns stand there twice", twice),
        )
        if names
    ]
    if complaints:
        raise UploadError(" ".join(complaints))


def _csv_rows(text: str) -> list[list[str]]:
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise UploadError(f"The CSV cannot be read: {error}.") from None
    if not rows:
        raise UploadError("The file is empty.")
    for number, row in enumerate(rows[1:], start=2):
        if row and len(row) != len(rows[0]):
            raise UploadError(
                f"Row {number} has {len(row)} cells, the head has {len(rows[0])}."
            )
    return [rows[0], *([unescaped(cell) for cell in row] for row in rows[1:] if row)]


def _json_rows(text: str) -> list[list[str]]:
    try:
        data = json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
    except (json.JSONDecodeError, RecursionError) as error:
        raise UploadError(f"The JSON cannot be read: {error}.") from None
    rows = data.get("rows") if isinstance(data, dict) else data
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise UploadError("The JSON is not a list of rows, each with its columns.")
    if not rows:
        raise UploadError("The file holds no rows.")
    head = list(rows[0])
    for number, row in enumerate(rows, start=1):
        if row.keys() != rows[0].keys():
            raise UploadError(f"Row {number} has other columns than the first.")
        if any(isinstance(value, dict | list) for value in row.values()):
            raise UploadError(f"Row {number} holds a list or an object in a cell.")
    return [head, *([_cell(row[name]) for name in head] for row in rows)]


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def row_numbers(text: str) -> dict[int, int]:
    """The number of each row, its head being row 1, by the line on which it ends."""
    reader = csv.reader(io.StringIO(text, newline=""))
    ends = [reader.line_num for _ in reader]
    return {line: number for number, line in enumerate(ends, start=1)}


def csv_text(rows: list[list[Any]], *, is_escaped: bool = False) -> str:
    """Rows as CSV; escaped where a spreadsheet is to open them."""
    file = io.StringIO(newline="")
    # With “\n” alone the writer would leave a cell that holds “\r” without quotes.
    writer = csv.writer(file, lineterminator="\r\n")
    for row in rows:
        writer.writerow([escaped(cell) for cell in row] if is_escaped else row)
    return file.getvalue()
