"""One request against one set of constants: the look-ups that speed needs."""

from dataclasses import dataclass

from estimator.answers import Placement, WeightBytes
from estimator.hardware_classes import HardwareClass, class_of, usual_backend
from estimator.inputs import Hardware, Request, SplitMode
from estimator.measurements import is_dense, is_older_build
from estimator.speed_constants import Factor, SpeedConstants
from estimator.token_work import TokenWork, token_work

LLAMA_CPP = "llama-cpp"
CUT = (SplitMode.TENSOR, SplitMode.ROW)
"""Every card works on every layer."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What is asked, and what it is answered with."""

    request: Request
    weights: WeightBytes
    placement: Placement
    constants: SpeedConstants
    card: Hardware
    """The first card. The range and the engine's factor follow its class."""
    name: HardwareClass
    work: TokenWork
    is_dense: bool

    is_llama: bool
    is_cut: bool
    is_offloaded: bool
    engine_factor: Factor | None
    """None for llama.cpp, and where no row of the engine was measured."""

    def costs(self, card: Hardware) -> tuple[float, ...]:
        found = self.constants.classes.get(class_of(card))
        return found.costs if found else self.constants.general

    def experts_factor(self, name: HardwareClass) -> Factor:
        experts = self.constants.experts
        return experts.get(name, experts["general"])

    def age(self) -> float:
        """How much longer the asked build takes than those of today."""
        engine = self.request.engine
        if not self.is_llama or not is_older_build(engine.version, None):
            return 1.0
        backend = engine.backend or usual_backend(self.card)
        return self.constants.older_builds.get(backend, 1.0)

    def cards(self) -> list[tuple[Hardware, float]]:
        """Every card that holds layers, with its share of the model."""
        cards, loads = self.request.machine.cards, self.placement.devices
        if len(cards) == 1 or self.placement.split is SplitMode.NONE:
            return [(self.card, 1.0)]
        pairs = [
            (card, float(load.weights_bytes))
            for card, load in zip(cards, loads, strict=False)
            if load.weights_bytes
        ]
        held = sum(size for _, size in pairs)
        return [(card, size / held) for card, size in pairs] or [(self.card, 1.0)]


def setting_of(
    request: Request,
    weights: WeightBytes,
    placement: Placement,
    constants: SpeedConstants,
) -> Setting:
    card = request.machine.cards[0]
    name, slug = class_of(card), request.engine.slug
    engines = constants.engines
    factor = None
    if slug != LLAMA_CPP:
        factor = engines.get(f"{slug}/{name}", engines.get(slug))
    return Setting(
        request=request,
        weights=weights,
        placement=placement,
        constants=constants,
        card=card,
        name=name,
        work=token_work(request.model, weights, request.weights.quantization),
        is_dense=is_dense(request.model),
        is_llama=slug == LLAMA_CPP,
        is_cut=len(request.machine.cards) > 1 and placement.split in CUT,
        is_offloaded=placement.host_read_bytes > 0,
        engine_factor=factor,
    )
