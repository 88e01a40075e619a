"""What a parsed file says, before any database has seen it."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, UUID, uuid5

NAMESPACE = uuid5(NAMESPACE_URL, "urn:runlocalai:catalog")
RETRIEVED_ON = datetime.date(2026, 11, 23)
"""When the data set was collected: files without a date column carry this one."""


def fact_uid(kind: str, *key: Any) -> UUID:
    """The uid of an imported row: the same in every database.

    >>> str(fact_uid("hardware", "rtx-4090"))
    '2d6b6cd4-98fa-5ac4-8a61-3f5fb0dbcb95'
    """
    return uuid5(NAMESPACE, "/".join([kind, *map(str, key)]))


@dataclass(frozen=True)
class RowError:
    """One cell that cannot be used."""

    file: str
    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}, {self.column}: {self.reason}"


@dataclass(frozen=True)
class Reference:
    """A foreign key, by what it points at: a fact's uid, or a source's address."""

    model: str
    uid: UUID | None = None
    url: str = ""


@dataclass(frozen=True)
class SourceNote:
    """A page that a file names."""

    url: str
    title: str = ""
    retrieved_on: datetime.date = RETRIEVED_ON

    @property
    def publisher(self) -> str:
        return urlsplit(self.url).netloc.removeprefix("www.")


@dataclass(frozen=True)
class CitationNote:
    """A further source of one field of one fact."""

    url: str
    subject_type: str
    subject_uid: UUID
    field: str = ""
    label: str = ""
    retrieved_on: datetime.date = RETRIEVED_ON


@dataclass(frozen=True)
class Record:
    """One row as a file gives it. `values` holds Python values and References."""

    model: str
    uid: UUID
    values: Mapping[str, Any]
    where: str = field(default="", compare=False)


@dataclass
class Batch:
    """Everything one app's files say."""

    records: list[Record] = field(default_factory=list)
    sources: dict[str, SourceNote] = field(default_factory=dict)
    citations: list[CitationNote] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)

    def cite(
        self, url: str, title: str = "", retrieved_on: datetime.date = RETRIEVED_ON
    ) -> Reference | None:
        """Note a source and answer a reference to it; None for no address."""
        if not url:
            return None
        known = self.sources.get(url)
        if known is None or (title and not known.title):
            self.sources[url] = SourceNote(url, title, retrieved_on)
        return Reference("editorial.Source", url=url)

    def refuse_repeated_rows(self) -> None:
        """Note each row whose key another row of the files has already."""
        seen: set[tuple[str, UUID]] = set()
        named = {(error.file, error.line) for error in self.errors}
        for record in self.records:
            file, _, line = record.where.rpartition(", line ")
            key = (record.model, record.uid)
            if key in seen and file and (file, int(line)) not in named:
                reason = "stands in the file twice"
                self.errors.append(RowError(file, int(line), "row", reason))
            seen.add(key)
