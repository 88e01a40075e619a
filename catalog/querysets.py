"""What pages and documents ask of the facts."""

from typing import Self

from django.db import models
from django.db.models import Prefetch


class FactQuerySet(models.QuerySet):
    def with_uids(self, uids) -> Self:
        return self.filter(uid__in=list(uids))


class EngineQuerySet(FactQuerySet):
    def for_listing(self) -> Self:
        rows = self.select_related("vendor", "source").defer("imported")
        return rows.order_by("name")

    def with_releases_and_cells(self) -> Self:
        """Releases and support cells with their sources, a statement each."""
        return self.prefetch_related(
            Prefetch("releases", _sourced(self.model, "releases")),
            Prefetch("cells", _sourced(self.model, "cells")),
        )

    def for_cards(self) -> Self:
        """What a compare page shows of an engine, in three statements."""
        releases = _sourced(self.model, "releases").filter(role="latest_seen")
        cells = _sourced(self.model, "cells").filter(axis__in=["backend", "format"])
        columns = ("source__url", "source__title", "source__retrieved_on")
        return (
            self.select_related("source")
            .only(
                *("uid", "slug", "name", "license", "primary_language"),
                *("repository_url", "homepage_url"),
                *columns,
            )
            .prefetch_related(
                Prefetch("releases", releases),
                Prefetch(
                    "cells", cells.only("engine", "axis", "key", "value", *columns)
                ),
            )
            .order_by("name")
        )

    def for_detail(self) -> Self:
        """Everything a tool's page shows, in five statements."""
        return (
            self.for_listing()
            .with_releases_and_cells()
            .prefetch_related(
                Prefetch("statements", _sourced(self.model, "statements")),
                Prefetch("failure_modes", _sourced(self.model, "failure_modes")),
            )
        )


class HardwareQuerySet(FactQuerySet):
    def holding(self, required_bytes: int) -> Self:
        """Hardware with at least `required_bytes` of memory."""
        return self.filter(memory_bytes__gte=required_bytes)

    def for_listing(self) -> Self:
        rows = self.select_related("vendor", "source").defer("imported")
        return rows.order_by("name")

    def for_detail(self) -> Self:
        """Everything a piece of hardware's page shows, in two statements."""
        prices = _sourced(self.model, "prices").order_by("kind", "-observed_on")
        return self.for_listing().prefetch_related(Prefetch("prices", prices))


class AIModelQuerySet(FactQuerySet):
    def for_listing(self) -> Self:
        rows = self.select_related("vendor", "family", "source").defer("imported")
        return rows.order_by("name")

    def for_detail(self) -> Self:
        """Everything a model's page shows, in three statements."""
        prices = _sourced(self.model, "hosted_prices")
        return self.for_listing().prefetch_related(
            Prefetch("files", _sourced(self.model, "files")),
            Prefetch("hosted_prices", prices.order_by("input_usd_per_million_tokens")),
        )


def _sourced(model, relation: str) -> models.QuerySet:
    """The rows behind `relation`, each with its source."""
    related = model._meta.get_field(relation).related_model
    rows = related._default_manager.select_related("source")
    return rows.defer("imported")
