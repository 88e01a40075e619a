"""Hardware that could do a job: how many pieces, how well it fits, for how much."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from calculators.architectures import architecture_of
from calculators.asking import KnownModel
from calculators.choosing.rules import (
    ENGINE,
    MOST_CARDS,
    QUANTIZATION,
    REACH,
    SHELVES,
)
from calculators.files import known_size
from calculators.machines import hardware_of
from calculators.pricing import CONDITIONS, CountedPrice, counted_prices, price_in
from catalog.models import AIModel, HardwareKind
from estimator.answers import Estimate, Fit, Range, WeightBytes
from estimator.fit import estimate
from estimator.inputs import (
    EngineChoice,
    Hardware,
    KnownSize,
    Machine,
    ModelArchitecture,
    Request,
    WeightsChoice,
)
from estimator.speed import speeds
from estimator.weights import weights_of

FITS = (Fit.COMFORTABLE, Fit.TIGHT)
GIB = 2**30


@dataclass(frozen=True)
class Job:
    """The model and the load that hardware is chosen for."""

    model: ModelArchitecture
    size: KnownSize | None
    weight_bytes: int
    context_tokens: int
    users: int
    slug: str = ""
    quantization: str = QUANTIZATION

    def request(self, card: Hardware, count: int) -> Request:
        return Request(
            model=self.model,
            weights=WeightsChoice(quantization=self.quantization, size=self.size),
            engine=EngineChoice(slug=ENGINE),
            machine=Machine(cards=(card,) * count),
            context_tokens=self.context_tokens * self.users,
            filled_tokens=self.context_tokens // 2,
            parallel_sequences=self.users,
        )


def known_model(slug: str) -> KnownModel:
    """A model with its files, in two statements."""
    row = AIModel.objects.for_estimating().get(slug=slug)
    return KnownModel(architecture_of(row), tuple(row.files.all()))


def job_for(
    known: KnownModel,
    *,
    context_tokens: int,
    users: int,
    slug: str = "",
    quantization: str = QUANTIZATION,
) -> Job | str:
    """The job, or the reason why nothing can be said about it."""
    model = known.architecture
    size = known_size(known.files, quantization, "gguf", model, engine=ENGINE)
    weights = weights_of(model, quantization, "gguf", size)
    if not isinstance(weights, WeightBytes):
        return f"the size of its {quantization} file is not known: {weights}"
    if model.cache_unknown_because or not model.groups:
        because = model.cache_unknown_because or "its layers were not seen"
        return f"its memory cannot be worked out: {because}"
    longest = model.context_window_tokens
    if longest and context_tokens > longest:
        return f"it was trained for {longest:,} tokens, not {context_tokens:,}"
    return Job(
        model, size, weights.total_bytes, context_tokens, users, slug, quantization
    )


@dataclass(frozen=True)
class Candidate:
    """So many pieces of one hardware, with the estimate for a job."""

    row: Any
    count: int
    answer: Estimate
    prices: tuple[CountedPrice, ...]
    users: int

    @property
    def name(self) -> str:
        return f"{self.count} × {self.row.name}" if self.count > 1 else self.row.name

    @cached_property
    def speed(self) -> Range | None:
        """Tokens a second of each user, at the depth that was asked."""
        speeds = self.answer.speeds
        if speeds is None:
            return None
        together = speeds.decode_all_sequences
        if self.users == 1 or together is None:
            return speeds.decode_at_depth or speeds.decode
        share = 1 / self.users
        return Range(
            together.low * share, together.expected * share, together.high * share
        )

    @cached_property
    def expected(self) -> float:
        return self.speed.expected if self.speed else 0.0

    @property
    def watts(self) -> int | None:
        power: int | None = self.row.board_power_w
        return None if power is None else power * self.count

    @property
    def memory_gib(self) -> int:
        return round(int(self.row.memory_bytes) * self.count / GIB)

    @property
    def room_bytes(self) -> int:
        return self.answer.headroom_bytes or 0

    def price(self, condition: str) -> CountedPrice | None:
        return price_in(self.prices, condition)

    def cost_usd(self, condition: str) -> Decimal | None:
        """What counts against a budget: the middle of the prices, times the pieces."""
        return self._costs[condition]

    @cached_property
    def _costs(self) -> dict[str, Decimal | None]:
        prices = {condition: self.price(condition) for condition in CONDITIONS}
        return {
            condition: None if price is None else price.expected * self.count
            for condition, price in prices.items()
        }

    def is_as_fast_as(self, leader: "Candidate") -> bool:
        """Whether the estimate cannot tell it from a faster one."""
        return leader.speed is not None and self.expected >= leader.speed.low


def candidates(
    rows: Iterable[Any],
    job: Job,
    *,
    shelves: Collection[str],
    slots: int,
    budget: Decimal,
) -> list[Candidate]:
    """Everything on the shelves that holds the job within reach of the budget.

    Hardware without a price is among them. The counts of one piece end with the first
    that is comfortable: more cards of a layer split are no faster.
    """
    allowed = [SHELVES[name] for name in shelves]
    found: list[Candidate] = []
    for row in rows:
        if any(shelf.holds(row.kind, row.segment) for shelf in allowed):
            prices = tuple(counted_prices(row, row.offers))
            found += _counts_of(row, prices, job, slots, budget)
    return found


def _counts_of(
    row: Any,
    prices: tuple[CountedPrice, ...],
    job: Job,
    slots: int,
    budget: Decimal,
) -> Iterator[Candidate]:
    card = hardware_of(row)
    stackable = row.kind == HardwareKind.GPU and row.segment != "laptop"
    for count in range(1, min(slots, MOST_CARDS) + 1 if stackable else 2):
        if row.memory_bytes * count <= job.weight_bytes:
            continue
        if prices and prices[0].expected * count > REACH * budget:
            return
        answer = estimate(job.request(card, count), speeds)
        if answer.fit in FITS and answer.speeds is not None:
            yield Candidate(row, count, answer, prices, job.users)
        if answer.fit is Fit.COMFORTABLE or (answer.fit is Fit.TIGHT and not prices):
            return
