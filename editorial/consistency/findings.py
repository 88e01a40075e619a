"""What a checker has found, and the register of checkers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from editorial.vocabularies import Severity


@dataclass(frozen=True)
class Place:
    """Where something is wrong.

    `type` is a kind of document, a type of fact, or "source". `anchor` is the uid of a
    part or the name of a field, as problems name it.
    """

    type: str
    uid: UUID
    name: str
    path: str
    anchor: str = ""


@dataclass(frozen=True)
class Finding:
    """One thing that does not fit, and what an editor can do about it."""

    severity: Severity
    place: Place
    sentence: str
    advice: str


@dataclass(frozen=True)
class Checker:
    """One kind of finding. `find()` reads; it neither writes nor asks the network."""

    kind: str
    label: str
    find: Callable[[], Iterable[Finding]]


@dataclass(frozen=True)
class FindingGroup:
    """Every finding of one kind, the worst first."""

    kind: str
    label: str
    findings: list[Finding]


@dataclass(frozen=True)
class ConsistencyReport:
    groups: list[FindingGroup]
    seconds: float = field(compare=False)

    @property
    def count(self) -> int:
        return sum(len(group.findings) for group in self.groups)

    @property
    def has_severe(self) -> bool:
        return any(
            finding.severity == Severity.HIGH
            for group in self.groups
            for finding in group.findings
        )


_checkers: list[Checker] = []


def register_checker(checker: Checker) -> None:
    """Several checkers may share a kind: each app looks at what it owns."""
    _checkers.append(checker)


def checkers() -> list[Checker]:
    return list(_checkers)


def finding_kinds() -> list[str]:
    return list(dict.fromkeys(checker.kind for checker in _checkers))
