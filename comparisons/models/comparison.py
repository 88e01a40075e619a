"""The working copy of a compare page and its ordered children."""

import uuid

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from catalog.models import AIModel, Engine, FailureMode, Hardware
from comparisons.querysets import ComparisonQuerySet
from editorial.models import Document, DocumentChild, Source
from editorial.rights import document_permissions
from editorial.vocabularies import (
    VOLATILE_DAYS,
    Direction,
    Provenance,
    RatingValue,
    Severity,
)

MIN_SIDES = 2
MAX_SIDES = 4

partial_date = RegexValidator(
    r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$",
    "Write a year, a month or a day: 2026, 2026-08 or 2026-08-15.",
)


class Subject(models.TextChoices):
    ENGINE = "engine", "Engines"
    HARDWARE = "hardware", "Hardware"
    MODEL = "model", "Models"
    DEPLOYMENT = "deployment", "Ways to deploy"


class Comparison(Document):
    """Two to four sides, judged dimension by dimension, with a verdict."""

    kind = "comparison"
    review_days = VOLATILE_DAYS

    subject = models.CharField(
        max_length=12, choices=Subject, help_text="What the sides are."
    )
    thesis = models.CharField(
        max_length=300,
        blank=True,
        help_text="One plain sentence under the title: how the sides differ.",
    )
    answer = models.TextField(
        blank=True,
        help_text="Two sentences in Markdown. The first, in bold, recommends.",
    )
    answer_sources = models.ManyToManyField(Source, blank=True, related_name="+")
    measured_note = models.TextField(
        blank=True, help_text="What a reader must know of the measured rows."
    )
    measured_command = models.TextField(
        blank=True,
        help_text="The command that would fill this section where no rows match.",
    )
    verdict = models.TextField(
        blank=True, help_text="Two to four paragraphs in Markdown."
    )
    verdict_sources = models.ManyToManyField(Source, blank=True, related_name="+")
    what_would_change = models.TextField(
        "what would change our mind",
        blank=True,
        help_text="The facts that would turn the recommendation round.",
    )

    objects = ComparisonQuerySet.as_manager()

    class Meta(Document.Meta):
        ordering = ["title"]
        permissions = document_permissions("comparison", "comparisons")


class ComparisonSide(DocumentChild):
    """One of the things compared. Only a way to deploy has no fact behind it."""

    comparison = models.ForeignKey(
        Comparison, on_delete=models.CASCADE, related_name="sides"
    )
    engine = models.ForeignKey(
        Engine, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    hardware = models.ForeignKey(
        Hardware, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ai_model = models.ForeignKey(
        AIModel,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="model",
    )
    name = models.CharField(
        max_length=80,
        blank=True,
        help_text="Leave empty to use the catalogue's name.",
    )
    one_liner = models.CharField(
        max_length=200, blank=True, help_text="What it is, in one sentence."
    )
    provenance = models.CharField(
        max_length=12,
        choices=Provenance,
        default=Provenance.EDITORIAL,
        help_text="Editorial: the desk checked it. Community: not yet checked.",
    )
    choose_if = models.TextField(
        blank=True, help_text="Who should choose this side: one reason per line."
    )

    class Meta(DocumentChild.Meta):
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(engine=None, hardware=None)
                    | Q(engine=None, ai_model=None)
                    | Q(hardware=None, ai_model=None)
                ),
                name="side_is_one_thing",
                violation_error_message="A side is an engine, hardware or a model: "
                "choose one of them.",
            ),
        ]

    def __str__(self):
        return self.display_name

    @property
    def fact(self) -> Engine | Hardware | AIModel | None:
        return self.engine or self.hardware or self.ai_model

    @property
    def display_name(self) -> str:
        return self.name or (self.fact.name if self.fact else "Unnamed side")

    def clean(self):
        if self.fact is None and not self.name:
            raise ValidationError("Choose what this side is, or give it a name.")


class Dimension(DocumentChild):
    """One row of the operational matrix."""

    comparison = models.ForeignKey(
        Comparison, on_delete=models.CASCADE, related_name="dimensions"
    )
    label = models.CharField(max_length=80)
    gloss = models.CharField(
        max_length=160, blank=True, help_text="What is judged, and in which unit."
    )
    direction = models.CharField(
        max_length=12, choices=Direction, default=Direction.HIGHER
    )
    edge = models.ForeignKey(
        ComparisonSide,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Leave empty: the better rating leads. Set it where the words tie "
        "and one side leads all the same.",
    )
    edge_note = models.CharField(
        max_length=160, blank=True, help_text="Why that side leads in a tie."
    )

    def __str__(self):
        return self.label


class Rating(models.Model):
    """One side's word for one dimension, with its reason and its sources."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dimension = models.ForeignKey(
        Dimension, on_delete=models.CASCADE, related_name="ratings"
    )
    side = models.ForeignKey(
        ComparisonSide, on_delete=models.CASCADE, related_name="ratings"
    )
    value = models.CharField(max_length=16, choices=RatingValue)
    reason = models.CharField(max_length=400, blank=True)
    version = models.CharField(
        max_length=40, blank=True, help_text="The version judged, as it names itself."
    )
    observed_on = models.CharField(
        max_length=10,
        blank=True,
        validators=[partial_date],
        help_text="When this was true: 2026, 2026-08 or 2026-08-15.",
    )
    sources = models.ManyToManyField(Source, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dimension", "side"], name="one_rating_per_side"
            ),
        ]

    def __str__(self):
        return f"{self.dimension}, {self.side}: {self.get_value_display()}"


class DecisionRule(DocumentChild):
    """A situation, the side to choose in it, and why."""

    comparison = models.ForeignKey(
        Comparison, on_delete=models.CASCADE, related_name="rules"
    )
    situation = models.CharField(
        max_length=200, help_text="As the reader would put it: “You serve …”."
    )
    choice = models.ForeignKey(
        ComparisonSide,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        help_text="Leave empty where either, or all together, will do.",
    )
    reason = models.CharField(max_length=300, blank=True)
    sources = models.ManyToManyField(Source, blank=True, related_name="+")

    def __str__(self):
        return self.situation


class SideFailureMode(DocumentChild):
    """How one side breaks, in the editor's words, picked from the facts or new."""

    comparison = models.ForeignKey(
        Comparison, on_delete=models.CASCADE, related_name="failure_modes"
    )
    side = models.ForeignKey(
        ComparisonSide, on_delete=models.CASCADE, related_name="failure_modes"
    )
    fact = models.ForeignKey(
        FailureMode,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="The catalogue's failure mode that this one rewords.",
    )
    severity = models.CharField(max_length=8, choices=Severity, default=Severity.MEDIUM)
    title = models.CharField(max_length=120)
    trigger = models.CharField(
        max_length=300, blank=True, help_text="What sets it off."
    )
    symptom = models.CharField(max_length=300, blank=True, help_text="What one sees.")
    mitigation = models.CharField(max_length=400, blank=True, help_text="What helps.")
    sources = models.ManyToManyField(Source, blank=True, related_name="+")

    def __str__(self):
        return self.title


class RelatedPage(DocumentChild):
    """A page of this site to read next."""

    comparison = models.ForeignKey(
        Comparison, on_delete=models.CASCADE, related_name="related"
    )
    label = models.CharField(max_length=120)
    path = models.CharField(
        max_length=300,
        validators=[RegexValidator(r"^/\S*$", "Begin with a slash: /compare/…")],
        help_text="An address of this site, as /compare/engines/sglang-vs-vllm/.",
    )

    def __str__(self):
        return self.label
