"""The licences that were read, by the id that models name."""

from catalog.details.licences.reading import (
    COPIES,
    COPIES_AND_CHANGES,
    ENDS,
    FREE,
    NO_MILITARY_USE,
    NOT_FOR_OTHER_MODELS,
    PASSED_ON,
    RESEARCH_ONLY,
    TRAINED_ON_OUTPUT,
    USE_LIMITS,
    Licence,
)

META = (
    "https://github.com/meta-llama/llama-models/blob/"
    "a9c89c471f793423afd4cc3ca8671d6e56fe64cb/models"
)
LG = "https://github.com/LG-AI-EXAONE"
SCANCODE = "https://github.com/aboutcode-org/scancode-toolkit/blob"
SCANCODE_TEXTS = "src/licensedcode/data/licenses"

LLAMA_LIMIT = (
    "Whoever had more than 700 million monthly users in the month before the version "
    "came out has to ask Meta for a licence."
)
LLAMA_USE = f"Meta's acceptable use policy applies. {COPIES}"
LLAMA_NAMING = (
    "Products show “Built with Llama”; names of models made with it or with its output "
    "begin with “Llama”."
)
NOT_IN_THE_EU = (
    "The use policy beside the licence gives people and companies based in the "
    "European Union no rights to the multimodal models. Those who use a product with "
    "such a model in it are not concerned."
)


def _llama(name: str, folder: str, *conditions: str) -> Licence:
    return Licence(
        name=name,
        permits="Use, change and share, also commercially, below a very high limit.",
        conditions=(LLAMA_LIMIT, LLAMA_USE, *conditions, ENDS),
        url=f"{META}/{folder}/LICENSE",
    )


def _scancode(commit: str, key: str) -> str:
    return f"{SCANCODE}/{commit}/{SCANCODE_TEXTS}/{key}.LICENSE"


DEEPSEEK = Licence(
    "DeepSeek licence",
    USE_LIMITS,
    (
        PASSED_ON,
        NO_MILITARY_USE,
        COPIES_AND_CHANGES,
        TRAINED_ON_OUTPUT,
        "DeepSeek may restrict use that breaks it; a lawsuit over patents ends the "
        "grant of patents.",
    ),
    "https://github.com/deepseek-ai/DeepSeek-V3/blob/"
    "9b4e9788e4a3a731f7567338ed15d3ec549ce03b/LICENSE-MODEL",
)
LICENCES: dict[str, Licence] = {
    "apache-2.0": Licence(
        "Apache License 2.0",
        "Use, change and share, also commercially. Includes a grant of patents.",
        (
            "Copies carry the licence and the notices; changed files say so.",
            "A lawsuit over patents in the work ends the grant of patents.",
        ),
        _scancode("4633a64c80a12aff8c4c63bbf4567f572908c803", "apache-2.0"),
    ),
    "mit": Licence(
        "MIT licence",
        FREE,
        ("Copies carry the copyright notice and the licence.",),
        _scancode("172eb4e9b7ec17801b19b2e7cbc2e4db38b95b82", "mit"),
    ),
    "cc-by-nc-4.0": Licence(
        "Creative Commons BY-NC 4.0",
        "Use, change and share, but not commercially.",
        (
            "Those who share it name the author, link to the licence and say what was "
            "changed.",
            "No patents are granted.",
        ),
        _scancode("00465d0f71c41a24e2fb31de3812744b283c41cd", "cc-by-nc-4.0"),
    ),
    "openmdw-1.1": Licence(
        "OpenMDW 1.1",
        "Use, change and share without restriction, also commercially. Covers "
        "copyright, patents, databases and trade secrets.",
        (
            "Copies carry the agreement and the notices of origin.",
            "It ends for those who first sue over copyright or patents in the model.",
            "Nothing is asked of what is made with its output.",
        ),
        "https://github.com/OpenMDW/OpenMDW/blob/"
        "b26b32b34ad2edcc29a7707abb68dcfb25a538c1/1.1/LICENSE.OpenMDW-1.1",
    ),
    "llama2": _llama("Llama 2 community licence", "llama2", NOT_FOR_OTHER_MODELS),
    "llama3": _llama(
        "Llama 3 community licence",
        "llama3",
        "Products show “Built with Meta Llama 3”; names of models made with it begin "
        "with “Llama 3”.",
        NOT_FOR_OTHER_MODELS,
    ),
    "llama3.1": _llama("Llama 3.1 community licence", "llama3_1", LLAMA_NAMING),
    "llama3.2": _llama(
        "Llama 3.2 community licence", "llama3_2", LLAMA_NAMING, NOT_IN_THE_EU
    ),
    "llama3.3": _llama(
        "Llama 3.3 community licence", "llama3_3", LLAMA_NAMING, NOT_IN_THE_EU
    ),
    "llama4": _llama(
        "Llama 4 community licence", "llama4", LLAMA_NAMING, NOT_IN_THE_EU
    ),
    "gemma": Licence(
        "Gemma terms of use of 1 April 2024",
        USE_LIMITS,
        (
            PASSED_ON,
            COPIES_AND_CHANGES,
            TRAINED_ON_OUTPUT,
            "Google may restrict use that it reasonably believes breaks the terms, and "
            "end the licence on a breach.",
            "Of the version of 1 April 2026 we have seen the beginning only.",
        ),
        _scancode("3027517bee5c831b281c64f45640711639bc2799", "gemma-tou-2024-04-01"),
    ),
    "deepseek": DEEPSEEK,
    "deepseek-license": DEEPSEEK,
    "deepseek-model-license": DEEPSEEK,
    "mrl": Licence(
        "Mistral AI research licence",
        RESEARCH_ONLY,
        (
            "Daily tasks of a company's staff are not research, nor is a trial of what "
            "is to earn money.",
            "A commercial entity may not pass it on, neither for money nor free.",
            f"The same limits hold for its output and for derived models. {COPIES}",
            ENDS,
            "We read it in a copy of the model card that the link leads to.",
        ),
        "https://huggingface.co/mistralai/Mistral-Large-Instruct-2411/blob/main/README.md",
    ),
    "bigcode-openrail-m": Licence(
        "BigCode OpenRAIL-M v1",
        USE_LIMITS,
        (
            "The list of barred uses, or one to the same end, has to be passed on to "
            "users and derived models.",
            "What it writes may not be made public without saying that a machine wrote "
            "it.",
            "Copies carry the licence, the notices and the documentation; changes are "
            "documented as well.",
            "The licensor may restrict use that breaks it; a lawsuit over patents ends "
            "it.",
        ),
        _scancode("967a784adc37acbe53bb64ebc3703eccb07a71ec", "bigcode-open-rail-m-v1"),
    ),
    "lfm1.0": Licence(
        "LFM open licence 1.0",
        "Use, change and share, commercially too for smaller companies.",
        (
            "Commercial use is free below 10 million USD of yearly revenue; above, "
            "companies need another licence. The limit holds for derived models too.",
            "Non-profits may use it for research and other non-commercial work at any "
            "size.",
            "We read the licensor's own guide to it, not the licence itself.",
        ),
        "https://docs.liquid.ai/lfm/getting-started/model-license",
    ),
    "nvidia-open-model-license": Licence(
        "NVIDIA open model licence of 24 October 2025",
        FREE,
        (
            "It ends for those who sue over copyright or patents in it, and for those "
            "who switch a guardrail off without a similar one in its place.",
            "Use has to agree with NVIDIA's terms for trustworthy AI. NVIDIA may "
            "change the licence to follow the law.",
            COPIES,
        ),
        _scancode("4e8d7114998a7e4d8443aba00426556aaf68e0b8", "nvidia-open-model-2025"),
    ),
    "nvidia-nemotron-open-model-license": Licence(
        "NVIDIA Nemotron open model licence of 15 December 2025",
        FREE,
        (
            "It ends for those who sue over copyright or patents in it or its output.",
            COPIES,
        ),
        "https://github.com/UMB-Advisors/AgentBOX/blob/"
        "976d984ee550ca4706251d2fd3388caf6d35315e/licenses/"
        "NVIDIA-Nemotron-Open-Model-License.txt",
    ),
    "exaone": Licence(
        "EXAONE licence 1.1 - NC",
        RESEARCH_ONLY,
        (
            "Output belongs to LG and is under the same limits. Neither it nor the "
            "model may be used to improve other models.",
            "Names of changed models begin with “EXAONE”; copies carry the licence.",
            "LG may end it; then all copies and outputs have to be destroyed.",
        ),
        f"{LG}/EXAONE-3.5/blob/8bdf17831d2fe6d8197e1d7babf78316a98f1bfd/LICENSE",
    ),
    "exaone-1.2-nc": Licence(
        "EXAONE licence 1.2 - NC",
        "Research and education that earn nothing. No commercial use.",
        (
            "LG claims no rights in output, but bars its commercial use and its use "
            "for models that compete with LG's.",
            "Names of changed models begin with “EXAONE”; copies carry the licence.",
            "LG may end it; then all copies have to be destroyed.",
        ),
        f"{LG}/EXAONE-4.0/blob/c8b16a71c766ad0fc3078f3fcfaf8e21db5d290e/LICENSE",
    ),
    "k-exaone": Licence(
        "K-EXAONE licence",
        "Use and change, also commercially; share where that earns nothing.",
        (
            "Giving others the model or a derived one for commercial ends needs an "
            "agreement with LG.",
            "Its name and those of derived models begin with “K-EXAONE”; copies carry "
            "the licence.",
            "LG may end it on a breach; then all copies have to be destroyed.",
        ),
        f"{LG}/K-EXAONE/blob/32343b0f4d840ebfc1005b0b3d3e3fb29d04c162/LICENSE",
    ),
    "tencent-hunyuan-a13b": Licence(
        "Tencent Hunyuan community licence",
        "Use, change and share, also commercially, within a list of barred uses and "
        "not everywhere.",
        (
            "It gives no rights in the European Union, the United Kingdom and South "
            "Korea; neither the model nor its output may be used there.",
            "Whoever had more than 100 million monthly users in the month before the "
            "version came out has to ask Tencent for a licence.",
            f"{PASSED_ON} {NO_MILITARY_USE}",
            "Neither it nor its output may be used to improve other AI models.",
            f"{COPIES_AND_CHANGES} {ENDS}",
        ),
        "https://github.com/Tencent-Hunyuan/Hunyuan-A13B/blob/"
        "2798f3c8b6a69e0ce93950b0d2417203cf950fa0/LICENSE",
    ),
}
"""Only licences that were read, at `url`; what others ask is not guessed.

Two differ, and say so: LFM 1.0 was read in its licensor's guide, the Mistral research
licence in a copy of the card at `url`.
"""

NAMES = {
    "qwen": "Qwen licence",
    "qwen-research": "Qwen research licence",
    "mnpl-0.1": "Mistral AI non-production licence",
    "falcon-llm-license": "Falcon LLM licence",
    "glm-4": "GLM-4 model licence",
    "kimi-k3": "Kimi K3 licence",
    "modified-mit": "MIT with additions",
    "modified-mit (revenue carve-out)": "MIT with a limit on revenue",
}
"""Licences that nobody here read: what sources call them, and no more."""
