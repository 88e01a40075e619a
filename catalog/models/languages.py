"""The natural languages that a publisher says a model supports."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from catalog.languages import LANGUAGES, Stated
from catalog.models.ai_model import AIModel
from catalog.models.fact import Fact, source_key


def validate_codes(codes: str) -> None:
    """Known codes, each once."""
    found = codes.split()
    if unknown := [code for code in found if code not in LANGUAGES]:
        raise ValidationError(f"{', '.join(unknown)}: no known code of a language.")
    if len(found) != len(set(found)):
        raise ValidationError("A language stands there twice.")


class ModelLanguages(Fact):
    """One statement about one model. What nobody states is not known, and not no."""

    ai_model = models.OneToOneField(
        AIModel,
        on_delete=models.CASCADE,
        related_name="languages",
        verbose_name="model",
    )
    codes = models.TextField(
        "languages",
        blank=True,
        validators=[validate_codes],
        help_text="Codes with spaces between them: de en fr. Only those that the "
        "publisher names, never a guess at the others.",
    )
    stated_count = models.PositiveSmallIntegerField(
        "stated number",
        null=True,
        blank=True,
        help_text="Only where the publisher states one.",
    )
    is_at_least = models.BooleanField(
        "at least so many", default=False, help_text="“Over 140”, “100+”."
    )
    notes = models.TextField(blank=True, help_text="Shown with the languages.")
    source = source_key(help_text="Where the publisher says so.")

    history = HistoricalRecords(excluded_fields=["imported"])

    class Meta:
        ordering = ["ai_model__name"]
        verbose_name = "languages of a model"
        verbose_name_plural = "languages of models"
        constraints = [
            models.CheckConstraint(
                condition=~Q(codes="")
                | Q(stated_count__isnull=False, stated_count__gt=0),
                name="model_languages_say_something",
                violation_error_message="Give the languages, their number, or both.",
            ),
        ]

    def __str__(self):
        return f"{self.ai_model}: languages"

    def clean(self) -> None:
        named = len(self.codes.split())
        if self.stated_count is not None and self.stated_count < named:
            raise ValidationError(
                {"stated_count": f"That is less than the {named} named."}
            )

    @property
    def stated(self) -> Stated:
        return Stated(self.codes, self.stated_count, self.is_at_least)
