"""Rows of history tables into what a reader is told: what changed, when, by whom.

Nothing here asks the database: `catalog.history` reads the rows.
"""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from editorial.models import EDITORIAL_DESK

IMPORT = "Import"
NOT_RECORDED = "Author not recorded"
ADDED, CHANGED, REMOVED = "+", "~", "-"


@dataclass(frozen=True, eq=False)
class Kind:
    """What the rows of one history table are called, and how to read them.

    `shown` maps the name of each field to its label and to a function that turns a
    row's values into what a reader sees of that field.
    """

    name: str
    plural: str
    title: Callable[[Mapping[str, Any]], str]
    shown: Mapping[str, tuple[str, Callable[[Mapping[str, Any]], str]]]
    is_part: bool = True


@dataclass(frozen=True)
class Version:
    """One row of a history table, as it was at `at`."""

    kind: Kind
    id: int
    row: int
    uid: UUID
    at: datetime.datetime
    type: str
    by: str
    values: Mapping[str, Any]
    source_url: str = ""
    source_title: str = ""


@dataclass(frozen=True)
class Proof:
    """The page that proved a field from a day on."""

    url: str
    title: str
    since: datetime.date


@dataclass(frozen=True)
class FieldChange:
    """One field, before and after; empty was not known."""

    label: str
    old: str
    new: str
    proof_url: str = ""
    proof_title: str = ""


@dataclass(frozen=True)
class Change:
    """One entry of a change history."""

    key: str
    at: datetime.datetime
    by: str
    what: str
    fields: list[FieldChange] = field(default_factory=list)
    proof_url: str = ""
    proof_title: str = ""

    @property
    def is_import(self) -> bool:
        return self.by == IMPORT

    @property
    def title(self) -> str:
        """What it touched, for a list: the entry's name, or its fields."""
        fields = ", ".join(change.label for change in self.fields)
        return ": ".join(filter(None, [self.what, fields]))

    @property
    def summary(self) -> str:
        """Each field in words: what it was, what it became, and the proof."""
        lines = [
            f"{change.label}: {change.old or 'not known'} → "
            f"{change.new or 'not known'}"
            + (f" ({change.proof_url})" if change.proof_url else "")
            for change in self.fields
        ]
        return "; ".join(lines) or self.what


Proofs = Mapping[tuple[UUID, str], Iterable[Proof]]
"""The pages cited for a field of a row, by the row's uid and the field's name."""


def author(user_id: int | None, reason: str | None) -> str:
    """Who made a version. People stand behind the desk's name."""
    if reason == IMPORT:
        return IMPORT
    return EDITORIAL_DESK if user_id is not None else NOT_RECORDED


def changes(versions: Iterable[Version], proofs: Proofs) -> list[Change]:
    """The entries, the newest first.

    What an import added is told in one entry for the day, without its fields. A
    version that changed nothing a reader sees is left out, and so is a change whose
    version before is not among `versions`.
    """
    before: dict[tuple[str, int], Version] = {}
    found: list[Change] = []
    imported: dict[datetime.date, list[Version]] = {}
    for version in sorted(versions, key=lambda v: (v.at, v.id)):
        key = version.kind.name, version.row
        if version.type == ADDED and version.by == IMPORT:
            imported.setdefault(version.at.date(), []).append(version)
        elif entry := _change(version, before.get(key), proofs):
            found.append(entry)
        before[key] = version
    found += [_import(day, group) for day, group in imported.items()]
    return sorted(found, key=lambda change: (change.at, change.key), reverse=True)


def _change(version: Version, old: Version | None, proofs: Proofs) -> Change | None:
    kind = version.kind
    key = f"{kind.name.replace(' ', '-')}-{version.id}"
    title = kind.title(version.values)
    subject = f"{kind.name}: {title}" if kind.is_part else ""
    if version.type in {ADDED, REMOVED}:
        verb = "added" if version.type == ADDED else "removed"
        what = _sentence(f"{subject}, {verb}" if subject else verb)
        url, shown = version.source_url, version.source_title
        return Change(
            key, version.at, version.by, what, proof_url=url, proof_title=shown
        )
    fields = _fields(version, old, proofs) if old else []
    if not fields:
        return None
    what = _sentence(subject) if subject else ""
    return Change(key, version.at, version.by, what, fields)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _fields(version: Version, old: Version, proofs: Proofs) -> list[FieldChange]:
    changed = []
    for name, (label, show) in version.kind.shown.items():
        was, now = show(old.values), show(version.values)
        if was == now:
            continue
        url, title = _proof(version, name, proofs)
        changed.append(FieldChange(_sentence(label), was, now, url, title))
    return changed


def _proof(version: Version, name: str, proofs: Proofs) -> tuple[str, str]:
    """The page cited for the field on the day; for an import, the row's own source.

    A page that was cited on another day proves another value.
    """
    day = version.at.date()
    for proof in proofs.get((version.uid, name), ()):
        if proof.since == day:
            return proof.url, proof.title
    if version.by == IMPORT:
        return version.source_url, version.source_title
    return "", ""


def _import(day: datetime.date, versions: list[Version]) -> Change:
    """What one day's imports added: the row itself, and its parts by number."""
    counts = Counter(version.kind for version in versions if version.kind.is_part)
    parts = [
        f"{count} {kind.plural if count > 1 else kind.name}"
        for kind, count in sorted(counts.items(), key=lambda item: item[0].name)
    ]
    is_new = any(not version.kind.is_part for version in versions)
    what = "Added" if is_new else ""
    if parts:
        listed = ", ".join(parts)
        what = f"Added, with {listed}" if is_new else f"Added: {listed}"
    last = versions[-1]
    return Change(f"import-{day.isoformat()}", last.at, IMPORT, what)
