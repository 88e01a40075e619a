"""Hardware for a model: what runs it, how fast, for how much and at how many watts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse

from benchmarks.models import Benchmark
from calculators.architectures import architecture_of
from calculators.files import known_size
from calculators.machine_filters import MachineQuery
from calculators.machine_models import machine_of
from calculators.machines import hardware_of
from calculators.measured_rows import MeasuredModel, measurements
from calculators.memory_bars import gib_text
from calculators.wording import speed_range
from catalog.measures import gib
from catalog.models import AIModel, Hardware, Segment
from catalog.prices import NEW, USD, USED, PriceRange, price_ranges, price_text
from estimator.answers import Fit, Speeds, WeightBytes
from estimator.best import FOUR_BIT, Brief, brief_estimate
from estimator.engines import EngineRules, rules_of
from estimator.inputs import (
    EngineChoice,
    KnownSize,
    ModelArchitecture,
    Request,
    WeightsChoice,
)
from estimator.inputs import Hardware as Card
from estimator.measured import with_measured
from estimator.measurements import Measurement
from estimator.speed import speeds
from estimator.weights import weights_of

COUNTS = (1, 2, 4)
"""Numbers of cards that are tried until the model fits."""
CHEAPEST_SHOWN = 5
FITS = (Fit.COMFORTABLE, Fit.TIGHT)


@dataclass(frozen=True)
class Path:
    """A number of equal pieces of hardware on which the model runs."""

    name: str
    slug: str
    count: int
    href: str
    segment: str
    memory: str
    fit: str
    speed: str
    evidence: str
    new: PriceRange | None
    used: PriceRange | None
    watts: int | None
    lowest: Decimal | None
    """Of all pieces together, in USD; None: no price was seen."""

    @property
    def fit_class(self) -> str:
        return self.fit.replace(" ", "-")

    @property
    def lowest_text(self) -> str:
        return "" if self.lowest is None else price_text(self.lowest)

    @property
    def lowest_when(self) -> str:
        ranges = [each for each in (self.new, self.used) if each]
        return min(ranges, key=lambda each: each.low).when if ranges else ""


@dataclass(frozen=True)
class ModelMachines:
    """The page: the cheapest paths, then every piece that runs the model by itself."""

    model: AIModel
    quantization: str
    weights: str
    needs: str
    unknown: str
    """Why nothing can be said; empty where it can."""
    cheapest: list[Path]
    paths: list[Path]
    query: MachineQuery
    smallest: str


def model_machines(model: AIModel, query: MachineQuery) -> ModelMachines:
    """Three statements beside the model's own: hardware, prices, measurements."""
    rules = rules_of(query.engine, "")
    if rules is None:
        raise ValueError(f"{query.engine} has no rules; the form lets none by.")
    architecture = architecture_of(model)
    quantization = FOUR_BIT[rules.family]
    files = list(model.files.all())
    size = known_size(
        files, quantization, rules.family, architecture, engine=query.engine
    )
    weights = weights_of(architecture, quantization, rules.family, size)
    unknown = _unknown(architecture, weights)
    paths: list[Path] = []
    needs = ""
    if not unknown and isinstance(weights, WeightBytes):
        asker = _Asker(model, architecture, weights, size, quantization, rules, query)
        paths = [path for path in map(asker.path, asker.hardware()) if path]
        needs = asker.least_needs
    priced = [path for path in paths if path.lowest is not None and path.fit != ""]
    priced.sort(key=lambda path: (path.lowest or 0, path.count))
    alone = [path for path in paths if path.count == 1]
    return ModelMachines(
        model=model,
        quantization=quantization,
        weights="" if isinstance(weights, str) else gib_text(weights.total_bytes),
        needs=needs,
        unknown=unknown,
        cheapest=priced[:CHEAPEST_SHOWN],
        paths=sorted(alone, key=_by_memory),
        query=query,
        smallest=min(alone, key=_by_memory).memory if alone else "",
    )


def _by_memory(path: Path) -> tuple[float, str]:
    return float(path.memory), path.name


def _unknown(architecture: ModelArchitecture, weights: WeightBytes | str) -> str:
    if isinstance(weights, str):
        return weights
    if architecture.cache_unknown_because or not architecture.groups:
        because = architecture.cache_unknown_because or "its layers are not known"
        return f"Unknown, because {because}."
    return ""


class _Asker:
    """Asks for one model on each piece of hardware."""

    def __init__(
        self,
        model: AIModel,
        architecture: ModelArchitecture,
        weights: WeightBytes,
        size: KnownSize | None,
        quantization: str,
        rules: EngineRules,
        query: MachineQuery,
    ) -> None:
        self._model = model
        self._architecture = architecture
        self._weights = weights
        self._choice = WeightsChoice(quantization=quantization, size=size)
        self._rules, self._query = rules, query
        self._measured: Mapping[str, list[Measurement]] = {}
        self.least_needs = ""

    def hardware(self) -> list[Any]:
        rows: Any = Hardware.objects.for_estimating().with_prices().for_engines()
        found = list(rows)
        self._measured = self._rows_on(found)
        return found

    def _rows_on(self, found: Iterable[Hardware]) -> dict[str, list[Measurement]]:
        rows = Benchmark.objects.for_speed().of_model(self._model.slug)
        rows = rows.by_engine(self._query.engine).without_prose()
        cards: dict[int | None, tuple[Card, str]] = {
            row.pk: (hardware_of(row), row.notes) for row in found
        }
        files = list(self._model.files.all())
        known = MeasuredModel(self._model.slug, "", self._architecture, files)
        by_slug: dict[str, list[Measurement]] = {}
        for each in measurements(rows, cards, {self._model.pk: known}):
            by_slug.setdefault(each.card.slug, []).append(each)
        return by_slug

    def path(self, row: Any) -> Path | None:
        """The fewest pieces on which it fits; None where four are not enough."""
        is_joined = not row.has_unified_memory and row.segment != Segment.LAPTOP
        for count in COUNTS if is_joined else COUNTS[:1]:
            request, brief = self._ask(row, count)
            if brief.fit in FITS:
                self.least_needs = self.least_needs or gib_text(brief.needs_bytes or 0)
                found = self._speeds(row, request, brief)
                return self._path(row, count, brief, found)
        return None

    def _ask(self, row: Any, count: int) -> tuple[Request, Brief]:
        query = MachineQuery(
            engine=self._query.engine, context=self._query.context, count=count
        )
        window = self._architecture.context_window_tokens or query.context
        request = Request(
            model=self._architecture,
            weights=self._choice,
            engine=EngineChoice(slug=query.engine),
            machine=machine_of(hardware_of(row), query),
            context_tokens=min(query.context, window),
        )
        return request, brief_estimate(request, self._rules, self._weights, speeds)

    def _speeds(self, row: Any, request: Request, brief: Brief) -> Speeds | None:
        rows = self._measured.get(row.slug)
        if brief.speeds is None or not rows:
            return brief.speeds
        return with_measured(brief.speeds, request, rows)

    def _path(self, row: Any, count: int, brief: Brief, found: Speeds | None) -> Path:
        ranges = price_ranges(row.prices.all())
        new, used = ranges.get((NEW, USD)), ranges.get((USED, USD))
        lows = [each.low for each in (new, used) if each]
        decode = found.decode if found else None
        base = reverse(
            "calculators:model_on_machine", args=[row.slug, self._model.slug]
        )
        return Path(
            name=f"{count} × {row.name}" if count > 1 else row.name,
            slug=row.slug,
            count=count,
            href=f"{base}?count={count}" if count > 1 else base,
            segment=row.get_segment_display(),
            memory=gib(row.memory_bytes),
            fit=str(brief.fit),
            speed=speed_range(decode) if decode else "",
            evidence=str(found.evidence) if found else "",
            new=new,
            used=used,
            watts=row.board_power_w * count if row.board_power_w else None,
            lowest=min(lows) * count if lows else None,
        )
