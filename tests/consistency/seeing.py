"""What the checkers find, as tests ask for it."""

from editorial.consistency.checking import check_consistency


def findings():
    """(kind, finding) of everything that is found."""
    report = check_consistency()
    return [(group.kind, row) for group in report.groups for row in group.findings]


def only_finding(kind):
    ((found, finding),) = findings()
    assert found == kind
    return finding
