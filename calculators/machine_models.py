"""Every model of the catalogue on one machine: the best form of each that fits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from benchmarks.models import Benchmark
from calculators.catalogue import CataloguedModel, catalogued_models
from calculators.files import known_size
from calculators.machine_filters import MachineQuery
from calculators.machines import hardware_of
from calculators.measured_rows import MeasuredModel, measurements
from catalog.languages import Stated, stated_of
from catalog.models import GIB, AIModel, Hardware
from estimator.answers import Evidence, Fit, Speeds, WeightBytes
from estimator.best import FOUR_BIT, Brief, best_quantization, brief_estimate
from estimator.engines import EngineRules, rules_of
from estimator.inputs import (
    EngineChoice,
    Host,
    Machine,
    Request,
    WeightsChoice,
)
from estimator.inputs import Hardware as Card
from estimator.measured import with_measured
from estimator.measurements import Measurement
from estimator.speed import speeds
from estimator.weights import weights_of


@dataclass(frozen=True)
class Ranked:
    """One model on the machine, in its best form."""

    row: AIModel
    quantization: str
    brief: Brief
    speeds: Speeds | None

    @property
    def decode(self) -> float:
        found = self.speeds.decode if self.speeds else None
        return found.expected if found else 0.0

    @property
    def languages(self) -> Stated:
        """What is stated of the model's languages; empty where nothing is."""
        return stated_of(self.row) or Stated()

    @property
    def is_measured(self) -> bool:
        return bool(self.speeds and self.speeds.evidence is Evidence.MEASURED)


class Ranking:
    """Asks for each model on one machine. Three statements, whatever the catalogue."""

    def __init__(self, row: Hardware, query: MachineQuery) -> None:
        rules = rules_of(query.engine, "")
        if rules is None:
            raise ValueError(f"{query.engine} has no rules; the form lets none by.")
        self._rules: EngineRules = rules
        self._query = query
        self._row = row
        self._machine = machine_of(hardware_of(row), query)
        self._engine = EngineChoice(slug=query.engine)

    def ranked(self, *, most_measured: int = 0) -> list[Ranked]:
        """Every model whose weights and cache are known, those that do not fit too.

        `most_measured` keeps so many: those with most measurements anywhere.
        """
        only = None
        if most_measured:
            only = list(Benchmark.objects.trustworthy().models_by_rows(most_measured))
        models = catalogued_models(self._query.family, only)
        measured = self._measured(models)
        answers = (
            self._rank(model, measured.get(model.row.slug, ())) for model in models
        )
        return [answer for answer in answers if answer is not None]

    def _measured(
        self, models: Iterable[CataloguedModel]
    ) -> dict[str, list[Measurement]]:
        """What the engine was measured at on this hardware, by the model's slug."""
        rows = Benchmark.objects.for_speed().on_hardware(self._row.slug)
        rows = rows.by_engine(self._query.engine).without_prose()
        known: dict[int | None, MeasuredModel] = {
            model.row.pk: MeasuredModel(
                model.row.slug, "", model.architecture, model.files
            )
            for model in models
        }
        card = (hardware_of(self._row), self._row.notes)
        found: dict[str, list[Measurement]] = {}
        for each in measurements(rows, {self._row.pk: card}, known):
            found.setdefault(each.model_slug, []).append(each)
        return found

    def _rank(
        self, model: CataloguedModel, rows: Sequence[Measurement]
    ) -> Ranked | None:
        architecture, family = model.architecture, self._rules.family
        if architecture.cache_unknown_because or not architecture.groups:
            return None
        four_bit = FOUR_BIT[family]
        weights = weights_of(architecture, four_bit, family)
        if not isinstance(weights, WeightBytes):
            return None
        request = self._request(model, four_bit)
        name = best_quantization(request, self._rules, weights, self._query.least)
        request = self._request(model, name or four_bit)
        choice = request.weights
        weights = weights_of(architecture, choice.quantization, family, choice.size)
        if not isinstance(weights, WeightBytes):
            return None
        brief = brief_estimate(request, self._rules, weights, speeds)
        found = brief.speeds
        if found is not None and rows:
            found = with_measured(found, request, rows)
        return Ranked(model.row, choice.quantization, brief, found)

    def _request(self, model: CataloguedModel, quantization: str) -> Request:
        architecture = model.architecture
        size = known_size(
            model.files,
            quantization,
            self._rules.family,
            architecture,
            engine=self._query.engine,
        )
        window = architecture.context_window_tokens or self._query.context
        return Request(
            model=architecture,
            weights=WeightsChoice(quantization=quantization, size=size),
            engine=self._engine,
            machine=self._machine,
            context_tokens=min(self._query.context, window),
        )


def machine_of(card: Card, query: MachineQuery) -> Machine:
    """`query.count` such cards. Unified memory is as large as the reader says."""
    ram = query.ram * GIB if query.ram else None
    system = "macos" if card.kind == "apple_soc" else "linux"
    if ram and card.has_unified_memory:
        card = replace(card, memory_bytes=ram)
    return Machine(
        cards=(card,) * query.count,
        host=Host(ram_bytes=ram, operating_system=system),
    )


def narrowed(found: Iterable[Ranked], query: MachineQuery) -> list[Ranked]:
    """What the filters leave, in the order that was asked for."""
    uses = {"yes": ("yes",), "conditional": ("yes", "conditional")}.get(query.use)
    kept = [
        each
        for each in found
        if (not query.task or each.row.modality == query.task)
        and (uses is None or each.row.commercial_use in uses)
        and (not query.floor or each.decode >= query.floor)
    ]
    if query.sort == "speed":
        return sorted(kept, key=lambda each: (-each.decode, each.row.name))
    if query.sort == "name":
        return sorted(kept, key=lambda each: each.row.name.lower())
    return sorted(kept, key=lambda each: (-each.row.total_parameters, each.row.name))


def speaking(found: Iterable[Ranked], code: str) -> tuple[list[Ranked], list[Ranked]]:
    """Those of which the language is named, and those that leave it open and fit.

    A model whose publisher names others, and no more than these, is in neither.
    """
    named, left_open = [], []
    for each in found:
        has = each.languages.has(code)
        if has:
            named.append(each)
        elif has is None and each.brief.fit in (Fit.COMFORTABLE, Fit.TIGHT):
            left_open.append(each)
    return named, left_open


def by_group(found: Iterable[Ranked]) -> dict[str, list[Ranked]]:
    """Comfortable, tight, offload and none, each in the order given."""
    names = {
        Fit.COMFORTABLE: "comfortable",
        Fit.TIGHT: "tight",
        Fit.NEEDS_OFFLOAD: "offload",
    }
    groups: dict[str, list[Ranked]] = {name: [] for name in (*names.values(), "none")}
    for each in found:
        groups[names.get(each.brief.fit, "none")].append(each)
    return groups
