"""The formulas and constants of memory and fit, as the code has them now."""

from dataclasses import dataclass
from functools import lru_cache
from types import ModuleType
from typing import Any

from estimator import (
    budget,
    buffers,
    engines,
    fit,
    formulas,
    gguf,
    loads,
    terms,
    weights,
)
from estimator.answers import Constant, Fit, Formula
from estimator.best import FOUR_BIT, HEAVIEST
from estimator.cache import ELEMENT_BYTES
from estimator.engines import GIB, MIB, RULES, EngineRules
from estimator.quantizations import BLOCKS, MIXES
from estimator.speed_constants import shipped
from estimator.version import FORMULAS

MODULES: tuple[tuple[str, ModuleType], ...] = (
    ("What a card offers", budget),
    ("What engines do by themselves", engines),
    ("Compute buffers and activations", buffers),
    ("Beside the weights", loads),
    ("When a fit is comfortable", fit),
    ("Errors that are stated", terms),
    ("Errors of weights", weights),
    ("Errors of GGUF sizes", gguf),
)
MAIN_ENGINES = (
    *("llama-cpp", "ollama", "lm-studio", "mlx", "vllm", "sglang", "tensorrt-llm"),
    *("exllamav2", "exllamav3"),
)
FIT_WORDS = {
    Fit.COMFORTABLE: "At least a tenth of every card's budget stays free.",
    Fit.TIGHT: "It fits with less than that to spare. Exactly the budget fits.",
    Fit.NEEDS_OFFLOAD: "The cards cannot hold it; with part of the weights in host "
    "memory it runs.",
    Fit.DOES_NOT_FIT: "Neither the cards alone nor with the host memory.",
    Fit.UNKNOWN: "Something is not known; the answer says what. Nothing is guessed.",
}


@dataclass(frozen=True)
class ConstantLine:
    name: str
    value: str
    source: str
    is_address: bool
    note: str


@dataclass(frozen=True)
class EngineLine:
    """The habits of one engine, newest version."""

    slug: str
    budget: str
    split: str
    cells: str
    context: str
    offload: str


def constants_of(module: ModuleType) -> list[Constant]:
    """Every constant that a module defines, in the order in which it does."""
    return [value for value in vars(module).values() if isinstance(value, Constant)]


def constant_groups() -> list[tuple[str, list[ConstantLine]]]:
    """Each constant once, with the first module that holds it."""
    seen: set[int] = set()
    groups = []
    for title, module in MODULES:
        own = [each for each in constants_of(module) if id(each) not in seen]
        seen.update(id(each) for each in own)
        if own:
            groups.append((title, [_constant_line(each) for each in own]))
    return groups


def _constant_line(constant: Constant) -> ConstantLine:
    return ConstantLine(
        name=constant.name,
        value=value_words(constant),
        source=constant.source,
        is_address=constant.source.startswith("https://"),
        note=constant.note,
    )


def value_words(constant: Constant) -> str:
    """The value with its unit, bytes as people read them.

    >>> value_words(Constant("A", 320 * 2**20, "bytes", ""))
    '320 MiB'
    """
    value, unit = constant.value, constant.unit
    if unit.startswith("bytes") and value >= MIB:
        size, name = (value / GIB, "GiB") if value >= GIB else (value / MIB, "MiB")
        return f"{size:.3g} {name}{unit.removeprefix('bytes')}"
    if unit == "share":
        return f"{100 * value:.3g} %"
    return f"{value:.4g} {unit}".strip()


def all_formulas() -> list[Formula]:
    found = [each for each in vars(formulas).values() if isinstance(each, Formula)]
    return sorted(found, key=lambda each: int(each.key[1:]))


def _engine_line(rules: EngineRules) -> EngineLine:
    if rules.utilization:
        kept = f"{100 * rules.utilization:.0f} % of the card, reserved at the start"
    elif rules.reserves:
        kept = "most of the card, reserved at the start"
    elif rules.margin_bytes:
        kept = f"all but {rules.margin_bytes / MIB:.0f} MiB"
    else:
        kept = "all that system and driver leave"
    context = f"{rules.context_bytes / MIB:.0f} MiB" if rules.context_bytes else "–"
    return EngineLine(
        slug=rules.slug,
        budget=kept,
        split=str(rules.split),
        cells=f"{rules.cell_step} tokens",
        context=context,
        offload="yes" if rules.can_offload else "no",
    )


@lru_cache(maxsize=1)
def memory_context() -> dict[str, Any]:
    """Printed from the objects that answers are worked out with."""
    return {
        "version": FORMULAS,
        "fitted_on": shipped().fitted_on,
        "formulas": all_formulas(),
        "constants": constant_groups(),
        "fits": list(FIT_WORDS.items()),
        "engines": [_engine_line(RULES[slug]) for slug in MAIN_ENGINES],
        "blocks": [
            (name, weights_, size, f"{8 * size / weights_:.4g}")
            for name, (weights_, size) in BLOCKS.items()
        ],
        "mixes": [
            (name, f"{small:.3f}", f"{large:.3f}" if large else "")
            for name, (small, large) in MIXES.items()
        ],
        "caches": [
            (name, f"{float(size):.4g}") for name, size in ELEMENT_BYTES.items()
        ],
        "four_bit": FOUR_BIT["gguf"],
        "heaviest": HEAVIEST["gguf"],
    }
