"""Forms that know the sides of the comparison they belong to."""

from collections.abc import Iterator
from typing import Any

from django import forms

from comparisons.models import ComparisonSide, Dimension, Rating
from comparisons.models.comparison import partial_date
from editorial.desk.sources_field import SourcesField
from editorial.vocabularies import RatingValue

SIDE_FIELDS = ("edge", "choice", "side")


class SideAwareForm(forms.ModelForm):
    """Offers only this comparison's sides. `sides` is set by the inline."""

    sides: list[ComparisonSide] = []

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in SIDE_FIELDS:
            if name in self.fields:
                field = self.fields[name]
                field.choices = [
                    ("", "—"),
                    *((side.pk, side.display_name) for side in self.sides),
                ]


class DimensionForm(SideAwareForm):
    """One row of the matrix: the dimension, and a rating for each side beside it."""

    class Meta:
        model = Dimension
        fields = ["label", "gloss", "direction", "edge", "edge_note", "position"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        known = self._known_ratings()
        for side in self.sides:
            for name, field in rating_fields(side, known.get(side.pk)).items():
                self.fields[name] = field

    def _known_ratings(self) -> dict[int, Rating]:
        if self.instance.pk is None:
            return {}
        ratings = self.instance.ratings.prefetch_related("sources")
        return {rating.side_id: rating for rating in ratings}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for side in self.sides:
            value = cleaned.get(field_name(side, "value"))
            others = ("reason", "version", "observed_on", "sources")
            said = any(cleaned.get(field_name(side, name)) for name in others)
            if said and not value:
                self.add_error(
                    field_name(side, "value"),
                    f"Choose a rating for {side.display_name}, or clear its reason.",
                )
        return cleaned

    def save_ratings(self) -> None:
        """Write this row's ratings; a side without a word loses its rating."""
        for side in self.sides:
            values = {
                name: self.cleaned_data.get(field_name(side, name))
                for name in ("value", "reason", "version", "observed_on")
            }
            if not values["value"]:
                self.instance.ratings.filter(side=side).delete()
                continue
            rating, _ = self.instance.ratings.update_or_create(
                side=side, defaults=values
            )
            rating.sources.set(self.cleaned_data[field_name(side, "sources")])


def field_name(side: ComparisonSide, name: str) -> str:
    return f"side_{side.pk}_{name}"


def rating_fields(
    side: ComparisonSide, rating: Rating | None
) -> dict[str, forms.Field]:
    """The five fields of one side's rating, filled with what is known."""
    name = side.display_name
    fields: dict[str, forms.Field] = {
        "value": forms.ChoiceField(
            label=f"{name}: rating",
            required=False,
            choices=[("", "—"), *RatingValue.choices],
            initial=rating.value if rating else "",
        ),
        "reason": forms.CharField(
            label=f"{name}: reason",
            required=False,
            max_length=400,
            widget=forms.Textarea(attrs={"rows": 2}),
            initial=rating.reason if rating else "",
        ),
        "version": forms.CharField(
            label=f"{name}: version judged",
            required=False,
            max_length=40,
            initial=rating.version if rating else "",
        ),
        "observed_on": forms.CharField(
            label=f"{name}: true on",
            required=False,
            max_length=10,
            validators=[partial_date],
            initial=rating.observed_on if rating else "",
            help_text="2026, 2026-08 or 2026-08-15",
        ),
        "sources": SourcesField(
            label=f"{name}: sources",
            required=False,
            initial=list(rating.sources.all()) if rating else [],
        ),
    }
    return {field_name(side, key): field for key, field in fields.items()}


def sides_of(comparison: Any) -> list[ComparisonSide]:
    if comparison is None:
        return []
    return list(comparison.sides.select_related("engine", "hardware", "ai_model"))


def side_fieldsets(sides: list[ComparisonSide]) -> Iterator[tuple[str, Any]]:
    """A block per side, so that each rating stands together."""
    for side in sides:
        names = ("value", "version", "observed_on")
        yield (
            side.display_name,
            {
                "classes": ["rating"],
                "fields": [
                    tuple(field_name(side, name) for name in names),
                    field_name(side, "reason"),
                    field_name(side, "sources"),
                ],
            },
        )
