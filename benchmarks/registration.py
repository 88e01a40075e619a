"""What this app offers to the publishing machinery."""

from collections.abc import Iterable
from functools import partial
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from benchmarks.files import COLUMNS, benchmark_cells
from benchmarks.findable import SET_UPS
from benchmarks.grading import regrade_all
from benchmarks.loading import export, load, parse
from benchmarks.matching import METRICS
from benchmarks.models import Benchmark
from benchmarks.panels import measured_panel
from benchmarks.rules import SITEMAP_ROWS
from benchmarks.tracked import BENCHMARK
from catalog.exchange.tables import FactTable, register_table
from catalog.importing.fields import plain
from catalog.last_changes import last_changes
from catalog.measures import grouped
from editorial.fact_changes import register_last_changes
from editorial.fact_freshness import DatedFacts, register_dated_facts
from editorial.registry import (
    FactType,
    FactValue,
    Loader,
    ResolvedFact,
    register_fact_type,
    register_loader,
    register_panel,
    register_public_models,
    register_search_source,
    register_sitemap,
)
from editorial.vocabularies import VOLATILE_DAYS


def find_benchmark(slug: str) -> UUID | None:
    return Benchmark.objects.filter(slug=slug).values_list("uid", flat=True).first()


def resolve_benchmarks(uids: Iterable[UUID]) -> dict[UUID, ResolvedFact]:
    """Rows as documents quote them. One that readers cannot see leads to its source."""
    rows = Benchmark.objects.filter(uid__in=list(uids)).select_related("source")
    return {
        row.uid: ResolvedFact(
            type="benchmark",
            uid=row.uid,
            slug=row.slug,
            name=str(row),
            url=row.get_absolute_url() if row.is_public else row.source.url,
            values={
                metric: FactValue(
                    raw=plain(getattr(row, metric)),
                    display=grouped(getattr(row, metric)),
                    unit="tok/s",
                    as_of=row.measured_on,
                    source_url=row.source.url,
                )
                for metric in METRICS
                if getattr(row, metric) is not None
            },
        )
        for row in rows
    }


def sitemap_rows() -> list[tuple[str, None]]:
    """The newest rows that lists show. When a row last changed is not public."""
    today = timezone.now().date()
    rows = Benchmark.objects.trustworthy().not_hidden_by_age(today).newest_first()
    slugs = rows.values_list("slug", flat=True)[:SITEMAP_ROWS]
    return [
        (reverse("benchmarks:benchmark_detail", args=[slug]), None) for slug in slugs
    ]


def register() -> None:
    register_table(
        FactTable(
            "benchmarks.Benchmark",
            "benchmarks.csv",
            COLUMNS,
            benchmark_cells,
            parse=parse,
            after=regrade_all,
        )
    )
    register_fact_type(
        FactType(
            name="benchmark",
            model="benchmarks.Benchmark",
            resolve=resolve_benchmarks,
            find=find_benchmark,
        )
    )
    register_dated_facts(
        DatedFacts("speeds", "Speeds", VOLATILE_DAYS, Benchmark.objects.trustworthy)
    )
    register_last_changes("benchmark", partial(last_changes, Benchmark))
    register_loader(
        Loader(name="benchmarks", order=20, parse=parse, load=load, export=export)
    )
    for page, subject in (
        ("engine_detail", "engine"),
        ("hardware_detail", "hardware"),
        ("ai_model_detail", "model"),
    ):
        register_panel(page, partial(measured_panel, subject))
    register_sitemap("benchmarks", sitemap_rows)
    register_search_source(SET_UPS)
    register_public_models("benchmarks.Benchmark", "benchmarks.BenchmarkRun")
    register_public_models(*(part.history_label for part in BENCHMARK))
