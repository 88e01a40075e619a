"""Licences of models in plain words: a reading aid, not legal advice."""

from dataclasses import dataclass
from typing import Any

META = "https://github.com/meta-llama/llama-models/blob/main/models"


@dataclass(frozen=True)
class Licence:
    """What a licence permits, what it asks, and where its text stands."""

    name: str
    permits: str
    conditions: tuple[str, ...] = ()
    url: str = ""


LLAMA_CONDITIONS = (
    "A separate licence from Meta for products with more than 700 million monthly "
    "users.",
    "Meta's acceptable use policy applies; the licence text goes along with copies.",
)
LLAMA_NAMING = (
    "Products show “Built with Llama”; names of derived models begin with “Llama”."
)
RESEARCH_ONLY = "Research and other uses that earn nothing. No commercial use."
USE_LIMITS = "Use, change and share, also commercially, within a list of barred uses."
PASSED_ON = "The list of barred uses has to be passed on to users and derived models."


def _llama(name: str, folder: str, *conditions: str) -> Licence:
    return Licence(
        name=name,
        permits="Use, change and share, also commercially, below a very high limit.",
        conditions=LLAMA_CONDITIONS + conditions,
        url=f"{META}/{folder}/LICENSE",
    )


NOT_IN_THE_EU = (
    "Rights to the models that read images are not granted to people and companies "
    "based in the European Union."
)
DEEPSEEK = Licence("DeepSeek licence", USE_LIMITS, (PASSED_ON,))
EXAONE = Licence("EXAONE licence", RESEARCH_ONLY)
NVIDIA = Licence(
    "NVIDIA open model licence",
    "Use, change and share, also commercially.",
    ("It ends on a lawsuit over it, or if guardrails go without a substitute.",),
)
MODIFIED_MIT = Licence(
    "MIT with additions",
    "As MIT: use, change and share, also commercially.",
    ("An added clause concerns very large users; it differs from model to model.",),
)
LICENCES: dict[str, Licence] = {
    "apache-2.0": Licence(
        "Apache License 2.0",
        "Use, change and share, also commercially. Includes a grant of patents.",
        ("Keep the notices and say what was changed.",),
        "https://spdx.org/licenses/Apache-2.0.html",
    ),
    "mit": Licence(
        "MIT licence",
        "Use, change and share, also commercially.",
        ("Keep the copyright notice.",),
        "https://spdx.org/licenses/MIT.html",
    ),
    "cc-by-nc-4.0": Licence(
        "Creative Commons BY-NC 4.0",
        "Use, change and share, but not commercially.",
        ("Name the author and say what was changed.",),
        "https://creativecommons.org/licenses/by-nc/4.0/",
    ),
    "llama2": _llama(
        "Llama 2 community licence",
        "llama2",
        "Its output may not be used to improve other models.",
    ),
    "llama3": _llama(
        "Llama 3 community licence",
        "llama3",
        LLAMA_NAMING,
        "Its output may not be used to improve other models.",
    ),
    "llama3.1": _llama("Llama 3.1 community licence", "llama3_1", LLAMA_NAMING),
    "llama3.2": _llama(
        "Llama 3.2 community licence", "llama3_2", LLAMA_NAMING, NOT_IN_THE_EU
    ),
    "llama3.3": _llama("Llama 3.3 community licence", "llama3_3", LLAMA_NAMING),
    "llama4": _llama(
        "Llama 4 community licence", "llama4", LLAMA_NAMING, NOT_IN_THE_EU
    ),
    "gemma": Licence(
        "Gemma terms of use",
        USE_LIMITS,
        (PASSED_ON, "Google may restrict use that it believes breaks the terms."),
        "https://ai.google.dev/gemma/terms",
    ),
    "qwen": Licence(
        "Tongyi Qianwen licence",
        "Use, change and share, also commercially.",
        ("A separate licence above 100 million monthly users.",),
    ),
    "qwen-research": Licence("Qwen research licence", RESEARCH_ONLY),
    "deepseek": DEEPSEEK,
    "deepseek-license": DEEPSEEK,
    "deepseek-model-license": DEEPSEEK,
    "mrl": Licence("Mistral research licence", RESEARCH_ONLY),
    "mnpl-0.1": Licence(
        "Mistral AI non-production licence",
        "Research, tests and other uses outside production. No commercial use.",
    ),
    "bigcode-openrail-m": Licence("BigCode OpenRAIL-M", USE_LIMITS, (PASSED_ON,)),
    "lfm1.0": Licence(
        "LFM open licence",
        "Use, change and share, commercially too for smaller companies.",
        ("Companies with 10 million USD of yearly revenue or more need another one.",),
    ),
    "nvidia-open-model-license": NVIDIA,
    "nvidia-nemotron-open-model-license": NVIDIA,
    "exaone": EXAONE,
    "exaone-1.2-nc": EXAONE,
    "modified-mit": MODIFIED_MIT,
    "modified-mit (revenue carve-out)": MODIFIED_MIT,
}
"""Only licences that were read. What others ask is not guessed."""


@dataclass(frozen=True)
class LicenceNote:
    """A model's licence as its page tells it."""

    id: str
    name: str
    permits: str
    conditions: tuple[str, ...]
    url: str
    is_text: bool
    """Whether `url` is the licence itself, and not the model's repository."""


def licence_note(model: Any) -> LicenceNote | None:
    """The licence of `model` in plain words; None where no source names one."""
    if not model.license or model.license == "unknown":
        return None
    known = LICENCES.get(model.license.lower())
    repository = f"https://huggingface.co/{model.hf_repository}"
    return LicenceNote(
        id=model.license,
        name=known.name if known else "",
        permits=known.permits if known else "",
        conditions=known.conditions if known else (),
        url=known.url if known and known.url else repository,
        is_text=bool(known and known.url),
    )
