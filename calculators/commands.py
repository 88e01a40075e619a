"""The command that starts a model as it was asked about, for an engine and a system.

Flags are those of each engine's own documentation. Nobody at the desk has run them:
the page says so.
"""

from collections.abc import Callable
from dataclasses import dataclass

from calculators.questions import Asked
from catalog.models import AIModel
from estimator.answers import Estimate, Fit
from estimator.engines import RULES, rules_of
from estimator.inputs import SplitMode

LLAMA_SERVERS = ("llama-cpp", "ik-llama-cpp")
UNSIZED = ("BF16", "F16", "FP16")
WSL_ONLY = ("vllm", "sglang", "tensorrt-llm")
DOCUMENTATION = {
    "llama-cpp": "https://github.com/ggml-org/llama.cpp/tree/master/tools/server",
    "ollama": "https://github.com/ollama/ollama/blob/main/docs/faq.mdx",
    "lm-studio": "https://lmstudio.ai/docs/cli",
    "vllm": "https://docs.vllm.ai/en/stable/cli/serve/",
    "sglang": "https://docs.sglang.ai/advanced_features/server_arguments.html",
    "tensorrt-llm": "https://nvidia.github.io/TensorRT-LLM/commands/trtllm-serve.html",
    "mlx": "https://github.com/ml-explore/mlx-lm",
    "exllamav3": "https://github.com/theroyallab/tabbyAPI/wiki/02.-Server-options",
}


@dataclass(frozen=True)
class Command:
    """A command to copy, whose flags it is made of, and what to know before."""

    text: str
    note: str
    documentation_url: str


@dataclass(frozen=True)
class Situation:
    """What a command is written for: everything settled, nothing usual left out."""

    asked: Asked
    model: AIModel
    estimate: Estimate
    system: str

    @property
    def file_name(self) -> str:
        """As publishers name GGUF files. A placeholder: they do not all do so."""
        name = self.model.hf_repository.rpartition("/")[2] or self.model.slug
        return f"{name}-{self.asked.quantization}.gguf"

    @property
    def context(self) -> int:
        return self.estimate.context_tokens

    @property
    def is_quantized_cache(self) -> bool:
        return self.asked.cache_type not in ("", "f16", "auto")


def command_for(situation: Situation) -> Command | None:
    """None where nothing would start: the model does not fit, or is unknown."""
    if situation.estimate.fit in (Fit.DOES_NOT_FIT, Fit.UNKNOWN):
        return None
    slug = situation.asked.engine
    rules = rules_of(slug, "")
    base = slug if slug in BUILDERS else (rules.kind if rules else "")
    builder = BUILDERS.get(slug) or BUILDERS.get(BASES.get(base, ""))
    if builder is None or RULES.get(slug) is None:
        return None
    notes = []
    if slug not in BUILDERS:
        notes.append(
            f"Written for {BASES[base]}, whose rules count for this engine; its own "
            "way to start differs."
        )
    if situation.system == "windows" and BASES.get(base, slug) in WSL_ONLY:
        notes.append("On Windows inside WSL2.")
    text = builder(situation)
    if "<" in text:
        notes.append("Put your own file or repository where the angle brackets are.")
    key = slug if slug in DOCUMENTATION else BASES.get(base, slug)
    return Command(text, " ".join(notes), DOCUMENTATION.get(key, ""))


def _llama(at: Situation) -> str:
    binary = "llama-server.exe" if at.system == "windows" else "llama-server"
    parts = [binary, f"-m {at.file_name}", f"-c {at.context}", _layers(at), "-fa on"]
    if at.is_quantized_cache:
        kept, _, values = at.asked.cache_type.partition("/")
        parts.append(f"-ctk {kept} -ctv {values or kept}")
    if at.asked.parallel > 1:
        parts.append(f"-np {at.asked.parallel}")
    if at.asked.split and at.asked.split != SplitMode.TENSOR:
        parts.append(f"-sm {at.asked.split}")
    return " ".join(parts)


def _layers(at: Situation) -> str:
    plan = at.estimate.offload
    return plan.flags if plan and plan.flags else "-ngl 999"


def _ollama(at: Situation) -> str:
    settings = {"OLLAMA_CONTEXT_LENGTH": str(at.context), "OLLAMA_FLASH_ATTENTION": "1"}
    if at.is_quantized_cache:
        settings["OLLAMA_KV_CACHE_TYPE"] = at.asked.cache_type
    if at.asked.parallel > 1:
        settings["OLLAMA_NUM_PARALLEL"] = str(at.asked.parallel)
    if at.system == "windows":
        shell = "; ".join(f'$env:{name}="{value}"' for name, value in settings.items())
        start = f"{shell}; ollama serve"
    else:
        start = " ".join(f"{name}={value}" for name, value in settings.items())
        start = f"{start} ollama serve"
    return f"{start}\nollama run hf.co/<repository with GGUF>:{at.asked.quantization}"


def _lm_studio(at: Situation) -> str:
    share = "max"
    if at.estimate.offload is not None and at.model.layers:
        kept = at.estimate.offload.placement.gpu_layers
        share = f"{kept / at.model.layers:.2f}"
    return (
        f"lms get <model>@{at.asked.quantization.lower()}\n"
        f"lms load <model> --context-length {at.context} --gpu {share}"
    )


def _repository(at: Situation) -> str:
    if at.asked.quantization.upper() in (*UNSIZED, "FP8"):
        return at.model.hf_repository
    return f"<repository with {at.asked.quantization}>"


def _vllm(at: Situation) -> str:
    parts = ["vllm serve", _repository(at), f"--max-model-len {at.context}"]
    if at.asked.quantization.upper() == "FP8":
        parts.append("--quantization fp8")
    parts.append(f"--max-num-seqs {at.asked.parallel}")
    if at.is_quantized_cache:
        parts.append(f"--kv-cache-dtype {at.asked.cache_type}")
    if at.asked.count > 1:
        flag = "pipeline" if at.asked.split == SplitMode.LAYER else "tensor"
        parts.append(f"--{flag}-parallel-size {at.asked.count}")
    return " ".join(parts)


def _sglang(at: Situation) -> str:
    parts = ["python -m sglang.launch_server", f"--model-path {_repository(at)}"]
    parts.append(f"--context-length {at.context}")
    if at.asked.quantization.upper() == "FP8":
        parts.append("--quantization fp8")
    parts.append(f"--max-running-requests {at.asked.parallel}")
    if at.is_quantized_cache:
        parts.append("--kv-cache-dtype fp8_e5m2")
    if at.asked.count > 1:
        parts.append(f"--tp {at.asked.count}")
    return " ".join(parts)


def _tensorrt(at: Situation) -> str:
    parts = ["trtllm-serve", _repository(at), f"--max_seq_len {at.context}"]
    parts.append(f"--max_batch_size {at.asked.parallel}")
    if at.asked.count > 1:
        parts.append(f"--tp_size {at.asked.count}")
    return " ".join(parts)


def _mlx(at: Situation) -> str:
    name = at.model.hf_repository.rpartition("/")[2] or at.model.slug
    repository = f"mlx-community/{name}-{at.asked.quantization}"
    return f"mlx_lm.server --model {repository} --port 8080"


def _exllama(at: Situation) -> str:
    bits = {"q8_0": "Q8", "q4_0": "Q4"}.get(at.asked.cache_type, "FP16")
    start = "start.bat" if at.system == "windows" else "./start.sh"
    return (
        f"{start} --model-dir models --model-name <folder with "
        f"{at.asked.quantization}> --max-seq-len {at.context} --cache-mode {bits}"
    )


BUILDERS: dict[str, Callable[[Situation], str]] = {
    "llama-cpp": _llama,
    "ik-llama-cpp": _llama,
    "ollama": _ollama,
    "lm-studio": _lm_studio,
    "vllm": _vllm,
    "sglang": _sglang,
    "tensorrt-llm": _tensorrt,
    "mlx": _mlx,
    "mlx-lm": _mlx,
    "exllamav2": _exllama,
    "exllamav3": _exllama,
    "tabbyapi": _exllama,
}
BASES = {
    "llama.cpp": "llama-cpp",
    "vllm": "vllm",
    "tensorrt": "tensorrt-llm",
    "mlx": "mlx",
    "exllama": "exllamav3",
}
"""Kind of rules to the engine whose command stands for it."""
