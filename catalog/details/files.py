"""A model's published files: by format, the smallest first, with how exact each is."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from catalog.measures import grouped
from catalog.models import SupportAxis
from catalog.support_names import support_name

LONG = 12
"""Files of one format above which they are folded up by publisher."""

SHARDED = {"mlx", "safetensors"}
"""Formats in which one size is the sum over a repository's weight files."""


@dataclass(frozen=True)
class FileRow:
    """One published file, with how exactly its size is known."""

    quantization: str
    size_gb: str
    exactness: str
    is_exact: bool
    bits_per_weight: str
    publisher: str
    source_url: str


@dataclass(frozen=True)
class PublisherFiles:
    """What one publisher offers in one format."""

    publisher: str
    span: str
    rows: list[FileRow]
    is_open: bool


@dataclass(frozen=True)
class FormatFiles:
    """All files of one format; `publishers` is empty where one table is enough."""

    format: str
    name: str
    count: int
    is_sum: bool
    rows: list[FileRow]
    publishers: list[PublisherFiles]


def file_row(file: Any) -> FileRow:
    """Exact bytes where the source has them, else what it prints."""
    printed = f"{grouped(file.printed_size)} {file.printed_unit}"
    exact = f"{grouped(file.size_bytes)} bytes"
    return FileRow(
        quantization=file.quantization,
        size_gb=in_gigabytes(file.size_bytes),
        exactness=exact if file.is_exact else f"rounded: printed as {printed}",
        is_exact=file.is_exact,
        bits_per_weight=f"{file.bits_per_weight:.2f}" if file.bits_per_weight else "",
        publisher=file.publisher,
        source_url=file.source.url,
    )


def in_gigabytes(size: int) -> str:
    """Bytes in decimal gigabytes, two places, so that columns line up.

    >>> in_gigabytes(4_920_734_272)
    '4.92'
    """
    return f"{Decimal(size) / 10**9:.2f}"


def files_by_format(files: Iterable[Any], only: str = "") -> list[FormatFiles]:
    """Every format, or one; the format with the most files first."""
    by_format: dict[str, list[Any]] = {}
    for file in sorted(files, key=lambda file: (file.size_bytes, file.publisher)):
        by_format.setdefault(file.weight_format, []).append(file)
    ordered = sorted(by_format.items(), key=lambda item: (-len(item[1]), item[0]))
    return [
        FormatFiles(
            format=name,
            name=support_name(SupportAxis.FORMAT, name),
            count=len(group),
            is_sum=name in SHARDED,
            rows=[file_row(file) for file in group],
            publishers=_publishers(group) if len(group) > LONG else [],
        )
        for name, group in ordered
        if not only or name == only
    ]


def _publishers(files: list[Any]) -> list[PublisherFiles]:
    """The publisher with the most files first and open; of equals, the more exact."""
    by_name: dict[str, list[Any]] = {}
    for file in files:
        by_name.setdefault(file.publisher, []).append(file)

    def rank(name: str) -> tuple[int, bool, str]:
        group = by_name[name]
        return -len(group), not all(file.is_exact for file in group), name

    ordered = sorted(by_name, key=rank)
    return [
        PublisherFiles(
            publisher=name,
            span=_span(by_name[name]),
            rows=[file_row(file) for file in by_name[name]],
            is_open=name == ordered[0],
        )
        for name in ordered
    ]


def _span(files: list[Any]) -> str:
    low, high = in_gigabytes(files[0].size_bytes), in_gigabytes(files[-1].size_bytes)
    return f"{low} GB" if low == high else f"{low} to {high} GB"
