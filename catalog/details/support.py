"""What a tool supports: back ends, systems, formats and features, cell by cell."""

import datetime
from dataclasses import dataclass

from catalog.cards import BACKEND_NAMES, fact_row
from catalog.models import Engine, SupportAxis, SupportCell
from editorial.vocabularies import SupportValue

SYSTEM_NAMES = {
    "linux": "Linux",
    "macos": "macOS",
    "windows": "Windows",
    "wsl2": "Windows through WSL2",
    "web": "Web browser",
    "ios": "iOS",
    "freebsd": "FreeBSD",
    "netbsd": "NetBSD",
    "openbsd": "OpenBSD",
}
FORMAT_NAMES = {
    "bitsandbytes": "bitsandbytes",
    "compressed-tensors": "compressed-tensors",
    "gguf": "GGUF",
    "ggml": "GGML",
    "awq": "AWQ",
    "gptq": "GPTQ",
    "exl2": "EXL2",
    "exl3": "EXL3",
    "fp8": "FP8",
    "nvfp4": "NVFP4",
    "mxfp4": "MXFP4",
    "mlx": "MLX",
    "onnx": "ONNX",
    "int8": "INT8",
    "int4": "INT4",
    "hqq": "HQQ",
    "uqff": "UQFF",
    "mlc": "MLC",
    "openvino-ir": "OpenVINO IR",
    "pytorch": "PyTorch",
    "tensorrt-engine": "TensorRT engine",
}
FEATURES = {
    "openai_api": ("OpenAI API", "answers the calls of OpenAI's clients"),
    "continuous_batching": ("Continuous batching", "new requests join a running batch"),
    "paged_attention": ("Paged attention", "the cache is kept in small blocks"),
    "prefix_caching": ("Prefix caching", "a repeated beginning is read once"),
    "quantized_kv_cache": ("Quantised KV cache", "more context in the same memory"),
    "speculative_decoding": ("Speculative decoding", "a small model guesses ahead"),
    "structured_output": ("Structured output", "answers follow a schema or grammar"),
    "lora_serving": ("LoRA serving", "adapters chosen for each request"),
    "embeddings": ("Embeddings", "texts to vectors"),
    "vision": ("Vision", "reads images"),
    "cpu_offload": ("CPU offload", "a part of the model stays in main memory"),
    "tensor_parallel": ("Tensor parallel", "every layer split over several GPUs"),
    "pipeline_parallel": ("Pipeline parallel", "whole layers on several GPUs"),
    "multi_node": ("Several machines", "one model over a network"),
}


@dataclass(frozen=True)
class SupportRow:
    """Whether one thing is supported, and who says so."""

    label: str
    gloss: str
    value: str
    display: str
    note: str
    source_url: str
    source_name: str
    read_on: datetime.date | None


def support_name(cell: SupportCell) -> tuple[str, str]:
    """The name of what a cell speaks of, and a few words on it."""
    if cell.axis == SupportAxis.FEATURE:
        return FEATURES.get(cell.key, (_words(cell.key), ""))
    names = {
        SupportAxis.BACKEND: BACKEND_NAMES,
        SupportAxis.OPERATING_SYSTEM: SYSTEM_NAMES,
        SupportAxis.FORMAT: FORMAT_NAMES,
    }[SupportAxis(cell.axis)]
    return names.get(cell.key, _words(cell.key)), ""


def _words(key: str) -> str:
    return key.replace("_", " ").capitalize()


def support_rows(engine: Engine, axis: str) -> list[SupportRow]:
    """The cells of one axis; "unknown" is a dash, for nothing was seen either way."""
    rows = [
        _support_row(engine, cell) for cell in engine.cells.all() if cell.axis == axis
    ]
    order = list(SupportValue.values)
    return sorted(rows, key=lambda row: (order.index(row.value), row.label))


def _support_row(engine: Engine, cell: SupportCell) -> SupportRow:
    label, gloss = support_name(cell)
    is_known = cell.value != SupportValue.UNKNOWN
    source = cell.source or (engine.source if is_known and _is_listed(cell) else None)
    proof = fact_row(label, cell.get_value_display() if is_known else "", source)
    return SupportRow(
        label=label,
        gloss=gloss,
        value=cell.value,
        display=proof.display,
        note=cell.note,
        source_url=proof.source_url,
        source_name=proof.source_name,
        read_on=proof.as_of,
    )


def _is_listed(cell: SupportCell) -> bool:
    """Systems and formats come from the page that the engine's row names."""
    return cell.axis in {SupportAxis.OPERATING_SYSTEM, SupportAxis.FORMAT}


def support_tables(engine: Engine) -> list[tuple[str, str, list[SupportRow]]]:
    """(anchor, title, rows) of each axis that has a cell."""
    axes = (
        ("hardware", "Hardware it runs on", SupportAxis.BACKEND),
        ("systems", "Operating systems", SupportAxis.OPERATING_SYSTEM),
        ("formats", "Model formats", SupportAxis.FORMAT),
        ("features", "Features", SupportAxis.FEATURE),
    )
    tables = [
        (anchor, title, support_rows(engine, axis)) for anchor, title, axis in axes
    ]
    return [table for table in tables if table[2]]


def supported_names(engine: Engine, axis: str) -> list[str]:
    return [
        support_name(cell)[0]
        for cell in engine.cells.all()
        if cell.axis == axis and cell.value == SupportValue.YES
    ]
