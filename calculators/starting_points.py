"""Questions to begin with: what is measured most is asked most."""

from dataclasses import dataclass
from urllib.parse import urlencode

from benchmarks.models import Benchmark

SHOWN = 6


@dataclass(frozen=True)
class StartingPoint:
    words: str
    query: str


def starting_points() -> list[StartingPoint]:
    """Popular hardware, each with the model that has most measurements on it."""
    found: dict[str, StartingPoint] = {}
    for row in Benchmark.objects.trustworthy().pairs_by_rows():
        slug = row["hardware__slug"]
        if slug not in found:
            found[slug] = StartingPoint(
                f"{row['ai_model__name']} on {row['hardware__name']}",
                urlencode({"model": row["ai_model__slug"], "hardware": slug}),
            )
        if len(found) == SHOWN:
            break
    return list(found.values())
