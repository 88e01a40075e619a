"""The rules by name, as the methodology pages print them and the terms cite them."""

from estimator.answers import Formula

LLAMA_CPP = "https://github.com/ggml-org/llama.cpp"
AICONFIGURATOR = (
    "https://github.com/ai-dynamo/aiconfigurator/blob/main/aic-core/src"
    "/aiconfigurator_core/sdk/backends"
)

F1 = Formula(
    "F1",
    "Published file",
    "size of all shards together",
    ("https://github.com/gpustack/gguf-parser-go",),
    "Exact if the size is printed in bytes; rounded sizes carry half of their last "
    "digit.",
)
F2 = Formula(
    "F2",
    "Tensor by tensor",
    "sum of elements / block size x block bytes, each tensor at the type that the "
    "quantiser gives it",
    (
        "https://github.com/ggml-org/ggml/blob/master/src/ggml-common.h",
        f"{LLAMA_CPP}/blob/master/src/llama-quant.cpp",
    ),
    "Needs vocabulary, layers, heads. Files made with other tensor types differ.",
)
F3 = Formula(
    "F3",
    "Name of the mix",
    "parameters x bits per weight / 8, interpolated on log(parameters)",
    (
        f"{LLAMA_CPP}/blob/master/tools/quantize/README.md",
        "https://ozeki.chat/p_8590-understanding-ai-model-files.html",
    ),
    "Small models with a large vocabulary are heavier.",
)
F4 = Formula(
    "F4",
    "Four-bit safetensors",
    "linear parameters x (4 + 16/group + 4/group) / 8 + other parameters x 2",
    ("https://github.com/noonghunna/club-3090/issues/142",),
    "Publishers leave different parts at 16 bits.",
)
F5 = Formula(
    "F5",
    "Eight-bit and four-bit floating point, MLX, EXL",
    "linear parameters x bits / 8 + other parameters x 2",
    (
        "https://github.com/vllm-project/vllm/issues/6746",
        "https://modal.com/llm-almanac/block-quants",
        "https://github.com/ml-explore/mlx",
    ),
    "Checkpoints keep more in BF16 than one expects.",
)
F6 = Formula(
    "F6",
    "Parameters at full precision",
    "parameters x bytes per parameter",
    (
        "https://github.com/Lightning-AI/litgpt/blob/main/litgpt/config.py",
        "https://github.com/kaito-project/kaito/blob/main/website/docs"
        "/memory-estimator.md",
    ),
)
F7 = Formula(
    "F7",
    "Cache of full attention",
    "layers x KV heads x (key size + value size) x cells x bytes per element",
    (f"{LLAMA_CPP}/blob/master/src/llama-kv-cache.cpp",),
)
F10 = Formula(
    "F10",
    "Cache with windowed layers",
    "F7 for the full layers at all cells + F7 for the windowed layers at "
    "pad256(min(cells, window x sequences + micro-batch))",
    (
        f"{LLAMA_CPP}/blob/master/src/llama-kv-cache-iswa.cpp",
        f"{LLAMA_CPP}/pull/13833",
    ),
    "Builds before June 2025 add the batch (2048), not the micro-batch. vLLM counts "
    "ceil((window - 1 + batched tokens) / block) + 1 blocks.",
)
F11 = Formula(
    "F11",
    "Cache of latent attention",
    "layers x (KV rank + rotary size) x cells x bytes per element",
    ("https://github.com/ikawrakow/ik_llama.cpp/pull/259", f"{LLAMA_CPP}/pull/19067"),
    "Under tensor parallelism every card holds all of it.",
)
F12 = Formula(
    "F12",
    "Recurrent state",
    "layers x 4 bytes x (inner x state + (kernel - 1) x (inner + 2 x groups x state)) "
    "x sequences",
    ("https://github.com/JamePeng/llama-cpp-python/issues/78",),
)
F15 = Formula(
    "F15",
    "Compute buffer, builds up to mid-2026",
    "(vocabulary + hidden size) x micro-batch x 4 bytes",
    ("https://github.com/SciSharp/LLamaSharp/issues/1099",),
    "With flash attention. Without it F17 is added.",
)
F16 = Formula(
    "F16",
    "Compute buffer, builds from mid-2026",
    "(4 x hidden x micro-batch x 4 + vocabulary x micro-batch x 4 x (slots - 1)) x "
    "1.15 + micro-batch x 2 bytes per token of context",
    ("https://github.com/unslothai/unsloth/pull/11043", f"{LLAMA_CPP}/pull/23861"),
    "A quantised cache needs scratch of about 1.4 x hidden size per token instead.",
)
F17 = Formula(
    "F17",
    "Scores without flash attention",
    "4 bytes x micro-batch x context x (1 + heads)",
    ("https://github.com/ollama/ollama/blob/main/fs/ggml/ggml.go",),
)
F19 = Formula(
    "F19",
    "Context and libraries",
    "a fixed amount per process and card",
    ("https://github.com/unslothai/unsloth/pull/11043",),
)
F24 = Formula(
    "F24",
    "vLLM pool",
    "total x utilisation - weights - activation peak - other memory - graphs",
    (
        "https://docs.vllm.ai/en/stable/api/vllm/config/cache/",
        "https://github.com/vllm-project/vllm/pull/10511",
    ),
)
F25 = Formula(
    "F25",
    "Activation peak of a server engine",
    "2 x batched tokens x heads x head size x c, or the published figure of the card's "
    "class",
    (
        "https://github.com/llm-d-incubation/llm-d-planner",
        f"{AICONFIGURATOR}/base_backend.py",
        "https://github.com/noonghunna/club-3090/blob/master/docs/KV_MATH.md",
    ),
    "Plus or minus 1.5 GB; 0.5 GB for a single stream.",
)
F26 = Formula(
    "F26",
    "SGLang static memory",
    "(capacity - 512 MiB - 1.5 x chunk - TP x PP / 8 x 1024 - 2 x graph batch) / "
    "capacity",
    (f"{AICONFIGURATOR}/sglang_backend.py",),
)
F27 = Formula(
    "F27",
    "TensorRT-LLM pool",
    "0.90 x (capacity - weights - activations)",
    (
        "https://nvidia.github.io/TensorRT-LLM/reference/memory.html",
        "https://nvidia.github.io/TensorRT-LLM/llm-api/reference/KvCacheConfig.html",
    ),
)
