"""Who makes chips, engines and models."""

from django.db import models

from catalog.models.fact import Fact


class Vendor(Fact):
    """A company, project or person."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name
