"""What pages and documents ask of hardware."""

from typing import Self

from django.db.models import (
    Min,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
)
from django.db.models.functions import Coalesce

from catalog.querysets.facts import FactQuerySet, sourced, unread
from editorial.vocabularies import CLOUD_KINDS, PURCHASE_KINDS


class HardwareQuerySet(FactQuerySet):
    def holding(self, required_bytes: int) -> Self:
        """Hardware with at least `required_bytes` of memory."""
        return self.filter(memory_bytes__gte=required_bytes)

    def for_listing(self) -> Self:
        rows = self.select_related("vendor", "source").defer("imported")
        return rows.order_by("name")

    def for_estimating(self) -> Self:
        """The figures that memory and speed are worked out from, in one statement."""
        return self.select_related("vendor").defer("imported")

    def for_choosing(self) -> Self:
        """As `for_estimating`, with `offers`: what was asked in USD, in two statements.

        To buy, whatever the condition; each with the address of its source.
        """
        prices = self.model._meta.get_field("prices").related_model.objects
        bought = prices.filter(currency="USD").exclude(kind__in=CLOUD_KINDS)
        columns = ("hardware", "kind", "amount", "currency", "seller", "observed_on")
        offers = bought.select_related("source").only(
            *columns, "observed_on_precision", "source__url"
        )
        return (
            self.for_estimating()
            .order_by("name")
            .prefetch_related(
                Prefetch(
                    "prices", offers.order_by("observed_on", "pk"), to_attr="offers"
                )
            )
        )

    def for_engines(self) -> Self:
        """Without accelerators that only their makers' own programs drive."""
        return self.exclude(kind="accelerator")

    def with_prices(self) -> Self:
        """With every price observation, in one statement more."""
        prices = self.model._meta.get_field("prices").related_model._default_manager
        return self.prefetch_related(
            Prefetch("prices", prices.defer("imported", "marks", "uid"))
        )

    def cards_by_memory(self) -> Self:
        """Cards that one can buy, the smallest memory first, then the slowest."""
        rows = self.filter(kind="gpu").exclude(segment="laptop")
        return rows.order_by("memory_bytes", "memory_bandwidth_gb_s", "pk")

    def next_larger(self, *, than_bytes: int, vendor: str, segment: str) -> Self:
        """The same maker's hardware of a segment with more memory, smallest first."""
        rows = self.filter(
            memory_bytes__gt=than_bytes, vendor__name=vendor, segment=segment
        )
        return rows.order_by("memory_bytes", "-memory_bandwidth_gb_s", "pk")

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
        """With maker, source and `seen_prices`, in two statements."""
        rows = self.select_related("vendor", "source").defer(*unread("vendor"))
        columns = ("kind", "amount", "currency", "observed_on")
        prices = self.model._meta.get_field("prices").related_model.objects.only(
            "hardware", *columns, "observed_on_precision"
        )
        return rows.prefetch_related(Prefetch("prices", prices, to_attr="seen_prices"))

    def for_comparing(self) -> Self:
        """What a table of hardware side by side shows, in two statements."""
        prices = sourced(self.model, "prices").order_by("observed_on", "pk")
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
        prices = sourced(self.model, "prices").order_by("kind", "-observed_on")
        return self.for_listing().prefetch_related(Prefetch("prices", prices))
