"""The rules of speed with their numbers, as the methodology page prints them."""

from estimator.answers import Formula

LLMFIT = (
    "https://github.com/AlexsJones/llmfit/tree/main/llmfit-core/data/community",
    "https://github.com/XiongjieDai/GPU-Benchmarks-on-LLM-Inference",
)

F31 = Formula(
    "F31",
    "Decode on one device",
    "seconds of a token = weights read / bandwidth x a + weights unpacked / FP32 rate "
    "x b + layers x c + cache read / bandwidth x d",
    LLMFIT,
    "a to d are fitted by class. Weights read: the file without an input embedding of "
    "its own and without per-layer tables, which are looked up.",
)
F32 = Formula(
    "F32",
    "Decode of a mixture of experts",
    "F31 with the active experts only, x the factor of the class",
    LLMFIT,
    "Routing costs more than the bytes say, so the factor is above 1.",
)
F33 = Formula(
    "F33",
    "Decode with weights in host memory",
    "share on the cards x F31 + bytes in host memory / (0.7 x its bandwidth)",
    ("https://github.com/ggml-org/llama.cpp/blob/master/tools/llama-bench/README.md",),
    "0.6 to 0.8 of the host's bandwidth; 50 GB/s where it is not stated.",
)
F34 = Formula(
    "F34",
    "Experts in host memory",
    "F33 with the active experts of the offloaded layers as the bytes in host memory",
    ("https://github.com/ggml-org/llama.cpp/pull/16653",),
)
F35 = Formula(
    "F35",
    "Prefill",
    "seconds of a prompt token = operations / peak rate x e + all weights / "
    "micro-batch / bandwidth x f + layers / micro-batch x g",
    ("https://fergusfinn.com/talks/inference-arithmetic", LLMFIT[1]),
    "Operations: 2 x active parameters + 4 x depth x heads x head size x layers. Peak: "
    "FP16 with FP32 accumulation where a source gives it, FP32 otherwise. Time to the "
    "first token = prompt x this + one token of decode; the model is loaded.",
)
F36 = Formula(
    "F36",
    "Several requests at once",
    "tokens a second = requests / max(weights once + requests x cache, requests x F35)",
    ("https://github.com/ai-dynamo/aiconfigurator",),
    "Until the arithmetic is the limit. Experts are read once for each request that "
    "needs them.",
)
SPEED_FORMULAS = (F31, F32, F33, F34, F35, F36)
