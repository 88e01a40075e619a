"""Engines, line by line."""

from collections.abc import Callable, Sequence

from catalog.cards import BACKEND_NAMES, FactRow, fact_row
from catalog.measures import known_date
from catalog.models import Engine, EngineRelease, SupportAxis, SupportCell
from comparisons.generated.proofs import Proofs
from comparisons.generated.table import Figure, Line
from editorial.vocabularies import SupportValue

NAMES = BACKEND_NAMES | {
    "openai_api": "OpenAI-compatible API",
    "lora_serving": "LoRA serving",
    "cpu_offload": "CPU offload",
    "multi_node": "Several machines",
    "quantized_kv_cache": "Quantised KV cache",
    "macos": "macOS",
    "ios": "iOS",
    "wsl2": "WSL 2",
    "freebsd": "FreeBSD",
    "netbsd": "NetBSD",
    "openbsd": "OpenBSD",
}
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
            [Figure(release_row(engine, "latest_seen")) for engine in engines],
        ),
        Line(
            "First release",
            [Figure(release_row(engine, "first")) for engine in engines],
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


def release_row(engine: Engine, role: str) -> FactRow:
    label = "Release"
    release: EngineRelease | None = next(
        (row for row in engine.releases.all() if row.role == role), None
    )
    if release is None:
        return FactRow(label, "")
    when = known_date(release.released_on, release.released_on_precision)
    shown = " · ".join(part for part in (release.version, when) if part)
    return fact_row(label, shown, release.source)


def support_lines(engines: Sequence[Engine]) -> list[Line]:
    """One line for each cell; a cell that an engine lacks is not known, not a no."""
    cells = [
        {(cell.axis, cell.key): cell for cell in engine.cells.all()}
        for engine in engines
    ]
    keys = sorted({key for known in cells for key in known})
    return [
        Line(
            template.format(NAMES.get(key, _in_words(axis, key))),
            [
                Figure(support_row(engine, known.get((axis, key))))
                for engine, known in zip(engines, cells, strict=True)
            ],
        )
        for axis, template in AXES.items()
        for found, key in keys
        if found == axis
    ]


def _in_words(axis: str, key: str) -> str:
    if axis == SupportAxis.FORMAT:
        return key.upper() if len(key) <= 5 else key
    return key.replace("_", " ").capitalize()


def support_row(engine: Engine, cell: SupportCell | None) -> FactRow:
    """A cell in words, proved by its own source or, where it needs none, the row's."""
    if cell is None or cell.value == SupportValue.UNKNOWN:
        return FactRow("Support", "")
    source = cell.source or engine.source
    return fact_row("Support", cell.get_value_display(), source, note=cell.note)
