"""What the form of a question offers, and what each choice would be."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from calculators.answer_page import Answer
from calculators.answers import Answers
from calculators.known_names import KnownNames
from calculators.memory_bars import gib_text
from calculators.options import (
    CACHES,
    PARALLEL,
    Option,
    context_steps,
    judged,
    quantization_options,
    short_tokens,
    with_chosen,
)
from calculators.questions import OPERATING_SYSTEMS, Asked
from estimator.answers import Fit
from estimator.inputs import SplitMode

SPLITS = {
    "": "As the engine does by itself",
    SplitMode.LAYER: "By layers",
    SplitMode.ROW: "By rows of each matrix",
    SplitMode.TENSOR: "Tensor parallel",
    SplitMode.NONE: "One card only",
}


def form_options(
    asked: Asked, answers: Answers, answer: Answer | None, names: KnownNames
) -> Mapping[str, Any]:
    """What the form offers; with an answer, whether each choice would fit."""
    system = answer.settled.operating_system if answer else asked.operating_system
    found: dict[str, Any] = {
        "models": names.models,
        "pieces": names.pieces,
        "engines": [
            Option(slug, name, slug == asked.engine) for slug, name in names.engines
        ],
        "systems": [
            Option(slug, name, slug == system)
            for slug, name in OPERATING_SYSTEMS.items()
        ],
        "splits": [
            Option(mode, words, mode == asked.split) for mode, words in SPLITS.items()
        ],
        "model_name": names.name("model", asked.model) if asked.model else "",
        "cards": [(names.name("hardware", slug), n) for slug, n in asked.cards],
    }
    return found if answer is None else found | _judged_options(answer, answers)


def _judged_options(answer: Answer, answers: Answers) -> dict[str, Any]:
    settled, known = answer.settled, answers.model(answer.asked.model)
    family = answers.rules(answer.asked).family

    def fit_of(field: str, kind: type) -> Callable[[str], tuple[Fit, str]]:
        def ask(value: str) -> tuple[Fit, str]:
            there = answers.of(replace(answer.asked, **{field: kind(value)}))
            needs = there.needs_bytes
            return there.fit, "" if needs is None else f"{gib_text(needs)} GiB"

        return ask

    chosen = settled.context_tokens or 0
    steps = context_steps(known.architecture.context_window_tokens, chosen)
    caches = with_chosen(CACHES[family], settled.cache_type)
    requests = sorted({*PARALLEL, settled.parallel})
    return {
        "quantizations": quantization_options(
            known, family, settled.engine, settled.quantization
        ),
        "contexts": judged(
            [(str(step), short_tokens(step)) for step in steps],
            str(chosen),
            fit_of("context_tokens", int),
        ),
        "caches": judged(
            [(name, name) for name in caches],
            settled.cache_type,
            fit_of("cache_type", str),
        ),
        "requests": judged(
            [(str(count), str(count)) for count in requests],
            str(settled.parallel),
            fit_of("parallel", int),
        ),
        "has_unified_memory": answers.card(settled.hardware).has_unified_memory,
    }
