"""What runs on a piece of hardware, and what a model needs, on their own pages."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from calculators.architectures import architecture_of
from calculators.files import known_size
from calculators.machine_filters import MachineQuery
from calculators.machine_models import Ranking, by_group, machine_of
from calculators.machine_page import GROUPS, Line, lines_of
from calculators.machines import hardware_of
from calculators.memory_bars import gib_text
from catalog.measures import gib
from catalog.models import AIModel, Hardware
from editorial.registry import Panel
from estimator.answers import Fit, WeightBytes
from estimator.best import brief_estimate
from estimator.engines import rules_of
from estimator.inputs import EngineChoice, ModelArchitecture, Request, WeightsChoice
from estimator.speed import speeds
from estimator.weights import weights_of

MOST_MEASURED = 40
"""Models that the panel of a piece of hardware looks at."""
SHOWN = 4
QUANTIZATIONS = ("Q4_K_M", "Q6_K", "Q8_0", "F16")
ENGINE, FAMILY, CONTEXT = "llama-cpp", "gguf", 8192
FITS = (Fit.COMFORTABLE, Fit.TIGHT)
BEFORE_MEASURED, TITLE_RUNS, TITLE_NEEDS = 45, "What runs on it", "What it needs"


def runs_panel(chip: Hardware) -> Panel | None:
    """A few models of each group, of the most measured ones. Four statements."""
    query = MachineQuery()
    groups = by_group(
        sorted(
            Ranking(chip, query).ranked(most_measured=MOST_MEASURED),
            key=lambda each: -each.row.total_parameters,
        )
    )
    shown: list[tuple[str, list[Line]]] = [
        (GROUPS[key][0], lines_of(groups[key][:SHOWN], chip.slug, query))
        for key in ("comfortable", "tight", "offload")
        if groups[key]
    ]
    if not shown:
        return None
    context = {
        "name": chip.name,
        "groups": shown,
        "all_path": reverse("calculators:machine_models", args=[chip.slug]),
    }
    return Panel(
        "calculators/runs_panel.html",
        context,
        order=BEFORE_MEASURED,
        anchor="runs",
        title=TITLE_RUNS,
    )


@dataclass(frozen=True)
class Need:
    """What a model takes at one quantisation, and what is the least that holds it."""

    quantization: str
    weights: str
    needs: str
    card: str
    memory: str
    href: str


def needs_panel(model: AIModel) -> Panel | None:
    """Memory at the usual quantisations. One statement beside the model's own."""
    architecture = architecture_of(model)
    because = architecture.cache_unknown_because
    if model.modality in ("embedding", "audio"):
        return None
    needs: list[Need] = []
    if architecture.groups and not because:
        rows: Any = Hardware.objects.for_estimating().cards_by_memory()
        needs = list(_needs(model, architecture, list(rows)))
    context = {
        "name": model.name,
        "slug": model.slug,
        "needs": needs,
        "unknown": because or "its layers are not in the catalogue",
        "context_tokens": CONTEXT,
        "all_path": reverse("calculators:model_hardware", args=[model.slug]),
        "ask_path": reverse("calculators:will_it_run"),
    }
    return Panel(
        "calculators/needs_panel.html",
        context,
        order=BEFORE_MEASURED,
        anchor="needs",
        title=TITLE_NEEDS,
    )


def _needs(model: AIModel, architecture: ModelArchitecture, rows: list[Any]) -> Any:
    for quantization in QUANTIZATIONS:
        files = list(model.files.all())
        size = known_size(files, quantization, FAMILY, architecture, engine=ENGINE)
        weights = weights_of(architecture, quantization, FAMILY, size)
        if isinstance(weights, WeightBytes):
            choice = WeightsChoice(quantization=quantization, size=size)
            yield _need(model, architecture, weights, choice, rows)


def _need(
    model: AIModel,
    architecture: ModelArchitecture,
    weights: WeightBytes,
    choice: WeightsChoice,
    rows: list[Any],
) -> Need:
    rules = rules_of(ENGINE, "")
    if rules is None:
        raise ValueError(f"{ENGINE} has no rules.")
    needs, card = "", None
    for row in rows:
        if card is None and needs and row.memory_bytes < weights.total_bytes * 0.9:
            continue
        request = Request(
            model=architecture,
            weights=choice,
            engine=EngineChoice(slug=ENGINE),
            machine=machine_of(hardware_of(row), MachineQuery()),
            context_tokens=min(CONTEXT, architecture.context_window_tokens or CONTEXT),
        )
        brief = brief_estimate(request, rules, weights, speeds)
        needs = gib_text(brief.needs_bytes or 0)
        if brief.fit in FITS:
            card = row
            break
    question = f"?quantization={choice.quantization}"
    path = card and reverse(
        "calculators:model_on_machine", args=[card.slug, model.slug]
    )
    return Need(
        quantization=choice.quantization,
        weights=gib_text(weights.total_bytes),
        needs=needs,
        card=card.name if card else "",
        memory=gib(card.memory_bytes) if card else "",
        href=f"{path}{question}" if card else "",
    )
