"""What the form of a question offers: quantisations, contexts, caches, requests."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from calculators.asking import KnownModel
from calculators.files import FORMATS, known_size
from catalog.measures import gigabytes
from catalog.querysets.ai_models import FOUR_BIT_QUANTIZATIONS
from estimator.answers import Fit, WeightBytes
from estimator.inverse import LADDERS
from estimator.weights import weights_of

CONTEXTS = (2048, 4096, 8192, 16384, 32768, 65536, 131072, 262144, 1048576)
USUAL_CONTEXT = 8192
MOST_CONTEXTS = 7
CACHES = {
    "gguf": ("f16", "q8_0", "q4_0"),
    "mlx": ("f16", "q8_0", "q4_0"),
    "exl": ("f16", "q8_0", "q4_0"),
    "server": ("f16", "fp8"),
}
"""Types of cache that engines of a family offer, the usual one first."""
PARALLEL = (1, 4, 16)
USUAL = {"gguf": "Q4_K_M", "mlx": "4bit", "exl": "4.0bpw", "server": "FP8"}
"""Taken where no file of about four bits is published."""
FITS = (Fit.COMFORTABLE, Fit.TIGHT)


@dataclass(frozen=True)
class Option:
    """One choice of a form. `fit` is empty where it was not asked."""

    value: str
    label: str
    is_chosen: bool
    fit: str = ""
    words: str = ""

    @property
    def fit_class(self) -> str:
        return self.fit.replace(" ", "-")


def usual_quantization(known: KnownModel, family: str) -> str:
    """The commonest published one of about four bits; else the family's usual one."""
    if family in ("server", "exl"):
        return USUAL[family]
    published = {
        file.quantization
        for file in known.files
        if file.weight_format in FORMATS[family]
    }
    ordered = (USUAL[family], *FOUR_BIT_QUANTIZATIONS)
    return next((name for name in ordered if name in published), USUAL[family])


def quantization_options(
    known: KnownModel, family: str, engine: str, chosen: str
) -> list[Option]:
    """Usual and published quantisations with their sizes, from small to large."""
    names = {name.upper(): name for name in LADDERS[family]}
    for file in known.files:
        if file.weight_format in FORMATS[family]:
            names.setdefault(file.quantization.upper(), file.quantization)
    names.setdefault(chosen.upper(), chosen)
    sized = []
    for name in names.values():
        size = known_size(known.files, name, family, known.architecture, engine=engine)
        weights = weights_of(known.architecture, name, family, size)
        if isinstance(weights, WeightBytes):
            mark = "exact" if weights.is_exact else "estimated"
            label = f"{name} · {gigabytes(weights.total_bytes)} GB · {mark}"
            sized.append((weights.total_bytes, name, label))
        elif name.upper() == chosen.upper():
            sized.append((0, name, f"{name} · size unknown"))
    sized.sort()
    return [
        Option(name, label, name.upper() == chosen.upper()) for _, name, label in sized
    ]


def context_steps(window: int | None, chosen: int) -> list[int]:
    """Lengths to choose from, up to the model's window, the chosen one among them."""
    most = window or CONTEXTS[-1]
    steps = [step for step in CONTEXTS if step < most]
    steps = sorted({*steps, min(most, CONTEXTS[-1])})
    while len(steps) > MOST_CONTEXTS:
        steps.remove(steps[0] if steps[0] != chosen else steps[1])
    return sorted({*steps, chosen})


def short_tokens(count: int) -> str:
    """
    >>> short_tokens(8192), short_tokens(131072), short_tokens(1048576)
    ('8k', '128k', '1M')
    """
    if count >= 2**20 and count % 2**20 == 0:
        return f"{count // 2**20}M"
    if count >= 1024 and count % 1024 == 0:
        return f"{count // 1024}k"
    return f"{count:,}".replace(",", "\u202f")


def judged(
    values: Iterable[tuple[str, str]],
    chosen: str,
    fit_of: Callable[[str], tuple[Fit, str]],
) -> list[Option]:
    """Options that say at once whether they fit."""
    options = []
    for value, label in values:
        fit, words = fit_of(value)
        options.append(Option(value, label, value == chosen, str(fit), words))
    return options


def with_chosen(values: Sequence[str], chosen: str) -> list[str]:
    return [*values] if chosen in values else [*values, chosen]
