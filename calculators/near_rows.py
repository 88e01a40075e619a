"""Published measurements nearest to a question: for the estimate, and to be read."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from benchmarks.age import is_stale
from benchmarks.detail import hardware_of
from benchmarks.matching import shown_speed
from benchmarks.models import Benchmark
from calculators.measured_rows import measurements
from calculators.measured_speeds import MeasuredRows
from calculators.questions import Asked
from catalog.measures import known_date
from estimator.measurements import Measurement

ROWS_SHOWN = 5


class RowsOfModel(MeasuredRows):
    """Only rows of one model: all that an estimate of that model asks for."""

    def __init__(self, model_slug: str) -> None:
        super().__init__()
        self._model_slug = model_slug

    def on(self, hardware_slug: str) -> list[Measurement]:
        if hardware_slug not in self._rows:
            rows = Benchmark.objects.for_speed().on_hardware(hardware_slug)
            self._rows[hardware_slug] = measurements(rows.of_model(self._model_slug))
        return self._rows[hardware_slug]


@dataclass(frozen=True)
class NearRow:
    """A measurement, and in what it differs from the question."""

    set_up: str
    nearness: str
    speed: str
    prefill: str
    when: str
    is_stale: bool
    source_kind: str
    confidence: str
    url: str
    name: str


def near_rows(asked: Asked) -> list[NearRow]:
    """Up to five single-request rows: the nearest first, then the newest."""
    rows = Benchmark.objects.trustworthy().near(asked.hardware, asked.model)
    ranked = sorted(rows.for_listing(), key=lambda row: _distance(row, asked))
    today = timezone.now().date()
    found: dict[tuple[str, str, str], NearRow] = {}
    for each in ranked:
        row = _near_row(each, asked, today)
        found.setdefault((row.name, row.set_up, row.speed), row)
        if len(found) == ROWS_SHOWN:
            break
    return list(found.values())


def _differences(row: Any, asked: Asked) -> list[str]:
    """What is not as asked, the weightiest first."""
    is_model = row.ai_model.slug == asked.model
    is_card = row.hardware is not None and row.hardware.slug == asked.hardware
    wanted = asked.quantization.upper()
    pairs = (
        ("another model", is_model),
        ("other hardware", is_card),
        ("another number of cards", (row.hardware_count or 1) == asked.count),
        ("another engine", bool(row.engine) and row.engine.slug == asked.engine),
        ("another quantisation", row.quantization.upper() == wanted),
        ("a filled context", not row.context_depth_tokens),
    )
    return [words for words, is_same in pairs if not is_same]


def _distance(row: Any, asked: Asked) -> tuple[int, int]:
    weights = {
        "another model": 8,
        "other hardware": 9,
        "another number of cards": 4,
        "another engine": 3,
        "another quantisation": 2,
        "a filled context": 1,
    }
    return sum(weights[each] for each in _differences(row, asked)), -row.pk


def _near_row(row: Any, asked: Asked, today: Any) -> NearRow:
    differences = _differences(row, asked)
    nearness = "this set-up" if not differences else ", ".join(differences)
    engine = f"{row.engine or row.engine_name} {row.engine_version}".strip()
    prefill = row.prefill_tokens_per_second
    return NearRow(
        set_up=f"{hardware_of(row)} · {row.quantization or 'not stated'} · {engine}",
        nearness=nearness,
        speed=shown_speed(row.decode_tokens_per_second),
        prefill=shown_speed(prefill) if prefill is not None else "",
        when=known_date(row.measured_on, row.measured_on_precision) or "undated",
        is_stale=is_stale(row.measured_on, today),
        source_kind=row.get_source_kind_display(),
        confidence=str(row.confidence_on(today).label),
        url=row.get_absolute_url(),
        name=str(row.ai_model),
    )
