"""One measured set-up, and its repetitions."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact
from simple_history.models import HistoricalRecords

from catalog.models import AIModel, Engine, Fact, Hardware
from catalog.models.fact import precision_field, source_key
from editorial.vocabularies import BenchmarkSource, BenchmarkState

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


class AggregateKind(models.TextChoices):
    """What the tokens of an aggregate speed count. Kinds are never mixed."""

    OUTPUT = "output", "output tokens"
    PROMPT_AND_OUTPUT = "prompt_and_output", "prompt and output tokens"
    DECODE_PHASE = "decode_phase", "output tokens of the decode phase"
    NOT_STATED = "not_stated", "not stated what is counted"


_ALL_LINKS = Q(engine__isnull=False, hardware__isnull=False, ai_model__isnull=False)


class BenchmarkQuerySet(models.QuerySet):
    def public(self) -> Self:
        return self.filter(state__in=PUBLIC_STATES)

    def trustworthy(self) -> Self:
        """Without rows that something contradicts."""
        return self.public().filter(is_doubtful=False)

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

    def for_matching(self) -> Self:
        """What a drawing of equal set-ups needs, and no column more."""
        links = ("engine", "hardware", "ai_model")
        rows = self.select_related(*links, "source").only(
            *("slug", "engine_name", "engine_version", "hardware_name"),
            *("hardware_slug", "hardware_count", "model_name", "model_slug"),
            *("quantization", "concurrency", "prompt_tokens", "output_tokens"),
            *("context_depth_tokens", "prefill_tokens_per_second"),
            *("decode_tokens_per_second", "aggregate_tokens_per_second"),
            *("aggregate_kind", "command", "measured_on", "measured_on_precision"),
            *("source_kind", "source__url", "source__title"),
            *(f"{link}__{name}" for link in links for name in ("uid", "name")),
        )
        return rows.order_by("slug")

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
        return rows.order_by(models.F("measured_on").desc(nulls_last=True), "slug")


def speed_field(verbose_name, help_text):
    return models.DecimalField(
        verbose_name,
        max_digits=12,
        decimal_places=4,
        null=True,
        blank=True,
        help_text=help_text,
    )


def count_field(verbose_name, help_text=""):
    return models.PositiveIntegerField(
        verbose_name, null=True, blank=True, help_text=help_text
    )


class Benchmark(Fact):
    """Published numbers of one set-up. Raw names stand beside the links: a link is
    left empty rather than guessed."""

    slug = models.SlugField(max_length=40, unique=True)
    engine_name = models.CharField(max_length=60)
    engine = models.ForeignKey(
        Engine, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    engine_version = models.CharField(max_length=80, blank=True)
    backend = models.CharField(max_length=12, blank=True)
    hardware_name = models.CharField(max_length=120)
    hardware_slug = models.CharField("hardware, as the source says", max_length=60)
    hardware = models.ForeignKey(
        Hardware, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    hardware_count = count_field("number of devices")
    model_name = models.CharField(max_length=80)
    model_slug = models.CharField("model, as the source says", max_length=80)
    ai_model = models.ForeignKey(
        AIModel,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="model",
    )
    quantization = models.CharField(
        max_length=40, blank=True, help_text="As printed. Empty: not printed."
    )
    concurrency = count_field("requests at once", "Empty: not stated.")
    prompt_tokens = count_field("prompt (tokens)")
    output_tokens = count_field("output (tokens)")
    context_depth_tokens = count_field(
        "context depth (tokens)", "Tokens in the cache before the measurement."
    )
    prefill_tokens_per_second = speed_field(
        "prefill (tok/s)", "Reading the prompt, one request."
    )
    decode_tokens_per_second = speed_field(
        "decode (tok/s)", "Writing the answer, one request."
    )
    aggregate_tokens_per_second = speed_field(
        "aggregate (tok/s)", "Over all requests; never compared with decode."
    )
    aggregate_kind = models.CharField(max_length=20, choices=AggregateKind, blank=True)
    time_to_first_token_ms = speed_field(
        "time to first token (ms)", "The mean unless the notes say median."
    )
    peak_memory_gb = speed_field("peak memory (GB)", "Decimal gigabytes.")
    power_w = speed_field("power (W)", "Whole system unless the notes say otherwise.")
    command = models.TextField(blank=True, help_text="As published.")
    measured_on = models.DateField(null=True, blank=True)
    measured_on_precision = precision_field()
    source_kind = models.CharField(max_length=12, choices=BenchmarkSource)
    state = models.CharField(
        max_length=24, choices=BenchmarkState, default=BenchmarkState.PUBLISHED
    )
    is_doubtful = models.BooleanField(
        default=False, help_text="Something contradicts it: out of charts and fits."
    )
    notes = models.TextField(blank=True)
    source = source_key()

    history = HistoricalRecords(excluded_fields=["imported"])
    objects = BenchmarkQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(prefill_tokens_per_second__isnull=False)
                | Q(decode_tokens_per_second__isnull=False)
                | Q(aggregate_tokens_per_second__isnull=False),
                name="benchmark_measures_something",
                violation_error_message="Give at least one speed.",
            ),
            models.CheckConstraint(
                condition=Q(decode_tokens_per_second=None)
                | Q(aggregate_tokens_per_second=None),
                name="benchmark_is_single_or_aggregate",
                violation_error_message="One request or many: not both in one row.",
            ),
            models.CheckConstraint(
                condition=Q(aggregate_tokens_per_second=None, aggregate_kind="")
                | (
                    Q(aggregate_tokens_per_second__isnull=False) & ~Q(aggregate_kind="")
                ),
                name="aggregate_says_what_it_counts",
                violation_error_message="Say which tokens the aggregate counts.",
            ),
            models.CheckConstraint(
                condition=(
                    Q(prefill_tokens_per_second=None)
                    | Q(prefill_tokens_per_second__gt=0)
                )
                & (Q(decode_tokens_per_second=None) | Q(decode_tokens_per_second__gt=0))
                & (
                    Q(aggregate_tokens_per_second=None)
                    | Q(aggregate_tokens_per_second__gt=0)
                ),
                name="benchmark_speeds_are_positive",
            ),
        ]
        indexes = [
            models.Index(
                fields=["model_slug", "hardware_slug", "quantization"],
                name="bench_by_setup",
            ),
            models.Index(fields=["engine", "state"], name="bench_by_engine"),
            models.Index(fields=["hardware", "state"], name="bench_by_hardware"),
            models.Index(fields=["ai_model", "state"], name="bench_by_model"),
        ]

    def __str__(self):
        return f"{self.model_name} on {self.hardware_name}, {self.engine_name}"


class BenchmarkRun(models.Model):
    """One repetition of a set-up."""

    benchmark = models.ForeignKey(
        Benchmark, on_delete=models.CASCADE, related_name="runs"
    )
    number = models.PositiveSmallIntegerField()
    prefill_tokens_per_second = speed_field("prefill (tok/s)", "")
    decode_tokens_per_second = speed_field("decode (tok/s)", "")
    aggregate_tokens_per_second = speed_field("aggregate (tok/s)", "")

    class Meta:
        ordering = ["benchmark", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["benchmark", "number"], name="one_row_per_run"
            ),
        ]

    def __str__(self):
        return f"run {self.number} of {self.benchmark}"
