"""What tools may support, in words: one name for each key, wherever it is shown."""

from catalog.models import SupportAxis

BACKEND_NAMES = {
    "nvidia_cuda": "NVIDIA CUDA",
    "amd_rocm": "AMD ROCm",
    "apple_metal": "Apple Metal",
    "intel": "Intel GPU",
    "vulkan": "Vulkan",
    "cpu": "CPU",
    "tpu": "TPU",
}
SYSTEM_NAMES = {
    "linux": "Linux",
    "windows": "Windows",
    "macos": "macOS",
    "wsl2": "Windows (WSL2)",
    "android": "Android",
    "ios": "iOS",
    "web": "Browser",
    "freebsd": "FreeBSD",
    "openbsd": "OpenBSD",
    "netbsd": "NetBSD",
}
FORMAT_NAMES = {
    "gguf": "GGUF",
    "safetensors": "Safetensors",
    "mlx": "MLX",
    "awq": "AWQ",
    "gptq": "GPTQ",
    "fp8": "FP8",
    "nvfp4": "NVFP4",
    "mxfp4": "MXFP4",
    "exl2": "EXL2",
    "exl3": "EXL3",
    "onnx": "ONNX",
    "bitsandbytes": "bitsandbytes",
    "tensorrt-engine": "TensorRT engine",
    "int8": "INT8",
    "int4": "INT4",
}
FEATURE_NAMES = {
    "openai_api": "OpenAI API",
    "continuous_batching": "Continuous batching",
    "paged_attention": "Paged attention",
    "prefix_caching": "Prefix caching",
    "speculative_decoding": "Speculative decoding",
    "structured_output": "Structured output",
    "tensor_parallel": "Tensor parallel",
    "pipeline_parallel": "Pipeline parallel",
    "multi_node": "Several machines",
    "cpu_offload": "CPU offload",
    "quantized_kv_cache": "Quantised KV cache",
    "lora_serving": "LoRA serving",
    "vision": "Vision",
    "embeddings": "Embeddings",
}
RARE_FORMAT_NAMES = {
    "compressed-tensors": "compressed-tensors",
    "ggml": "GGML",
    "hqq": "HQQ",
    "uqff": "UQFF",
    "mlc": "MLC",
    "openvino-ir": "OpenVINO IR",
    "pytorch": "PyTorch",
}
"""Formats that the matrix of the list has no column for."""

FEATURE_GLOSSES = {
    "openai_api": "answers the calls of OpenAI's clients",
    "continuous_batching": "new requests join a running batch",
    "paged_attention": "the cache is kept in small blocks",
    "prefix_caching": "a repeated beginning is read once",
    "quantized_kv_cache": "more context in the same memory",
    "speculative_decoding": "a small model guesses ahead",
    "structured_output": "answers follow a schema or grammar",
    "lora_serving": "adapters chosen for each request",
    "embeddings": "texts to vectors",
    "vision": "reads images",
    "cpu_offload": "a part of the model stays in main memory",
    "tensor_parallel": "every layer split over several GPUs",
    "pipeline_parallel": "whole layers on several GPUs",
    "multi_node": "one model over a network",
}

AXIS_NAMES = {
    SupportAxis.OPERATING_SYSTEM: SYSTEM_NAMES,
    SupportAxis.BACKEND: BACKEND_NAMES,
    SupportAxis.FORMAT: FORMAT_NAMES,
    SupportAxis.FEATURE: FEATURE_NAMES,
}
"""What the matrix has a column for. Rarer formats and systems are on a tool's page."""


def support_name(axis: str, key: str) -> str:
    """The name of one key, made of the key itself where nobody has named it.

    >>> support_name("feature", "kv_offload")
    'Kv offload'
    """
    names = AXIS_NAMES[SupportAxis(axis)]
    if key in names:
        return names[key]
    return RARE_FORMAT_NAMES.get(key) or key.replace("_", " ").capitalize()
