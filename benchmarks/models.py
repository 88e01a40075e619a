"""One measured set-up, and its repetitions."""

import datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from benchmarks.confidence import level_with_age
from benchmarks.confidence_rules import TIERS
from benchmarks.indexes import NullsLastIndex
from benchmarks.querysets import PUBLIC_STATES, BenchmarkQuerySet
from catalog.models import AIModel, Engine, Fact, Hardware
from catalog.models.fact import precision_field, source_key
from editorial.vocabularies import BenchmarkSource, BenchmarkState, Confidence


class AggregateKind(models.TextChoices):
    """What the tokens of an aggregate speed count. Kinds are never mixed."""

    OUTPUT = "output", "output tokens"
    PROMPT_AND_OUTPUT = "prompt_and_output", "prompt and output tokens"
    DECODE_PHASE = "decode_phase", "output tokens of the decode phase"
    NOT_STATED = "not_stated", "not stated what is counted"


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


LINKS = {"engine": "engine", "hardware": "hardware", "ai_model": "model"}
LISTED = (
    *("quantization", "source_kind", "state", "is_doubtful", "measured_on"),
    *("confidence_before_age", "hardware_count", "decode_tokens_per_second"),
    *("prefill_tokens_per_second", "aggregate_tokens_per_second", "id"),
)
"""What the list filters, counts and orders by."""

LIST_ORDERS = {
    "date": "measured_on",
    "decode": "decode_tokens_per_second",
    "prefill": "prefill_tokens_per_second",
    "aggregate": "aggregate_tokens_per_second",
}
"""What the list can be ordered by."""


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
    confidence_before_age = models.PositiveSmallIntegerField(
        default=0,
        editable=False,
        help_text="Place of the tier, 0 to 3, before the age rule, so that lists can "
        "ask for a tier on any day. Kept by benchmarks/grading.py.",
    )

    history = HistoricalRecords(excluded_fields=["imported", "confidence_before_age"])
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
            models.CheckConstraint(
                condition=Q(confidence_before_age__lt=len(TIERS)),
                name="benchmark_confidence_is_a_tier",
            ),
        ]
        indexes = [
            models.Index(
                fields=["model_slug", "hardware_slug", "quantization"],
                name="bench_by_setup",
            ),
            # Filters and orders of the list, answered without a look at the table.
            *(
                models.Index(
                    fields=[link, *(o for o in LINKS if o != link), *LISTED],
                    name=f"bench_by_{name}",
                )
                for link, name in LINKS.items()
            ),
            # Each order of the list reads its first page off an index.
            *(
                NullsLastIndex(fields=[f"-{field}", "id"], name=f"bench_by_{name}")
                for name, field in LIST_ORDERS.items()
            ),
        ]

    def __str__(self):
        return f"{self.model_name} on {self.hardware_name}, {self.engine_name}"

    def get_absolute_url(self):
        return reverse("benchmarks:benchmark_detail", args=[self.slug])

    @property
    def is_public(self) -> bool:
        return self.state in PUBLIC_STATES

    def confidence_on(self, today: datetime.date) -> Confidence:
        """The tier on a day: what is stored, and the age rule."""
        level = self.confidence_before_age
        return TIERS[level_with_age(level, self.measured_on, today)]


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
