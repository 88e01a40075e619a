"""Which facts of the catalogue grow old, and how fast."""

from functools import partial
from typing import Any

from django.apps import apps
from django.db.models import F, OuterRef, QuerySet, Subquery

from catalog.models import EngineRelease, HostedPrice, PriceObservation, ReleaseRole
from editorial.fact_freshness import DatedFacts, register_dated_facts
from editorial.vocabularies import SPECIFICATION_DAYS, VOLATILE_DAYS

SPECIFICATIONS = (
    ("hardware", "Hardware", "catalog.Hardware", ()),
    ("models", "Models", "catalog.AIModel", ()),
    ("files", "Model files", "catalog.ModelFile", ("ai_model",)),
    ("engines", "Engines", "catalog.Engine", ()),
    ("cells", "Support cells", "catalog.SupportCell", ("engine",)),
    ("statements", "Statements", "catalog.EngineStatement", ("engine",)),
    ("failures", "Failure modes", "catalog.FailureMode", ("engine",)),
)


def _all(label: str, owners: tuple[str, ...]) -> QuerySet:
    rows = apps.get_model(label)._default_manager.all()
    return rows.select_related(*owners) if owners else rows


def newest_of_each(rows: QuerySet, *same: str) -> QuerySet:
    """Of observations of one thing the last; older ones are history, and stay true."""
    others = rows.filter(**{name: OuterRef(name) for name in same})
    newest = others.order_by("-observed_on", "-pk").values("pk")[:1]
    return rows.annotate(newest=Subquery(newest)).filter(pk=F("newest"))


def prices() -> QuerySet:
    rows: Any = PriceObservation.objects.all()
    newest = newest_of_each(rows, "hardware", "kind", "condition", "seller", "region")
    return newest.select_related("hardware")


def hosted_prices() -> QuerySet:
    return newest_of_each(HostedPrice.objects.all(), "provider", "model_name")


def releases() -> QuerySet:
    rows = EngineRelease.objects.filter(role=ReleaseRole.LATEST_SEEN)
    return rows.select_related("engine")


def register() -> None:
    for key, label, rows in (
        ("prices", "Prices", prices),
        ("hosted", "Hosted prices", hosted_prices),
        ("releases", "Latest releases", releases),
    ):
        register_dated_facts(DatedFacts(key, label, VOLATILE_DAYS, rows))
    for key, label, model, owners in SPECIFICATIONS:
        rows_of = partial(_all, model, owners)
        register_dated_facts(DatedFacts(key, label, SPECIFICATION_DAYS, rows_of))
