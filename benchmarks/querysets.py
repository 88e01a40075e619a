"""Which measurements a page, a list or a rule wants."""

import datetime
from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Self

from django.db import models
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Max,
    OuterRef,
    Prefetch,
    Q,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest
from django.db.models.lookups import Exact

from benchmarks.age import months_before
from benchmarks.confidence import level_with_age
from benchmarks.confidence_rules import STEP_AGE, TIERS
from benchmarks.near_rows import NearRowsQuerySet
from benchmarks.rules import HIDDEN_MONTHS, STALE_MONTHS
from editorial.vocabularies import BenchmarkState, Confidence

PUBLIC_STATES = [
    BenchmarkState.PUBLISHED,
    BenchmarkState.REPRODUCED,
    BenchmarkState.INDEPENDENTLY_REPRODUCED,
]

SUBJECT_FIELDS = {"engine": "engine", "hardware": "hardware", "model": "ai_model"}
"""What is compared, to the link that leads to it."""

NAMES = {"engine": "engine_name", "hardware": "hardware_slug", "model": "model_slug"}
"""What is compared, to the source's own word for it: never empty."""

WORKLOAD = (
    "hardware_count",
    "prompt_tokens",
    "output_tokens",
    "context_depth_tokens",
    "concurrency",
)
"""What else has to be equal in two rows that are compared."""

_ALL_LINKS = Q(engine__isnull=False, hardware__isnull=False, ai_model__isnull=False)

PROOF = ("url", "title", "publisher", "retrieved_on")
"""What a list says of a row's source."""

SPEEDS = ("decode", "prefill", "aggregate")

MEASURES = {
    "decode": Q(
        decode_tokens_per_second__isnull=False, aggregate_tokens_per_second=None
    ),
    "aggregate": Q(aggregate_tokens_per_second__isnull=False),
    "prefill": Q(decode_tokens_per_second=None, aggregate_tokens_per_second=None),
}
"""What a row measured above all, as `measures` says it, in its own columns."""


def has_confidence(tiers: Iterable[Confidence], today: datetime.date) -> Q:
    """The condition of having one of `tiers` on a day, in plain columns."""
    wanted = {TIERS.index(tier) for tier in tiers}
    cutoff = months_before(today, STALE_MONTHS)
    aged = Q(measured_on=None) | Q(measured_on__lte=cutoff)
    levels = range(len(TIERS))
    lowered = [n for n in levels if level_with_age(n, None, today) in wanted]
    is_wanted_young = Q(measured_on__gt=cutoff, confidence_before_age__in=wanted)
    return is_wanted_young | aged & Q(confidence_before_age__in=lowered)


class BenchmarkQuerySet(NearRowsQuerySet):
    def public(self) -> Self:
        return self.filter(state__in=PUBLIC_STATES)

    def trustworthy(self) -> Self:
        """Without rows that something contradicts."""
        return self.public().filter(is_doubtful=False)

    def with_wall_power_on(self, hardware, count: int) -> Self:
        """Rows that say how many watts a whole computer drew with so many cards."""
        rows = self.trustworthy().exclude(power_w=None).order_by("power_w", "pk")
        rows = rows.filter(hardware=hardware, hardware_count=count)
        rows = rows.filter(notes__icontains="whole-system")
        return rows.select_related("source", "ai_model")

    def documented(self) -> Self:
        """Dated rows that can be repeated, the newest first."""
        rows = self.trustworthy().filter(measured_on__isnull=False)
        return rows.exclude(command="").newest_first()

    def with_confidence(
        self, tiers: Iterable[Confidence], today: datetime.date
    ) -> Self:
        """Rows whose tier on that day is one of `tiers`."""
        return self.filter(has_confidence(tiers, today))

    def with_list_columns(self, today: datetime.date) -> Self:
        """Annotate `confidence_level`, the tier's place on that day, and `measures`."""
        is_young = Q(measured_on__gt=months_before(today, STALE_MONTHS))
        lowered = Greatest(F("confidence_before_age") + STEP_AGE, 0)
        return self.annotate(
            confidence_level=Case(
                When(is_young, then=F("confidence_before_age")),
                default=lowered,
                output_field=models.IntegerField(),
            ),
            measures=Case(
                When(
                    aggregate_tokens_per_second__isnull=False, then=Value("aggregate")
                ),
                When(decode_tokens_per_second__isnull=False, then=Value("decode")),
                default=Value("prefill"),
                output_field=models.CharField(),
            ),
        )

    def for_list_page(self) -> Self:
        """With links, source and `single_runs`, in two statements."""
        links = ("engine", "hardware", "ai_model")
        unread = {"uid", "imported", "marks", "notes", "command"}
        own = [field.name for field in self.model._meta.concrete_fields]
        rows = self.select_related(*links, "source").only(
            *(name for name in own if name not in unread),
            *(f"{link}__{name}" for link in links for name in ("slug", "name")),
            *(f"source__{name}" for name in PROOF),
        )
        return rows.prefetch_related(Prefetch("runs", to_attr="single_runs"))

    def not_hidden_by_age(self, today: datetime.date) -> Self:
        """Without rows that are too old for a list. Undated rows stay."""
        young = Q(measured_on__gt=months_before(today, HIDDEN_MONTHS))
        return self.filter(Q(measured_on=None) | young)

    def with_run_count(self) -> Self:
        return self.annotate(run_count=Count("runs"))

    def for_grading(self) -> Self:
        """What the rule of confidence reads of a row, single runs apart."""
        return self.select_related(None).only(
            *("state", "source_id", "source_kind", "is_doubtful", "measured_on"),
            *("engine_name", "engine_version", "backend", "command", *NAMES.values()),
            *("quantization", *WORKLOAD, "aggregate_kind", "confidence_before_age"),
            *(f"{speed}_tokens_per_second" for speed in SPEEDS),
        )

    def in_setups(self, setups: Iterable[tuple[str, str, str]]) -> Self:
        """Rows of (model, hardware, quantisation): all that can equal each other."""
        wanted = [
            Q(model_slug=model, hardware_slug=hardware, quantization=quantization)
            for model, hardware, quantization in setups
        ]
        return self.filter(reduce(or_, wanted)) if wanted else self.none()

    def with_workload_of(self, row) -> Self:
        """Rows with as many devices, tokens and requests as `row`."""
        return self.filter(**{name: getattr(row, name) for name in WORKLOAD})

    def about(self, subject: str, uids) -> Self:
        """Rows on some engines, pieces of hardware or models."""
        field = SUBJECT_FIELDS[subject]
        return self.filter(**{f"{field}__uid__in": list(uids)})

    def comparable(self, subject: str, uids) -> Self:
        """Rows of one side for which another side has a row on much the same set-up.

        The database sieves by names, quantisation and workload, so that matching in
        full reads a few rows and not hundreds.
        """
        rows = self.about(subject, uids)
        equal = [*(name for key, name in NAMES.items() if key != subject)]
        same = {name: OuterRef(name) for name in [*equal, "quantization"]}
        field = SUBJECT_FIELDS[subject]
        workload = (  # None is equal to None here
            Exact(Coalesce(name, -1), Coalesce(OuterRef(name), -1)) for name in WORKLOAD
        )
        is_other = ~Q(**{field: OuterRef(field)})
        return rows.filter(Exists(rows.filter(is_other, *workload, **same)))

    def beside(self, row) -> Self:
        """Rows that may differ from `row` in one part of the set-up.

        A sieve by index: same model and lengths, and at least two of hardware,
        quantisation and engine. The rule itself looks at the rest.
        """
        same_hardware = Q(hardware_slug=row.hardware_slug)
        same_quantization = Q(quantization=row.quantization)
        same_engine = Q(engine_name=row.engine_name)
        near = same_hardware & same_quantization | same_engine & (
            same_hardware | same_quantization
        )
        same = ("model_slug", "prompt_tokens", "output_tokens")
        rows = self.filter(near, **{name: getattr(row, name) for name in same})
        return rows.exclude(pk=row.pk)

    def for_detail(self) -> Self:
        """What the page of one row shows, in one statement."""
        links = ("engine", "hardware", "ai_model")
        rows = self.select_related(*links, "source").defer("imported")
        texts = ("imported", "marks", "notes")
        return rows.defer(*(f"{link}__{text}" for link in links for text in texts))

    def for_matching(self) -> Self:
        """What the rows beside a measurement show, and no column more."""
        links = ("engine", "hardware", "ai_model")
        rows = self.select_related(*links, "source").only(
            *("slug", "engine_name", "engine_version", "backend", "hardware_name"),
            *("hardware_slug", "hardware_count", "model_name", "model_slug"),
            *("quantization", "concurrency", "prompt_tokens", "output_tokens"),
            *("context_depth_tokens", "prefill_tokens_per_second"),
            *("decode_tokens_per_second", "aggregate_tokens_per_second"),
            *("aggregate_kind", "command", "measured_on", "measured_on_precision"),
            *("source_kind", "confidence_before_age"),
            *("source__url", "source__title"),
            *(f"{link}__{name}" for link in links for name in ("uid", "name")),
        )
        return rows.order_by("slug")

    def for_setup_rows(self) -> Self:
        """The columns of `benchmarks.setup_rows.SetupRow`, in its order."""
        links = ("engine", "hardware", "ai_model")
        rows = self.values_list(
            *("slug", "engine_name", "engine_version", "hardware_name"),
            *("hardware_slug", "hardware_count", "model_name", "model_slug"),
            *("quantization", "concurrency", "prompt_tokens", "output_tokens"),
            *("context_depth_tokens", "prefill_tokens_per_second"),
            *("decode_tokens_per_second", "aggregate_tokens_per_second"),
            *("aggregate_kind", "command", "measured_on", "measured_on_precision"),
            *("source_kind", "source_id", "source__url", "source__title"),
            *(f"{link}__{name}" for link in links for name in ("uid", "name")),
        )
        return rows.order_by("slug")

    def for_speed(self) -> Self:
        """Single-request speeds of linked hardware and models, for fits and estimates.

        Doubtful rows are among them: whoever reads says what becomes of them.
        """
        linked = self.public().filter(hardware__isnull=False, ai_model__isnull=False)
        speeds = ("decode_tokens_per_second", "prefill_tokens_per_second")
        rows = linked.exclude(**dict.fromkeys(speeds))
        return rows.select_related("engine").order_by("slug")

    def on_hardware(self, slug: str) -> Self:
        """Rows of one piece of hardware, by its slug in the catalogue."""
        return self.filter(hardware__slug=slug)

    def of_set_ups(self, set_ups) -> Self:
        """Rows that agree with one of `set_ups`, each a dict of fields."""
        wanted = Q(pk__in=[])
        for fields in set_ups:
            wanted |= Q(**fields)
        return self.filter(wanted)

    def as_set_ups(self) -> Self:
        """Set-ups instead of rows, with the number of rows and their newest date."""
        names = ("model_slug", "model_name", "hardware_slug", "hardware_name")
        links = ("engine__slug", "engine__name", "hardware__slug", "hardware__name")
        links += ("hardware__vendor__name", "ai_model__slug")
        set_ups = self.values(*names, "engine_name", "quantization", *links)
        return set_ups.annotate(
            measurements=Count("pk"),
            trusted=Count("pk", filter=Q(is_doubtful=False)),
            newest=Max("measured_on"),
        ).order_by(*names, "engine_name", "quantization")

    def fully_linked(self) -> Self:
        """Rows whose engine, hardware and model are in the catalogue."""
        return self.filter(_ALL_LINKS)

    def partly_linked(self) -> Self:
        return self.exclude(_ALL_LINKS)

    def for_listing(self) -> Self:
        """With the three links and the source, the newest first, in one statement."""
        rows = self.select_related("engine", "hardware", "ai_model", "source")
        rows = rows.defer(
            "imported",
            "marks",
            *(
                f"{link}__{name}"
                for link in ("engine", "hardware", "ai_model")
                for name in ("imported", "marks", "notes")
            ),
        )
        return rows.newest_first()

    def newest_first(self) -> Self:
        """By date, undated rows last."""
        return self.order_by(models.F("measured_on").desc(nulls_last=True), "slug")
