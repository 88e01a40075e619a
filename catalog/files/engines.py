"""`engines.yaml` and `failure_modes.yaml`."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from catalog.files.hardware import vendor_reference
from catalog.importing.fields import Row
from catalog.importing.records import (
    Batch,
    CitationNote,
    Record,
    Reference,
    RowError,
    fact_uid,
)
from catalog.models import EngineKind, EngineStatus, ReleaseBasis, ReleaseRole
from editorial.vocabularies import Severity, SupportValue

RELEASES = {
    "first_release": ReleaseRole.FIRST,
    "latest_release_seen": ReleaseRole.LATEST_SEEN,
    "later_release_reported": ReleaseRole.LATER_REPORTED,
}
STATED = {"yes", "partial", "no"}
KEY = re.compile(r"^[a-z0-9_-]+$")


def read_entries(path: Path, name: str, batch: Batch) -> Iterator[Row]:
    """The entries of a YAML list, each with the line on which it begins."""
    if not path.exists():
        batch.errors.append(RowError(path.name, 0, "file", "is missing"))
        return
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        entries = _entry_nodes(root, name)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 0
        batch.errors.append(RowError(path.name, line, "file", "is not YAML"))
        return
    if entries is None:
        batch.errors.append(RowError(path.name, 1, name, "is not a list of entries"))
        return
    loader = yaml.CSafeLoader("")
    for node in entries:
        cells = loader.construct_document(node)
        line = node.start_mark.line + 1
        if isinstance(cells, dict):
            yield Row(path.name, line, cells, batch)
        else:
            batch.errors.append(RowError(path.name, line, name, "is not an entry"))


def _entry_nodes(root: Any, name: str) -> list[Any] | None:
    for key, value in getattr(root, "value", []):
        if key.value == name and isinstance(value, yaml.SequenceNode):
            return value.value
    return None


def _nested(row: Row, cells: Any, column: str) -> Row:
    """A mapping inside an entry, read with the entry's file and line."""
    if not isinstance(cells, dict):
        row.fail(column, "is not a set of named values")
        cells = {}
    return Row(row.file, row.line, cells, row.batch)


def parse_engines(directory: Path, batch: Batch) -> None:
    """Engines with releases, cells and statements, then how they fail."""
    entries = list(read_entries(directory / "engines.yaml", "engines", batch))
    vendors = {
        name: vendor_reference(batch, name)
        for name in dict.fromkeys(row.needed("developer") for row in entries)
    }
    seen: set[str] = set()
    for row in entries:
        slug = row.needed("slug")
        if slug in seen:
            row.fail("slug", f"“{slug}” stands in the file twice")
        seen.add(slug)
        batch.records.append(_engine(row, slug, vendors, batch))
    for row in entries:
        slug = row.raw("slug")
        batch.records.extend(_releases(row, slug, batch))
    for row in entries:
        batch.records.extend(_cells(row, row.raw("slug"), batch))
    for row in entries:
        batch.records.extend(_statements(row, row.raw("slug"), batch))
    path = directory / "failure_modes.yaml"
    for row in read_entries(path, "failure_modes", batch):
        batch.records.append(_failure_mode(row, seen, batch))


def engine_reference(slug: str) -> Reference:
    return Reference("catalog.Engine", fact_uid("engine", slug))


def _engine(row: Row, slug: str, vendors: dict[str, Reference], batch: Batch) -> Record:
    capability = _nested(row, row.cells.get("min_compute_capability"), "minimum")
    repository = row.url("repo", optional=True)
    homepage = row.url("homepage")
    uid = fact_uid("engine", slug)
    if url := capability.url("source_url", optional=True):
        batch.cite(url)
        batch.citations.append(
            CitationNote(url, "engine", uid, "min_compute_capability")
        )
    if url := row.url("hardware_source_url", optional=True):
        batch.cite(url)
        batch.citations.append(CitationNote(url, "engine", uid, "", "hardware"))
    values = {
        "slug": slug,
        "name": row.needed("name", longest=80),
        "kind": row.choice("kind", EngineKind.values),
        "vendor": vendors[row.raw("developer")],
        "homepage_url": homepage,
        "repository_url": repository,
        "docs_url": row.url("docs_url", optional=True),
        "license": row.needed("license", longest=60),
        "license_note": row.text("license_note", longest=300),
        "primary_language": row.text("primary_language", longest=40),
        "status": row.choice("status", EngineStatus.values),
        "default_port": row.whole("default_port", above=0),
        "min_compute_capability": capability.text("value", longest=8),
        "min_compute_capability_note": capability.text("note", longest=300),
        "install_command": row.text("install_command"),
        "quickstart_command": row.text("quickstart_command"),
        "notes": row.text("note"),
        "source": batch.cite(repository or homepage),
    }
    return Record("catalog.Engine", uid, values, row.where)


def _releases(row: Row, slug: str, batch: Batch) -> Iterator[Record]:
    for column, role in RELEASES.items():
        if column not in row.cells:
            continue
        cells = _nested(row, row.cells[column], column)
        released_on, precision = cells.date("date")
        values = {
            "engine": engine_reference(slug),
            "role": role.value,
            "version": cells.text("version", longest=60),
            "released_on": released_on,
            "released_on_precision": precision,
            "basis": cells.choice("basis", ReleaseBasis.values),
            "note": cells.text("note", longest=300),
            "source": batch.cite(cells.url("source_url", optional=True)),
        }
        uid = fact_uid("release", slug, role.value)
        yield Record("catalog.EngineRelease", uid, values, row.where)


def _cells(row: Row, slug: str, batch: Batch) -> Iterator[Record]:
    page = row.url("hardware_source_url", optional=True)
    backends = row.cells.get("hardware_backends") or {}
    for key, cells in backends.items():
        cell = _nested(row, cells, f"hardware_backends › {key}")
        yield _cell(cell, slug, "backend", key, page, batch)
    for key, cells in (row.cells.get("features") or {}).items():
        cell = _nested(row, cells, f"features › {key}")
        url = cell.url("source_url", optional=True)
        yield _cell(cell, slug, "feature", key, url, batch)
    for axis, column in (
        ("operating_system", "operating_systems"),
        ("format", "model_formats"),
    ):
        for key in row.cells.get(column) or []:
            cell = _nested(row, {"value": "yes"}, column)
            yield _cell(cell, slug, axis, key, "", batch)


def is_unproven(axis: str, value: str, url: str) -> bool:
    """Whether a cell states something that needs a source, and has none."""
    return value in STATED and axis in {"feature", "backend"} and not url


def _cell(cell: Row, slug: str, axis: str, key: str, url: str, batch: Batch) -> Record:
    if not KEY.match(key):
        cell.fail(key, "is not a lower-case key")
    value = cell.choice("value", SupportValue.values)
    if is_unproven(axis, value, url):
        cell.fail(key, f"says {value} and names no source")
    values = {
        "engine": engine_reference(slug),
        "axis": axis,
        "key": key,
        "value": value,
        "note": cell.text("note", longest=400),
        "source": batch.cite(url) if value in STATED else None,
    }
    uid = fact_uid("cell", slug, axis, key)
    return Record("catalog.SupportCell", uid, values, cell.where)


def _statements(row: Row, slug: str, batch: Batch) -> Iterator[Record]:
    for cells in row.cells.get("facts") or []:
        fact = _nested(row, cells, "facts")
        claim = fact.needed("claim")
        values = {
            "engine": engine_reference(slug),
            "claim": claim,
            "source": batch.cite(fact.url("source_url"), fact.text("source_title")),
        }
        uid = fact_uid("statement", slug, claim)
        yield Record("catalog.EngineStatement", uid, values, row.where)


def _failure_mode(row: Row, engines: set[str], batch: Batch) -> Record:
    slug = row.needed("engine")
    if slug not in engines:
        row.fail("engine", f"“{slug}” is not in engines.yaml")
    title = row.needed("title", longest=120)
    values = {
        "engine": engine_reference(slug),
        "title": title,
        "trigger": row.needed("trigger", longest=300),
        "symptom": row.needed("symptom", longest=300),
        "mitigation": row.needed("mitigation", longest=400),
        "severity": row.choice("severity", Severity.values),
        "first_seen_version": row.text("first_seen_version", longest=60),
        "related_error": row.text("related_error", longest=80),
        "source": batch.cite(row.url("source_url")),
    }
    uid = fact_uid("failure_mode", slug, title)
    return Record("catalog.FailureMode", uid, values, row.where)
