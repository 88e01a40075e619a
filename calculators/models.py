"""Answers that stay as they were."""

from django.db import models
from django.urls import reverse


class FrozenAnswer(models.Model):
    """One question, its answer on a day, and the formulas it was worked out by.

    A row never changes. The same question on the same day has the same code, so asking
    twice makes no second row.
    """

    code = models.CharField(max_length=12, unique=True)
    question = models.CharField(
        max_length=1000, help_text="As the address of the question holds it."
    )
    title = models.CharField(max_length=300)
    answer = models.JSONField()
    formulas = models.CharField("formula version", max_length=40)
    data_on = models.DateField("catalogue as of")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.title}, {self.data_on}"

    def get_absolute_url(self) -> str:
        return reverse("calculators:frozen_answer", args=[self.code])
