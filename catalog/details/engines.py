"""The facts of one tool: what it is and is not, what it supports, its releases."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from catalog.cards import engine_rows, fact_row
from catalog.details.facts import FactTable, KeyFigure, key_figures, with_proof
from catalog.details.support import supported_names
from catalog.measures import known_date
from catalog.models import (
    Engine,
    EngineKind,
    EngineStatus,
    ReleaseRole,
    SupportAxis,
)
from editorial.models import Citation
from editorial.vocabularies import SEVERITY_ORDER, SupportValue

ENGINE_FIELDS = {
    "Licence": "license",
    "Status": "status",
    "Default port": "default_port",
    "Oldest compute capability": "min_compute_capability",
}
KINDS = {
    EngineKind.ENGINE: "an engine: it loads model files and computes the answer itself",
    EngineKind.SERVER: "a server: it fetches, loads and serves models, and does the "
    "computing through an engine inside it",
    EngineKind.LIBRARY: "a library: building blocks that a program calls, not a server "
    "that is started and used",
    EngineKind.FRONTEND: "a front end: people talk to models through it",
}
NEEDS = "It computes nothing itself: {count} of its features are left to the model "
NEEDS += "server that it is connected to."
STATUSES = {
    EngineStatus.MAINTENANCE: "It is maintained, but gets no new features.",
    EngineStatus.INACTIVE: "Its development has stopped.",
    EngineStatus.ARCHIVED: "Its repository is archived.",
}


def engine_tables(engine: Engine, citations: Mapping[str, Citation]) -> list[FactTable]:
    shown_apart = {"Runs on", "Formats"}
    rows = [row for row in engine_rows(engine) if row.label not in shown_apart]
    rows = [
        replace(row, note=engine.license_note) if row.label == "Licence" else row
        for row in rows
    ]
    rows += [
        fact_row("Kind", engine.get_kind_display(), engine.source),
        fact_row("Developer", engine.vendor.name, engine.source),
        fact_row("Status", engine.get_status_display(), engine.source),
        fact_row("Default port", str(engine.default_port or ""), engine.source),
        fact_row(
            "Oldest compute capability",
            engine.min_compute_capability,
            engine.source,
            note=engine.min_compute_capability_note,
        ),
    ]
    return [FactTable("Facts", with_proof(rows, engine, ENGINE_FIELDS, citations))]


def engine_summary(engine: Engine) -> list[str]:
    """What it is, what it is not, and where it runs, from its own rows."""
    text = [f"{engine.name} is {KINDS[EngineKind(engine.kind)]}."]
    if engine.kind == EngineKind.FRONTEND:
        text += _front_end(engine)
    if status := STATUSES.get(EngineStatus(engine.status)):
        text.append(status)
    if chips := supported_names(engine, SupportAxis.BACKEND):
        text.append(f"It runs on {_and(chips)}.")
    if systems := supported_names(engine, SupportAxis.OPERATING_SYSTEM):
        text.append(f"Its sources name {_and(systems)}.")
    return text


def _front_end(engine: Engine) -> list[str]:
    """Whether a front end needs a model server, or has an engine inside."""
    if formats := supported_names(engine, SupportAxis.FORMAT):
        return [f"It loads {_and(formats)} files itself, with an engine inside."]
    values = [cell.value for cell in engine.cells.all()]
    left = values.count(SupportValue.NOT_APPLICABLE)
    return [NEEDS.format(count=left)] if left else []


def _and(names: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def engine_figures(engine: Engine) -> list[KeyFigure]:
    features = [cell for cell in engine.cells.all() if cell.axis == SupportAxis.FEATURE]
    apart = {SupportValue.UNKNOWN, SupportValue.NOT_APPLICABLE}
    known = [cell for cell in features if cell.value not in apart]
    yes = [cell for cell in features if cell.value == SupportValue.YES]
    latest = [row for row in engine.releases.all() if row.role == "latest_seen"]
    share = f"{len(yes)}/{len(known)}" if known else ""
    return key_figures(
        ("latest release seen", latest[0].version if latest else "", ""),
        ("licence", engine.license, ""),
        ("of the features known", share, "yes"),
        ("default port", str(engine.default_port or ""), ""),
    )


@dataclass(frozen=True)
class ReleaseRow:
    """A version that somebody saw, and where."""

    version: str
    role: str
    when: str
    basis: str
    note: str
    source_url: str
    source_name: str


def release_rows(engine: Engine) -> list[ReleaseRow]:
    """The newest first; a release without a date stands by its role."""
    order = {ReleaseRole.LATER_REPORTED: 0, ReleaseRole.LATEST_SEEN: 1}
    releases = sorted(
        engine.releases.all(),
        key=lambda row: (
            order.get(row.role, 2),
            -(row.released_on.toordinal() if row.released_on else 0),
        ),
    )
    return [_release_row(release) for release in releases]


def _release_row(release: Any) -> ReleaseRow:
    proof = fact_row(release.version, release.version or "-", release.source)
    return ReleaseRow(
        version=release.version,
        role=release.get_role_display(),
        when=known_date(release.released_on, release.released_on_precision),
        basis=release.get_basis_display(),
        note=release.note,
        source_url=proof.source_url,
        source_name=proof.source_name,
    )


def failure_modes(engine: Engine) -> list[Any]:
    """Worst first, then by title."""
    return sorted(
        engine.failure_modes.all(),
        key=lambda mode: (SEVERITY_ORDER[mode.severity], mode.title),
    )
