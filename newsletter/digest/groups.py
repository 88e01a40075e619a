"""The groups of an issue's items: one vocabulary, in the order of the page."""

from django.db.models import TextChoices


class ItemGroup(TextChoices):
    NEW = "new", "New pages"
    UPDATED = "updated", "Updated and re-checked"
    CORRECTED = "corrected", "Corrections"
    ADDED = "added", "New in the catalogue"
    PRICES = "prices", "Prices seen"


GROUP_ORDER = {group.value: place for place, group in enumerate(ItemGroup)}
