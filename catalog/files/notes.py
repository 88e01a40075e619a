"""Sources and flags that the data set keeps inside its `notes` cells."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

INLINE_SOURCE = re.compile(
    r"\s*;?\s*src\[([^\]]*)\]=(\S+?)(?: \(([^)]*)\))?(?=[;\s]|$)"
)
FLAGS = re.compile(r"\b(derived|doubtful|conflict)\b", re.IGNORECASE)

HARDWARE_LABELS = {
    "release_date": "released_on",
    "date": "released_on",
    "launch_msrp_usd": "launch_price_usd",
    "MSRP": "launch_price_usd",
    "price": "launch_price_usd",
    "nvlink": "has_nvlink",
    "bandwidth": "memory_bandwidth_gb_s",
    "410 GB/s": "memory_bandwidth_gb_s",
    "fp16_tensor": "fp16_tensor_tflops",
    "fp16": "fp16_tensor_tflops",
    "bf16": "fp16_tensor_tflops",
    "fp16(bf16)": "fp16_tensor_tflops",
    "fp32": "fp32_tflops",
    "fp8": "fp8_tflops",
    "fp4": "fp4_tflops",
    "int8": "int8_tops",
    "int8 (dense; sparse is 2x)": "int8_tops",
    "tdp_watts": "board_power_w",
    "tdp": "board_power_w",
    "power range": "board_power_w",
    "memory": "memory_bytes",
    "memory_gb": "memory_bytes",
    "memory maximum": "memory_bytes",
    "memory_type": "memory_type",
    "bus": "memory_bus_bits",
    "bus width": "memory_bus_bits",
    "compute_capability": "compute_capability",
    "interface": "interface",
}
"""Labels that plainly mean one field; the others stay words on the row's citation."""

RATE_FIELDS = {
    "fp4": "fp4_tflops",
    "fp8": "fp8_tflops",
    "fp16": "fp16_tensor_tflops",
    "fp32": "fp32_tflops",
    "int8": "int8_tops",
    "power": "board_power_w",
    "options": "memory_bytes",
}


@dataclass(frozen=True)
class InlineSource:
    """`src[label,label]=address (title)`."""

    labels: tuple[str, ...]
    url: str
    title: str


def split_notes(text: str) -> tuple[str, list[InlineSource]]:
    """The words of a `notes` cell, and the sources named in it."""
    found = [
        InlineSource(
            tuple(label.strip() for label in match[1].split(",")),
            match[2],
            match[3] or "",
        )
        for match in INLINE_SOURCE.finditer(text)
    ]
    words = INLINE_SOURCE.sub("", text).strip().strip(";").strip()
    return words, found


def join_notes(words: str, sources: Iterable[InlineSource]) -> str:
    """The `notes` cell that `split_notes` takes apart.

    A title with brackets of its own is left out: it stands in another column.
    """
    parts = [words] if words else []
    for source in sources:
        is_plain = source.title and "(" not in source.title
        title = f" ({source.title})" if is_plain else ""
        parts.append(f"src[{','.join(source.labels)}]={source.url}{title}")
    return "; ".join(parts)


def marks_in(words: str, filled: Iterable[str]) -> dict[str, str]:
    """Which of the `filled` fields a note calls derived or doubtful.

    A clause that holds a flag marks the rates it names; one that names none marks
    the row itself (field ""). "Tensor figures" are FP16, FP8, FP4 and INT8.

    >>> marks_in("int8 derived = 2x fp16 dense", ["int8_tops", "fp16_tensor_tflops"])
    {'int8_tops': 'derived'}
    """
    filled = set(filled)
    marks: dict[str, str] = {}
    for clause in words.split(";"):
        for flag in FLAGS.findall(clause):
            mark = "derived" if flag.lower() == "derived" else "doubtful"
            named = _named_fields(clause, mark) & filled
            for name in sorted(named) or [""]:
                marks.setdefault(name, mark)
    return marks


def clauses_about(words: str, field: str, filled: Iterable[str]) -> list[str]:
    """The clauses of a note for which `marks_in` marks `field`.

    >>> clauses_about("kept; int8 derived = 2x fp16", "int8_tops", ["int8_tops"])
    ['int8 derived = 2x fp16']
    """
    filled = set(filled)
    clauses = (clause.strip() for clause in words.split(";"))
    return [clause for clause in clauses if field in marks_in(clause, filled)]


def _named_fields(clause: str, mark: str) -> set[str]:
    lower = clause.lower()
    if "tensor figures" in lower:
        return {"fp16_tensor_tflops", "fp8_tflops", "fp4_tflops", "int8_tops"}
    speaks_of = lower.split("derived")[0] if mark == "derived" else lower
    if mark == "derived" and "=" in speaks_of:
        speaks_of = speaks_of.rsplit(",", 1)[-1]
    return {name for word, name in RATE_FIELDS.items() if word in speaks_of}
