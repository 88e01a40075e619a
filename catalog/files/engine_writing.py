"""`engines.yaml` and `failure_modes.yaml`, written from the rows."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from catalog.files.engines import RELEASES
from catalog.importing.fields import partial_date
from catalog.models import Engine, FailureMode
from editorial.models import Citation

Cells = dict[str, Any]


def engine_entries(
    citations: Mapping[UUID, list[Citation]],
) -> Iterable[Cells]:
    """An entry for each engine, as `engines.yaml` holds it."""
    for engine in Engine.objects.for_detail().order_by("pk"):
        cited = {c.field or c.label: c.source.url for c in citations[engine.uid]}
        entry: Cells = {
            "slug": engine.slug,
            "name": engine.name,
            "kind": engine.kind,
            "developer": engine.vendor.name,
            "homepage": engine.homepage_url,
            "repo": engine.repository_url or None,
            "license": engine.license,
            "license_note": engine.license_note or None,
            "primary_language": engine.primary_language,
            "status": engine.status,
        }
        entry |= _engine_releases(engine)
        entry |= {
            "default_port": engine.default_port,
            "operating_systems": _keys(engine, "operating_system"),
            "hardware_backends": _backends(engine),
            "hardware_source_url": cited.get("hardware"),
            "min_compute_capability": {
                "value": engine.min_compute_capability or None,
                "note": engine.min_compute_capability_note or None,
                "source_url": cited.get("min_compute_capability"),
            },
            "model_formats": _keys(engine, "format"),
            "features": _features(engine),
            "install_command": engine.install_command,
            "quickstart_command": engine.quickstart_command,
            "docs_url": engine.docs_url or None,
            "note": engine.notes or None,
            "facts": _statements(engine),
        }
        yield entry


def _engine_releases(engine: Engine) -> Cells:
    columns = {role.value: column for column, role in RELEASES.items()}
    return {
        columns[release.role]: {
            "version": release.version or None,
            "date": partial_date(release.released_on, release.released_on_precision)
            or None,
            "basis": release.basis,
            "note": release.note or None,
            "source_url": release.source.url if release.source else None,
        }
        for release in engine.releases.all()
        if release.role in columns
    }


def _keys(engine: Engine, axis: str) -> list[str]:
    cells = [cell for cell in engine.cells.all() if cell.axis == axis]
    return [cell.key for cell in sorted(cells, key=lambda cell: cell.pk)]


def _backends(engine: Engine) -> Cells:
    return {
        cell.key: {"value": cell.value, "note": cell.note or None}
        for cell in engine.cells.all()
        if cell.axis == "backend"
    }


def _features(engine: Engine) -> Cells:
    return {
        cell.key: {
            "value": cell.value,
            "source_url": cell.source.url if cell.source else None,
            "note": cell.note or None,
        }
        for cell in engine.cells.all()
        if cell.axis == "feature"
    }


def _statements(engine: Engine) -> list[Cells]:
    return [
        {
            "claim": statement.claim,
            "source_url": statement.source.url,
            "source_title": statement.source.title or None,
        }
        for statement in engine.statements.all()
    ]


def failure_mode_entries() -> Iterable[Cells]:
    for mode in FailureMode.objects.select_related("engine", "source").order_by("pk"):
        plain_fields = ("title", "trigger", "symptom", "mitigation", "severity")
        yield {
            "engine": mode.engine.slug,
            **{name: getattr(mode, name) for name in plain_fields},
            "source_url": mode.source.url,
            "first_seen_version": mode.first_seen_version or None,
            "related_error": mode.related_error or None,
        }
