"""Where the memory goes: bars that a template draws, and the table of their numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from catalog.models import GIB
from estimator.answers import DeviceLoad, Estimate

WIDTH = 1000
HOST = "host"
PARTS = (
    ("weights", "Weights", "weights_bytes"),
    ("cache", "KV cache", "kv_cache_bytes"),
    ("state", "Recurrent state", "recurrent_state_bytes"),
    ("buffers", "Compute buffers", "compute_buffer_bytes"),
    ("overhead", "Context and libraries", "overhead_bytes"),
)
"""Key of the colour, words, field of a load."""
RESERVE = ("reserve", "Reserved by the engine beyond that")
HEADROOM = ("headroom", "Free within the budget")
KEPT = ("kept", "Kept by system, driver and margin")
LACK = ("lack", "Lacking")
SAME_WITHIN_BYTES = 1024


def gib_text(count: float) -> str:
    """
    >>> gib_text(22 * 2**30 + 2**29), gib_text(3 * 2**20)
    ('22.5', '0.003')
    """
    size = count / GIB
    return f"{size:.1f}" if size >= 0.1 or not size else f"{size:.3f}".rstrip("0")


@dataclass(frozen=True)
class Segment:
    key: str
    words: str
    size: str
    """GiB."""
    x: float
    width: float


@dataclass(frozen=True)
class Bar:
    """One memory: the segments from the left, a line where the budget ends."""

    name: str
    capacity: str
    budget: str
    used: str
    is_over: bool
    budget_x: float
    segments: list[Segment]
    layers: int
    words: str


@dataclass(frozen=True)
class Line:
    """A row of the table: one part over all memories."""

    key: str
    words: str
    sizes: list[str]
    total: str


def bars_of(estimate: Estimate) -> list[Bar]:
    """A bar for each card on one scale, then host memory where weights were moved."""
    loads = loads_of(estimate)
    cards = [load for load in loads if load.name != HOST]
    whole = max((_extent(load) for load in cards), default=0)
    hosts = [load for load in loads if load.name == HOST and estimate.offload]
    bars = [_bar(load, whole) for load in cards]
    return [*bars, *(_bar(load, _extent(load)) for load in hosts)]


def loads_of(estimate: Estimate) -> list[DeviceLoad]:
    """Each card and the host, with offload where the model needs it."""
    placed = estimate.offload.placement if estimate.offload else estimate.placement
    if placed is None:
        return []
    host = [placed.host] if placed.host else []
    return [*placed.devices, *host]


def lines_of(estimate: Estimate) -> list[Line]:
    """The same numbers as the bars, a part a row, without parts that are nowhere."""
    loads = loads_of(estimate)
    judged = [load for load in loads if load.name != HOST or estimate.offload]
    lines = []
    for key, words, field in PARTS:
        sizes = [getattr(load, field) for load in loads]
        if any(sizes):
            lines.append(_line(key, words, sizes))
    for (key, words), size_of in (
        (RESERVE, _reserve),
        (HEADROOM, lambda load: max(0, _headroom(load))),
        (LACK, lambda load: max(0, -_headroom(load))),
        (KEPT, lambda load: load.capacity_bytes - load.budget_bytes),
    ):
        sizes = [size_of(load) if load in judged else 0 for load in loads]
        if any(size > SAME_WITHIN_BYTES for size in sizes):
            lines.append(_line(key, words, sizes))
    return lines


def column_name(load: DeviceLoad) -> str:
    return "Host memory" if load.name == HOST else load.name


def _line(key: str, words: str, sizes: Sequence[int]) -> Line:
    shown = [gib_text(size) if size else "" for size in sizes]
    return Line(key, words, shown, gib_text(sum(sizes)))


def _reserve(load: DeviceLoad) -> int:
    return max(0, load.reserves_bytes - load.needs_bytes)


def _headroom(load: DeviceLoad) -> int:
    return load.budget_bytes - max(load.needs_bytes, load.reserves_bytes)


def _extent(load: DeviceLoad) -> int:
    return max(load.capacity_bytes, load.needs_bytes, load.reserves_bytes)


def _bar(load: DeviceLoad, whole: int) -> Bar:
    scale = WIDTH / whole
    sizes = [(key, words, getattr(load, field)) for key, words, field in PARTS]
    sizes.append((*RESERVE, _reserve(load)))
    used = sum(size for *_, size in sizes)
    sizes.append((*HEADROOM, max(0, load.budget_bytes - used)))
    kept = load.capacity_bytes - max(used, load.budget_bytes)
    sizes.append((*KEPT, max(0, kept)))
    segments = list(_segments(sizes, scale))
    return Bar(
        name=column_name(load),
        capacity=gib_text(load.capacity_bytes),
        budget=gib_text(load.budget_bytes),
        used=gib_text(used),
        is_over=load.budget_bytes < used,
        budget_x=round(load.budget_bytes * scale, 2),
        segments=segments,
        layers=load.layers,
        words=", ".join(f"{each.words} {each.size} GiB" for each in segments),
    )


def _segments(sizes: Iterable[tuple[str, str, int]], scale: float) -> Iterable[Segment]:
    x = 0.0
    for key, words, size in sizes:
        if size <= 0:
            continue
        width = size * scale
        yield Segment(key, words, gib_text(size), round(x, 2), round(width, 2))
        x += width


def budget_words(estimate: Estimate) -> str:
    """How the budget of the first card comes about."""
    loads = loads_of(estimate)
    if not loads:
        return ""
    card = loads[0]
    kept = gib_text(card.capacity_bytes - card.budget_bytes)
    return (
        f"Budget: {gib_text(card.capacity_bytes)} GiB of memory less {kept} GiB for "
        "system, driver and the engine's margin. The line marks it."
    )
