"""Running the checkers: each reads the same texts, which are asked for once."""

import time
from collections.abc import Iterable

from editorial.consistency.findings import (
    ConsistencyReport,
    Finding,
    FindingGroup,
    checkers,
    finding_kinds,
)
from editorial.consistency.texts import kept_texts
from editorial.vocabularies import SEVERITY_ORDER


def check_consistency(kinds: Iterable[str] = ()) -> ConsistencyReport:
    """Run the checkers of `kinds`, or all of them, and group what they find."""
    begun = time.perf_counter()
    wanted = set(kinds) or set(finding_kinds())
    labels: dict[str, str] = {}
    found: dict[str, list[Finding]] = {}
    with kept_texts():
        for checker in checkers():
            if checker.kind in wanted:
                labels.setdefault(checker.kind, checker.label)
                found.setdefault(checker.kind, []).extend(checker.find())
    groups = [
        FindingGroup(kind, labels[kind], sorted(rows, key=_order))
        for kind, rows in found.items()
    ]
    return ConsistencyReport(groups, time.perf_counter() - begun)


def _order(finding: Finding) -> tuple[int, str, str]:
    place = finding.place
    return (SEVERITY_ORDER[finding.severity], place.path, finding.sentence)
