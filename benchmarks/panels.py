"""The newest measurements of an engine, a chip or a model, for its page."""

from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from benchmarks.age import is_stale
from benchmarks.detail import hardware_of
from benchmarks.matching import METRICS, shown_speed
from benchmarks.models import Benchmark
from catalog.measures import known_date
from editorial.registry import Panel

ROWS_SHOWN = 8


@dataclass(frozen=True)
class MeasuredRow:
    """One line of the table on a detail page."""

    engine: str
    hardware: str
    model: str
    quantization: str
    speeds: list[tuple[str, str]]
    when: str
    is_stale: bool
    source_kind: str
    source_url: str
    url: str


def recent_benchmarks(
    subject: str, uid: UUID, *, limit: int = ROWS_SHOWN
) -> list[MeasuredRow]:
    """The newest trustworthy rows, in one statement."""
    rows = Benchmark.objects.trustworthy().about(subject, [uid]).for_listing()
    today = timezone.now().date()
    return [
        MeasuredRow(
            engine=f"{row.engine or row.engine_name} {row.engine_version}".strip(),
            hardware=hardware_of(row),
            model=str(row.ai_model or row.model_name),
            quantization=row.quantization,
            speeds=[
                (label, shown_speed(getattr(row, metric)))
                for metric, label in METRICS.items()
                if getattr(row, metric) is not None
            ],
            when=known_date(row.measured_on, row.measured_on_precision) or "undated",
            is_stale=is_stale(row.measured_on, today),
            source_kind=row.get_source_kind_display(),
            source_url=row.source.url,
            url=row.get_absolute_url(),
        )
        for row in rows[:limit]
    ]


def measured_panel(subject: str, fact) -> Panel | None:
    """A section of a detail page; none where nothing was measured."""
    rows = recent_benchmarks(subject, fact.uid)
    if not rows:
        return None
    context = {"measured_rows": rows, "name": fact.name}
    return Panel(
        "benchmarks/measured_panel.html",
        context,
        order=50,
        anchor="measured",
        title="Measured",
    )
