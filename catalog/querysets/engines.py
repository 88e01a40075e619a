"""What pages and documents ask of engines, their releases and cells."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q

from catalog.querysets.facts import FactQuerySet, sourced, unread
from editorial.vocabularies import SupportValue

PROOF = ("source__url", "source__title", "source__retrieved_on")


class EngineQuerySet(FactQuerySet):
    def for_listing(self) -> Self:
        rows = self.select_related("vendor", "source").defer("imported")
        return rows.order_by("name")

    def with_releases_and_cells(self) -> Self:
        """Releases and support cells with their sources, a statement each."""
        return self.prefetch_related(
            Prefetch("releases", sourced(self.model, "releases")),
            Prefetch("cells", sourced(self.model, "cells")),
        )

    def with_supported_keys(self) -> Self:
        """`supported`: the cells that are not a no, in one statement."""
        cells = self.model._meta.get_field("cells").related_model._default_manager
        stated = cells.filter(value__in=["yes", "partial"]).only("engine", "key")
        return self.prefetch_related(Prefetch("cells", stated, to_attr="supported"))

    def for_cards(self) -> Self:
        """The columns of `catalog.card_rows.CardEngine`, ordered by name."""
        addresses = ("homepage_url", "repository_url")
        columns = ("uid", "slug", "name", *addresses, "license", "primary_language")
        return self.order_by("name").values_list(*columns, *PROOF)

    def for_comparing(self) -> Self:
        """What a table of engines side by side shows, in four statements."""
        modes = sourced(self.model, "failure_modes")
        rows = self.for_listing().with_releases_and_cells()
        return rows.prefetch_related(Prefetch("failure_modes", modes))

    def for_detail(self) -> Self:
        """Everything a tool's page shows, in five statements."""
        return (
            self.for_listing()
            .with_releases_and_cells()
            .prefetch_related(
                Prefetch("statements", sourced(self.model, "statements")),
                Prefetch("failure_modes", sourced(self.model, "failure_modes")),
            )
        )

    def supporting(self, axis: str, keys) -> Q:
        """The condition of supporting each of `keys`, wholly or in part."""
        cells = self._cells().filter(axis=axis, engine=OuterRef("pk"))
        condition = Q()
        for key in keys:
            condition &= Q(Exists(cells.filter(key=key)))
        return condition

    def supporting_word(self, word: str) -> Q:
        """The condition of supporting something whose key holds `word`."""
        cells = self._cells().filter(engine=OuterRef("pk"), key__icontains=word)
        return Q(Exists(cells))

    def support_pairs(self, axis: str):
        """(engine's primary key, key) of everything supported on one axis."""
        return self._cells().filter(axis=axis).values_list("engine_id", "key")

    def supported_keys(self, axis: str) -> set[str]:
        """Every key of an axis that some engine has a cell for."""
        cells = self.model._meta.get_field("cells").related_model.objects
        return set(cells.filter(axis=axis).values_list("key", flat=True).distinct())

    def _cells(self) -> models.QuerySet:
        cells = self.model._meta.get_field("cells").related_model.objects
        works = [SupportValue.YES, SupportValue.PARTIAL]
        return cells.filter(value__in=works).order_by()

    def for_list_page(self) -> Self:
        """With maker, `latest_releases` and `listed_cells`, in three statements."""
        releases = sourced(self.model, "releases").filter(role="latest_seen")
        cells = sourced(self.model, "cells").only(
            *("engine", "axis", "key", "value", "note"), *PROOF
        )
        rows = self.select_related("vendor", "source").defer(*unread("vendor"))
        return rows.prefetch_related(
            Prefetch("releases", releases, to_attr="latest_releases"),
            Prefetch("cells", cells, to_attr="listed_cells"),
        )


class ReleaseQuerySet(FactQuerySet):
    def newest_of(self, uids) -> Self:
        """The newest release seen of each of some engines, with its engine."""
        return self.of_engines(uids).filter(role="latest_seen").select_related("engine")

    def of_engines(self, uids) -> Self:
        return self.filter(engine__uid__in=list(uids))

    def for_cards(self) -> Self:
        """The columns of `catalog.card_rows.CardRelease`: the newest one seen."""
        rows = self.filter(role="latest_seen")
        dated = ("version", "released_on", "released_on_precision")
        return rows.order_by("pk").values_list("engine__uid", *dated, *PROOF)


class SupportCellQuerySet(FactQuerySet):
    def of_engines(self, uids) -> Self:
        return self.filter(engine__uid__in=list(uids))

    def of_engine(self, slug: str) -> Self:
        return self.filter(engine__slug=slug)

    def backends(self) -> Self:
        """(key, value) of the hardware back ends."""
        rows = self.filter(axis="backend").order_by("key")
        return rows.values_list("key", "value")

    def for_cards(self) -> Self:
        """The columns of `catalog.card_rows.CardCell`: back ends and formats."""
        rows = self.filter(axis__in=["backend", "format"])
        columns = ("engine__uid", "axis", "key", "value")
        return rows.order_by("axis", "key").values_list(*columns, *PROOF)
