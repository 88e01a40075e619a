"""The working copy of the desk's judgement of one engine, chip or model."""

from django.db import models
from django.db.models import Q

from catalog.models import AIModel, Engine, Hardware
from comparisons.querysets import VerdictQuerySet
from editorial.models import Document, DocumentChild, Source
from editorial.rights import document_permissions
from editorial.vocabularies import VOLATILE_DAYS


class Verdict(Document):
    """What it is good for, what it is not, and for whom."""

    kind = "verdict"
    review_days = VOLATILE_DAYS

    engine = models.OneToOneField(
        Engine, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    hardware = models.OneToOneField(
        Hardware, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ai_model = models.OneToOneField(
        AIModel,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="model",
    )
    summary = models.TextField(
        blank=True, help_text="Markdown. The first sentence, in bold, is the verdict."
    )
    summary_sources = models.ManyToManyField(Source, blank=True, related_name="+")
    what_would_change = models.TextField(
        "what would change our mind", blank=True, help_text="Markdown."
    )

    objects = VerdictQuerySet.as_manager()

    class Meta(Document.Meta):
        ordering = ["title"]
        permissions = document_permissions("verdict", "verdicts")
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(engine__isnull=False, hardware=None, ai_model=None)
                    | Q(engine=None, hardware__isnull=False, ai_model=None)
                    | Q(engine=None, hardware=None, ai_model__isnull=False)
                ),
                name="verdict_judges_one_thing",
                violation_error_message="A verdict judges one engine, one piece of "
                "hardware or one model: choose exactly one.",
            ),
        ]

    @property
    def fact(self) -> Engine | Hardware | AIModel | None:
        return self.engine or self.hardware or self.ai_model


class PointGroup(models.TextChoices):
    STRENGTH = "strengths", "Strength"
    LIMIT = "limits", "Limit"
    FOR_WHOM = "for_whom", "For whom"
    NOT_FOR = "not_for", "Not for whom"


class VerdictPoint(DocumentChild):
    """One strength, limit, or kind of reader it suits or does not."""

    verdict = models.ForeignKey(
        Verdict, on_delete=models.CASCADE, related_name="points"
    )
    group = models.CharField(max_length=12, choices=PointGroup)
    text = models.CharField(max_length=300)
    sources = models.ManyToManyField(Source, blank=True, related_name="+")

    def __str__(self):
        return self.text
