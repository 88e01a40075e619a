"""Facts as a short list of rows, each with its source: for compare pages."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.urls import reverse
from django.utils.text import slugify

from catalog.card_rows import (
    CardCell,
    CardEngine,
    CardRelease,
    Proof,
    cells_of,
    engines_with,
    releases_of,
)
from catalog.measures import billions, gib, grouped, known_date
from catalog.models import AIModel, Engine, EngineRelease, Hardware, SupportCell
from catalog.support_names import support_name
from editorial.models import Source

LONG_NOTE = 300
"""Characters beyond which a note is folded."""

FORGES = {"github.com", "raw.githubusercontent.com", "huggingface.co", "gitlab.com"}


@dataclass(frozen=True)
class FactRow:
    """One fact of a card. An empty `display` is drawn as a dash.

    `link` leads to the page of what is named.
    """

    label: str
    display: str
    unit: str = ""
    source_url: str = ""
    source_title: str = ""
    as_of: datetime.date | None = None
    mark: str = ""
    mark_note: str = ""
    note: str = ""
    link: str = ""

    @property
    def has_long_note(self) -> bool:
        return len(self.note) > LONG_NOTE

    @property
    def source_name(self) -> str:
        """Whose page it is: the host, and on a forge the repository."""
        parts = urlsplit(self.source_url)
        host = parts.netloc.removeprefix("www.")
        if host not in FORGES:
            return host
        path = parts.path.removeprefix("/datasets").strip("/")
        return "/".join(path.split("/")[:2]) or host

    @property
    def place(self) -> str:
        """What names the row in an address, as where a reader reports it."""
        return f"fact-{slugify(self.label)}"

    @property
    def said(self) -> str:
        """The value as a reader sees it, empty where the row is a dash."""
        return f"{self.display} {self.unit}".strip()

    @property
    def is_figure(self) -> bool:
        """Whether it is a bare number or a range, which lines up with others."""
        return bool(self.display) and not self.display.strip("0123456789.–\u202f")


@dataclass(frozen=True)
class FactCard:
    """What a compare page shows of one fact."""

    uid: UUID
    type: str
    slug: str
    name: str
    url: str
    project_url: str
    rows: list[FactRow]


def fact_row(
    label: str,
    display: str,
    source: Source | Proof | None,
    *,
    unit: str = "",
    **marks: Any,
) -> FactRow:
    """A row with what proves it; an empty one proves nothing."""
    if not display or source is None:
        return FactRow(label, display, unit, **marks)
    return FactRow(
        label=label,
        display=display,
        unit=unit,
        source_url=source.url,
        source_title=source.title or source.host,
        as_of=source.retrieved_on,
        **marks,
    )


def engine_cards(uids: Iterable[UUID]) -> dict[UUID, FactCard]:
    """Licence, newest release, back ends and formats, in three statements."""
    uids = list(uids)
    cells, releases = cells_of(uids), releases_of(uids)
    return {
        engine.uid: FactCard(
            uid=engine.uid,
            type="engine",
            slug=engine.slug,
            name=engine.name,
            url=reverse("catalog:engine_detail", args=[engine.slug]),
            project_url=engine.repository_url or engine.homepage_url,
            rows=_engine_rows(
                engine,
                next((row for row in releases if row.engine_uid == engine.uid), None),
                [cell for cell in cells if cell.engine_uid == engine.uid],
            ),
        )
        for engine in engines_with(uids)
    }


def engine_rows(engine: Engine) -> list[FactRow]:
    """The rows of a card, for an engine with its releases and cells."""
    releases = engine.releases.all()
    latest = next((row for row in releases if row.role == "latest_seen"), None)
    return _engine_rows(engine, latest, engine.cells.all())


def _engine_rows(
    engine: Engine | CardEngine,
    latest: EngineRelease | CardRelease | None,
    cells: Iterable[SupportCell | CardCell],
) -> list[FactRow]:
    cells = list(cells)
    formats = [
        support_name(cell.axis, cell.key) for cell in cells if cell.axis == "format"
    ]
    backends = [
        cell
        for cell in cells
        if cell.axis == "backend" and cell.value in {"yes", "partial"}
    ]
    runs_on = ", ".join(
        support_name(cell.axis, cell.key)
        + (" (partial)" if cell.value == "partial" else "")
        for cell in backends
    )
    backend_source = next((cell.source for cell in backends if cell.source), None)
    return [
        fact_row("Licence", engine.license, engine.source),
        release_row("Latest seen", latest),
        fact_row("Runs on", runs_on, backend_source),
        fact_row("Formats", ", ".join(formats), engine.source),
        fact_row("Written in", engine.primary_language, engine.source),
    ]


def release_row(label: str, release: EngineRelease | CardRelease | None) -> FactRow:
    """The version and the day of a release, as far as they are known."""
    if release is None:
        return FactRow(label, "")
    when = known_date(release.released_on, release.released_on_precision)
    display = " · ".join(part for part in (release.version, when) if part)
    return fact_row(label, display, release.source)


def hardware_cards(uids: Iterable[UUID]) -> dict[UUID, FactCard]:
    """Memory, bandwidth, rates and power, in one statement."""
    chips = Hardware.objects.with_uids(uids).for_listing()
    return {
        chip.uid: FactCard(
            uid=chip.uid,
            type="hardware",
            slug=chip.slug,
            name=chip.name,
            url=chip.get_absolute_url(),
            project_url=chip.source.url,
            rows=hardware_rows(chip),
        )
        for chip in chips
    }


def hardware_rows(chip: Hardware) -> list[FactRow]:
    def row(label: str, field: str, unit: str) -> FactRow:
        shown = grouped(getattr(chip, field))
        mark = chip.mark(field)
        return fact_row(label, shown, chip.source, unit=unit, mark=mark)

    memory = fact_row(
        "Memory",
        gib(chip.memory_bytes),
        chip.source,
        unit=f"GB {chip.memory_type}".strip(),
        mark=chip.mark("memory_bytes"),
    )
    released = known_date(chip.released_on, chip.released_on_precision)
    return [
        memory,
        row("Memory bandwidth", "memory_bandwidth_gb_s", "GB/s"),
        row("FP16 tensor, dense", "fp16_tensor_tflops", "TFLOPS"),
        row("FP8, dense", "fp8_tflops", "TFLOPS"),
        row("INT8, dense", "int8_tops", "TOPS"),
        row("Board power", "board_power_w", "W"),
        fact_row("Released", released, chip.source),
        row("Launch price", "launch_price_usd", "USD"),
    ]


def model_cards(uids: Iterable[UUID]) -> dict[UUID, FactCard]:
    """Size, context, licence and architecture, in one statement."""
    rows = AIModel.objects.with_uids(uids).for_listing()
    return {
        model.uid: FactCard(
            uid=model.uid,
            type="model",
            slug=model.slug,
            name=model.name,
            url=model.get_absolute_url(),
            project_url=f"https://huggingface.co/{model.hf_repository}",
            rows=model_rows(model),
        )
        for model in rows
    }


def model_rows(model: AIModel) -> list[FactRow]:
    def row(label: str, field: str, display: str, unit: str = "") -> FactRow:
        mark = model.mark(field)
        return fact_row(label, display, model.source, unit=unit, mark=mark)

    released = known_date(model.released_on, model.released_on_precision)
    return [
        row("Parameters", "total_parameters", billions(model.total_parameters), "B"),
        row("Active", "active_parameters", billions(model.active_parameters), "B"),
        row(
            "Context window",
            "context_window_tokens",
            grouped(model.context_window_tokens),
            "tokens",
        ),
        row("Architecture", "architecture", model.get_architecture_display()),
        row("Licence", "license", model.license),
        row("Commercial use", "commercial_use", model.get_commercial_use_display()),
        row("Released", "released_on", released),
    ]


CARDS = {"engine": engine_cards, "hardware": hardware_cards, "model": model_cards}
"""Fact type to the function that answers its cards."""
