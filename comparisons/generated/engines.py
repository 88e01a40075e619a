"""Engines, line by line."""

from collections.abc import Callable, Sequence

from catalog.cards import FactRow, release_row
from catalog.details.support import support_fact
from catalog.models import Engine, SupportAxis, SupportCell
from catalog.support_names import support_name
from comparisons.generated.proofs import Proofs
from comparisons.generated.table import Figure, Line

AXES = {
    SupportAxis.BACKEND: "Runs on {}",
    SupportAxis.OPERATING_SYSTEM: "On {}",
    SupportAxis.FEATURE: "{}",
    SupportAxis.FORMAT: "Reads {}",
}
"""Axis to the words of a line, in the order of the table."""


def engine_lines(engines: Sequence[Engine], proofs: Proofs) -> list[Line]:
    """Licence, releases, and one line for each cell that any of the engines has."""

    def words(label: str, field: str, show: Callable[[Engine], str]) -> Line:
        rows = [proofs.row(engine, label, field, show(engine)) for engine in engines]
        return Line(label, [Figure(row) for row in rows])

    return [
        words("Licence", "license", lambda engine: engine.license),
        Line(
            "Latest release seen",
            [_release(engine, "latest_seen") for engine in engines],
        ),
        Line(
            "First release",
            [_release(engine, "first") for engine in engines],
        ),
        words("Kind", "kind", lambda engine: engine.get_kind_display()),
        words("Status", "status", lambda engine: engine.get_status_display()),
        words("Developer", "vendor", lambda engine: engine.vendor.name),
        words("Written in", "primary_language", lambda engine: engine.primary_language),
        words(
            "Default port",
            "default_port",
            lambda engine: str(engine.default_port or ""),
        ),
        words(
            "Oldest compute capability",
            "min_compute_capability",
            lambda engine: engine.min_compute_capability,
        ),
        *support_lines(engines),
    ]


def _release(engine: Engine, role: str) -> Figure:
    releases = {release.role: release for release in engine.releases.all()}
    return Figure(release_row("Release", releases.get(role)))


def support_lines(engines: Sequence[Engine]) -> list[Line]:
    """One line for each cell; a cell that an engine lacks is not known, not a no."""
    cells = [
        {(cell.axis, cell.key): cell for cell in engine.cells.all()}
        for engine in engines
    ]
    keys = sorted({key for known in cells for key in known})
    return [
        Line(
            template.format(support_name(axis, key)),
            [
                _support(engine, known.get((axis, key)))
                for engine, known in zip(engines, cells, strict=True)
            ],
        )
        for axis, template in AXES.items()
        for found, key in keys
        if found == axis
    ]


def _support(engine: Engine, cell: SupportCell | None) -> Figure:
    return Figure(
        FactRow("Support", "") if cell is None else support_fact(engine, cell)
    )
