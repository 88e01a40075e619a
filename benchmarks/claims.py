"""What the page of a measurement says, row by row, for readers who report one."""

import re

from benchmarks.detail import notes_of, settings_of, title_of
from benchmarks.models import Benchmark
from catalog.claims import row_claims
from catalog.details.facts import citations_by_field
from catalog.history import cited_by
from editorial.reports.claim_pages import Claim, ClaimPage, register_claim_page

BENCHMARK_PAGE = re.compile(r"/benchmarks/([^/]+)/")


def benchmark_claims(path: str) -> ClaimPage | None:
    match = BENCHMARK_PAGE.fullmatch(path)
    if match is None:
        return None
    row = Benchmark.objects.public().for_detail().filter(slug=match.group(1)).first()
    if row is None:
        return None
    citations = citations_by_field(list(cited_by([row.uid])))
    notes = [
        Claim(f"note-{number}", "How it was read", note, "source")
        for number, note in enumerate(notes_of(row), start=1)
    ]
    return ClaimPage(
        path=path,
        title=title_of(row),
        kind="benchmark",
        uid=row.uid,
        changes_path=f"{path}changes/",
        claims=[*row_claims(settings_of(row, citations)), *notes],
    )


def register() -> None:
    register_claim_page(benchmark_claims, order=10)
