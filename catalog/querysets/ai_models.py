"""What pages and documents ask of models."""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_
from typing import Any, Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, Subquery, When
from django.db.models.functions import Cast

from catalog.querysets.facts import LINK_UNREAD, FactQuerySet, sourced, unread

FOUR_BIT_QUANTIZATIONS = (
    *("Q4_K_M", "UD-Q4_K_XL", "Q4_K_S", "UD-Q4_K_M", "MXFP4", "MXFP4_MOE", "Q4_0"),
    *("IQ4_NL", "IQ4_XS", "4bit", "AWQ-4bit-128g", "AWQ-4bit", "GPTQ-Int4"),
    *("GPTQ-4bit", "mxfp4", "nvfp4", "NVFP4", "int4"),
)
"""About four bits a weight, the commonest first: the first known stands for a model."""


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

    def speaking(self, codes: Iterable[str]) -> Q:
        """The condition that the publisher names one of these languages."""
        named = (Q(languages__codes__regex=rf"(^| ){code}( |$)") for code in codes)
        return reduce(or_, named, Q(pk__in=[]))

    def with_unnamed_languages(self) -> Q:
        """The condition that a number of languages is stated and none is named."""
        return Q(languages__codes="")

    def without_languages(self) -> Q:
        """The condition that nothing is known to be stated."""
        return Q(languages__isnull=True)

    def language_statements(self) -> Iterable[tuple[Any, str | None]]:
        """Each model's key with the codes that are named; None: nothing is stated."""
        return self.order_by().values_list("pk", "languages__codes")

    def with_languages(self) -> Self:
        """Annotate what is stated of languages; all None: nothing is."""
        return self.annotate(
            language_codes=F("languages__codes"),
            language_count=F("languages__stated_count"),
            language_count_is_least=F("languages__is_at_least"),
        )

    def with_four_bit_size(self) -> Self:
        """Annotate `four_bit_bytes`: the file that `four_bit_files` has first."""
        files = self._four_bit_files().filter(ai_model=OuterRef("pk"))
        return self.annotate(four_bit_bytes=Subquery(files.values("size_bytes")[:1]))

    def for_list_page(self) -> Self:
        """With maker, family, source and `four_bit_files`, in two statements."""
        rows = self.select_related("vendor", "family", "source")
        files = (
            self._four_bit_files()
            .select_related("source")
            .defer(*unread(own=LINK_UNREAD))
        )
        rows = rows.with_languages().annotate(
            languages_source_url=F("languages__source__url"),
            languages_source_title=F("languages__source__title"),
            languages_read_on=F("languages__source__retrieved_on"),
        )
        return rows.defer(*unread("vendor", "family")).prefetch_related(
            Prefetch("files", files, to_attr="four_bit_files")
        )

    def for_comparing(self) -> Self:
        """What a table of models side by side shows, in three statements.

        `q4_files` are the files of the common 4-bit quantisation.
        """
        files = sourced(self.model, "files").filter(quantization="Q4_K_M")
        prices = sourced(self.model, "hosted_prices").order_by("observed_on", "pk")
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

    def that_write(self) -> Self:
        """Without models that only embed or listen."""
        return self.exclude(modality__in=["embedding", "audio"])

    def for_ranking(self) -> Self:
        """The columns of the architecture and of a list, in one statement."""
        rows = self.with_languages()
        return rows.defer("uid", "imported", "marks", "notes", "hf_repository")

    def for_estimating(self) -> Self:
        """The architecture and all files with their sources, in two statements."""
        return self.defer("imported").prefetch_related(
            Prefetch("files", sourced(self.model, "files"))
        )

    def for_costing(self) -> Self:
        """As `for_estimating`, with hosted prices, oldest first: three statements."""
        prices = sourced(self.model, "hosted_prices").order_by("observed_on", "pk")
        return self.for_estimating().prefetch_related(Prefetch("hosted_prices", prices))

    def for_detail(self) -> Self:
        """Everything a model's page shows, in three statements."""
        prices = sourced(self.model, "hosted_prices")
        rows = self.for_listing().select_related("languages__source")
        return rows.prefetch_related(
            Prefetch("files", sourced(self.model, "files")),
            Prefetch("hosted_prices", prices.order_by("input_usd_per_million_tokens")),
        )


class ModelFileQuerySet(models.QuerySet):
    def for_ranking(self, formats: Sequence[str]):
        """The columns of `calculators.catalogue.SizedFile`, in its order."""
        printed = Cast("printed_size", models.CharField())
        rows = self.filter(weight_format__in=formats).order_by()
        columns = ("ai_model_id", "weight_format", "quantization", "size_bytes")
        return rows.annotate(printed_text=printed).values_list(
            *columns, "printed_text", "printed_unit", "publisher", "source__url"
        )
