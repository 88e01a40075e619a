"""What pages and documents ask of the facts."""

from typing import Self

from django.db import models
from django.db.models import (
    Case,
    Exists,
    Min,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce

from editorial.vocabularies import PURCHASE_KINDS, SupportValue

FOUR_BIT_QUANTIZATIONS = (
    *("Q4_K_M", "UD-Q4_K_XL", "Q4_K_S", "UD-Q4_K_M", "MXFP4", "MXFP4_MOE", "Q4_0"),
    *("IQ4_NL", "IQ4_XS", "4bit", "AWQ-4bit-128g", "AWQ-4bit", "GPTQ-Int4"),
    *("GPTQ-4bit", "mxfp4", "nvfp4", "NVFP4", "int4"),
)
"""About four bits a weight, the commonest first: the first known stands for a model."""

PROOF = ("source__url", "source__title", "source__retrieved_on")


class FactQuerySet(models.QuerySet):
    def with_uids(self, uids) -> Self:
        return self.filter(uid__in=list(uids))

    def names(self) -> Self:
        """(uid, slug, name) of each, by name: for choosing and for look-ups."""
        return self.order_by("name").values_list("uid", "slug", "name")


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
        modes = _sourced(self.model, "failure_modes")
        rows = self.for_listing().with_releases_and_cells()
        return rows.prefetch_related(Prefetch("failure_modes", modes))

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
        """With maker, releases and cells, each with its source, in three statements."""
        releases = _sourced(self.model, "releases").filter(role="latest_seen")
        cells = _sourced(self.model, "cells").defer("imported", "marks")
        rows = self.select_related("vendor", "source").defer("imported", "notes")
        return rows.prefetch_related(
            Prefetch("releases", releases), Prefetch("cells", cells)
        )


class ReleaseQuerySet(FactQuerySet):
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

    def for_cards(self) -> Self:
        """The columns of `catalog.card_rows.CardCell`: back ends and formats."""
        rows = self.filter(axis__in=["backend", "format"])
        columns = ("engine__uid", "axis", "key", "value")
        return rows.order_by("axis", "key").values_list(*columns, *PROOF)


class HardwareQuerySet(FactQuerySet):
    def holding(self, required_bytes: int) -> Self:
        """Hardware with at least `required_bytes` of memory."""
        return self.filter(memory_bytes__gte=required_bytes)

    def for_listing(self) -> Self:
        rows = self.select_related("vendor", "source").defer("imported")
        return rows.order_by("name")

    def with_lowest_price(self) -> Self:
        """Annotate `lowest_price_usd`: the least ever asked for one, new or used.

        The launch price where no observation is kept; None where nothing is known.
        """
        prices = self.model._meta.get_field("prices").related_model.objects
        lowest = (
            prices.filter(
                hardware=OuterRef("pk"), currency="USD", kind__in=PURCHASE_KINDS
            )
            .order_by()
            .values("hardware")
            .annotate(lowest=Min("amount"))
            .values("lowest")
        )
        return self.annotate(
            lowest_price_usd=Coalesce(Subquery(lowest), "launch_price_usd")
        )

    def for_scatter(self):
        """(slug, name, kind, memory in bytes, GB/s) of each, by name."""
        rows = self.order_by("name")
        columns = ("slug", "name", "kind", "memory_bytes", "memory_bandwidth_gb_s")
        return rows.values_list(*columns)

    def for_list_page(self) -> Self:
        """With maker, source and every price, in two statements."""
        rows = self.select_related("vendor", "source").defer("imported", "notes")
        columns = ("kind", "amount", "currency", "observed_on")
        prices = self.model._meta.get_field("prices").related_model.objects.only(
            "hardware", *columns, "observed_on_precision"
        )
        return rows.prefetch_related(Prefetch("prices", prices))

    def for_comparing(self) -> Self:
        """What a table of hardware side by side shows, in two statements."""
        prices = _sourced(self.model, "prices").order_by("observed_on", "pk")
        return self.for_listing().prefetch_related(Prefetch("prices", prices))

    def beside(self, chip) -> Self:
        """Candidates for siblings: of the same design, or within a doubling or two.

        Cards of another segment count only when they share the design.
        """
        same = Q(vendor=chip.vendor_id, architecture=chip.architecture)
        near = Q(
            segment=chip.segment,
            memory_bytes__range=(chip.memory_bytes // 2, chip.memory_bytes * 2),
            memory_bandwidth_gb_s__range=(
                chip.memory_bandwidth_gb_s / 2,
                chip.memory_bandwidth_gb_s * 2,
            ),
        )
        columns = ("slug", "name", "vendor", "architecture", "segment", "memory_bytes")
        rows = self.filter(same | near).exclude(pk=chip.pk)
        rates = ("memory_bandwidth_gb_s", "fp16_tensor_tflops", "notes")
        return rows.only(*columns, "board_power_w", *rates)

    def for_detail(self) -> Self:
        """Everything a piece of hardware's page shows, in two statements."""
        prices = _sourced(self.model, "prices").order_by("kind", "-observed_on")
        return self.for_listing().prefetch_related(Prefetch("prices", prices))


class AIModelQuerySet(FactQuerySet):
    def for_listing(self) -> Self:
        rows = self.select_related("vendor", "family", "source").defer("imported")
        return rows.order_by("name")

    def _four_bit_files(self) -> models.QuerySet:
        """About four bits a weight: Q4_K_M first, exact sizes before rounded."""
        files = self.model._meta.get_field("files").related_model.objects
        place = Case(
            *(
                When(quantization__iexact=name, then=number)
                for number, name in enumerate(FOUR_BIT_QUANTIZATIONS)
            ),
            output_field=models.IntegerField(),
        )
        is_rounded = Case(When(printed_unit="bytes", then=0), default=1)
        rows = files.filter(quantization__in=FOUR_BIT_QUANTIZATIONS)
        return rows.order_by(place, is_rounded, "size_bytes", "pk")

    def with_file_called(self, word: str) -> Q:
        """The condition of having a file whose quantisation holds `word`."""
        files = self.model._meta.get_field("files").related_model.objects
        named = files.filter(ai_model=OuterRef("pk"), quantization__icontains=word)
        return Q(Exists(named.order_by()))

    def with_four_bit_size(self) -> Self:
        """Annotate `four_bit_bytes`: the file that `four_bit_files` has first."""
        files = self._four_bit_files().filter(ai_model=OuterRef("pk"))
        return self.annotate(four_bit_bytes=Subquery(files.values("size_bytes")[:1]))

    def for_list_page(self) -> Self:
        """With maker, family, source and `four_bit_files`, in two statements."""
        rows = self.select_related("vendor", "family", "source")
        files = self._four_bit_files().select_related("source").defer("imported")
        return rows.defer("imported", "notes").prefetch_related(
            Prefetch("files", files, to_attr="four_bit_files")
        )

    def for_comparing(self) -> Self:
        """What a table of models side by side shows, in three statements.

        `q4_files` are the files of the common 4-bit quantisation.
        """
        files = _sourced(self.model, "files").filter(quantization="Q4_K_M")
        prices = _sourced(self.model, "hosted_prices").order_by("observed_on", "pk")
        return self.for_listing().prefetch_related(
            Prefetch("files", files, to_attr="q4_files"),
            Prefetch("hosted_prices", prices),
        )

    def in_line_with(self, model, stem: str) -> Self:
        """The developer's models whose families begin with `stem`."""
        rows = self.filter(vendor=model.vendor_id, family__slug__startswith=stem)
        columns = ("slug", "name", "family__name", "released_on")
        counts = ("total_parameters", "active_parameters", "context_window_tokens")
        rows = rows.select_related("family")
        return rows.only(*columns, "released_on_precision", *counts)

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
