"""Measurements as matching reads them: light rows, from a statement compiled once."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from benchmarks.models import Benchmark
from benchmarks.querysets import SUBJECT_FIELDS
from editorial.statements import Statement
from editorial.vocabularies import BenchmarkSource


class Link(NamedTuple):
    """An engine, a piece of hardware or a model of the catalogue."""

    uid: UUID
    name: str


class Proof(NamedTuple):
    """Where the numbers were read."""

    url: str
    title: str


@dataclass(frozen=True, slots=True)
class SetupRow:
    """A `Benchmark` under its own names, with the columns that matching needs."""

    slug: str
    engine_name: str
    engine_version: str
    hardware_name: str
    hardware_slug: str
    hardware_count: int | None
    model_name: str
    model_slug: str
    quantization: str
    concurrency: int | None
    prompt_tokens: int | None
    output_tokens: int | None
    context_depth_tokens: int | None
    prefill_tokens_per_second: Decimal | None
    decode_tokens_per_second: Decimal | None
    aggregate_tokens_per_second: Decimal | None
    aggregate_kind: str
    command: str
    measured_on: datetime.date | None
    measured_on_precision: str
    source_kind: str
    source_id: int
    source: Proof
    engine: Link | None
    hardware: Link | None
    ai_model: Link | None

    def get_absolute_url(self) -> str:
        return reverse("benchmarks:benchmark_detail", args=[self.slug])

    def get_source_kind_display(self) -> str:
        return str(BenchmarkSource(self.source_kind).label)

    @classmethod
    def of(cls, columns: tuple[Any, ...]) -> "SetupRow":
        """The row behind the columns of `BenchmarkQuerySet.for_setup_rows`."""
        *own, url, title = columns[:-6]
        pairs = zip(columns[-6::2], columns[-5::2], strict=True)
        links = (Link(uid, name) if uid else None for uid, name in pairs)
        return cls(*own, Proof(url, title), *links)


def _rows(subject: str, uids: list[UUID]) -> QuerySet:
    return Benchmark.objects.trustworthy().comparable(subject, uids).for_setup_rows()


_statements = {
    subject: Statement(partial(_rows, subject)) for subject in SUBJECT_FIELDS
}


def rows_to_match(subject: str, uids: Iterable[UUID]) -> list[SetupRow]:
    """Trustworthy rows of the sides that may have an equal set-up, in one statement."""
    return [SetupRow.of(columns) for columns in _statements[subject](list(uids))]
